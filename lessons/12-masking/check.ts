import { encodeFrame, mask, Opcode, Random, toHex } from 'loopscope';
import { type Check, type Checker, deepEqual } from 'loopscope/lesson';

type Exercise = typeof import('./exercise.js');

const encoder = new TextEncoder();

/** The key of the examples in RFC 6455 5.7. */
const OF_THE_RFC = 0x37fa213d;

function bytesOf(key: number): Uint8Array {
  return Uint8Array.of(key >>> 24, key >>> 16, key >>> 8, key);
}

/** Masked or unmasked, from an offset on. */
function masked(bytes: Uint8Array, key: number, offset = 0): Uint8Array {
  const copy = bytes.slice();
  mask(copy, key, offset);
  return copy;
}

/** What is probably believed by someone who unmasks otherwise. */
function misconception(given: unknown, bytes: Uint8Array, key: number, offset: number): string {
  const [a = 0, b = 0, c = 0, d = 0] = bytesOf(key);
  const oneByte = bytes.map((byte) => byte ^ a);
  const reversed = masked(bytes, ((d << 24) | (c << 16) | (b << 8) | a) >>> 0, offset);
  if (deepEqual(given, oneByte) && bytes.length > 1) return 'wrong.one-byte';
  if (offset > 0 && deepEqual(given, masked(bytes, key))) return 'wrong.begins-again';
  if (deepEqual(given, reversed)) return 'wrong.reversed';
  return 'wrong.unmask';
}

function tryUnmask(
  exercise: Exercise,
  t: Checker,
  payload: Uint8Array,
  key: number,
  offset = 0,
): void {
  const part = masked(payload, key).subarray(offset);
  const before = part.slice();
  const given: unknown = exercise.unmask(part, bytesOf(key), offset);
  t.equal(part, before, 'wrong.changes-bytes');
  const why = misconception(given, before, key, offset);
  t.bytes(given, payload.subarray(offset), why, { offset, key: toHex(bytesOf(key)) }, (at) => {
    return offset + at < payload.length ? 'payload' : null;
  });
}

/** A frame as a client may send it. */
function tryFrame(exercise: Exercise, t: Checker, payload: Uint8Array, key: number): void {
  const frame = encodeFrame(Opcode.binary, payload, { maskingKey: key });
  t.step('step.frame', { length: payload.length, key: toHex(bytesOf(key)) });
  if (frame.length <= 16) t.command = `npx loopscope inspect --hex ${toHex(frame)}`;
  const given = exercise.payloadOf(frame);
  const values = { length: payload.length };
  const isLonger = given instanceof Uint8Array && given.length === payload.length + 4;
  t.expect(given !== null, 'wrong.refuses', values);
  t.bytes(given, payload, isLonger ? 'wrong.key-as-payload' : 'wrong.payload', values, () => {
    return 'payload';
  });
}

/** A frame as no client may send it. */
function tryUnmasked(exercise: Exercise, t: Checker, payload: Uint8Array): void {
  const frame = encodeFrame(Opcode.text, payload);
  t.step('step.unmasked', { length: payload.length });
  if (frame.length <= 16) t.command = `npx loopscope inspect --role client --hex ${toHex(frame)}`;
  const given: unknown = exercise.payloadOf(frame);
  const why = deepEqual(given, payload) ? 'wrong.lets-it-pass' : 'wrong.takes-unmasked';
  t.equal(given, null, why);
}

export default ((exercise, t) => {
  const hello = encoder.encode('Hello');
  t.step('step.unmask', { length: hello.length, key: toHex(bytesOf(OF_THE_RFC)) });
  tryUnmask(exercise, t, hello, OF_THE_RFC);
  for (let offset = 1; offset < hello.length; offset++) {
    const key = toHex(bytesOf(OF_THE_RFC));
    t.step('step.part', { offset, length: hello.length - offset, key });
    tryUnmask(exercise, t, hello, OF_THE_RFC, offset);
  }
  const random = new Random(12);
  for (let i = 0; i < 100; i++) {
    const payload = new Uint8Array(1 + random.below(300));
    random.fill(payload);
    const [key, offset] = [random.uint32(), random.below(payload.length)];
    t.step('step.part', { offset, length: payload.length - offset, key: toHex(bytesOf(key)) });
    tryUnmask(exercise, t, payload, key, offset);
  }
  tryFrame(exercise, t, hello, OF_THE_RFC);
  tryFrame(exercise, t, new Uint8Array(0), OF_THE_RFC);
  for (const length of [1, 4, 125]) {
    const payload = new Uint8Array(length);
    random.fill(payload);
    tryFrame(exercise, t, payload, random.uint32());
  }
  tryFrame(exercise, t, hello, 0); // a key of zeros changes nothing, and is a mask all the same
  for (const text of ['Hello', '', '{"type":"user","content":"Hi"}', 'a'.repeat(125)]) {
    tryUnmasked(exercise, t, encoder.encode(text));
  }
}) satisfies Check<Exercise>;
