import { encodeFrame, fromHex, joinBytes, Opcode, Random, toHex } from 'loopscope';
import { type Check, type Checker, piecesOf } from 'loopscope/lesson';
import type { Taken } from './exercise.js';

type TakeText = typeof import('./exercise.js').takeText;

/** Characters of one, two, three and four bytes. */
const TEXT = 'né 你 👋';
/** A byte order mark is a character like any other, at the beginning too. */
const MARKED = '\ufeff你\ufeff';
const ALPHABET = [...'aé你👋', '\u0000', '\u07ff', '\ud7ff', '\uffff', '\u{10ffff}'];
/** Texts to make by the seed. */
const MADE = 200;

/** Bytes that are no UTF-8, and the place of the first that cannot be. */
const BAD: readonly [hex: string, at: number][] = [
  ['ff', 0],
  ['80', 0], // goes on with nothing
  ['c080', 0], // a longer form than needed
  ['f5808080', 0], // above U+10FFFF
  ['c328', 1],
  ['e4bd41', 2],
  ['f09f9141', 3],
  ['e08080', 1], // a longer form than needed
  ['eda080', 1], // half a surrogate pair
  ['f0808080', 1], // a longer form than needed
  ['f4908080', 1], // above U+10FFFF
];

const encoder = new TextEncoder();
const empty = new Uint8Array(0);

/** The characters that are whole within so many bytes. */
function wholeWithin(text: string, length: number): string {
  let [whole, bytes] = ['', 0];
  for (const character of text) {
    bytes += encoder.encode(character).length;
    if (bytes > length) break;
    whole += character;
  }
  return whole;
}

/** The pieces as frames: a text frame, and continuations. */
function inspection(pieces: readonly Uint8Array[]): string | null {
  const frames = pieces.map((piece, i) =>
    encodeFrame(i === 0 ? Opcode.text : Opcode.continuation, piece, {
      fin: i === pieces.length - 1,
    }),
  );
  const bytes = joinBytes(frames);
  return bytes.length > 20 ? null : `npx loopscope inspect --hex ${toHex(bytes)}`;
}

/** What is probably believed by someone who has read this. */
function misconception(given: string, expected: string): string {
  if (given.includes('\ufffd')) return 'wrong.replaced';
  if (given === expected.replaceAll('\ufeff', '')) return 'wrong.mark-lost';
  return given.replace(/^\ufeff/, '') === expected.replace(/^\ufeff/, '')
    ? 'wrong.mark-lost'
    : 'wrong.text';
}

function take(takeText: TakeText, kept: Uint8Array, piece: Uint8Array, t: Checker): Taken | null {
  const taken = takeText(kept, piece);
  const isTaken = typeof taken?.text === 'string' && taken.kept instanceof Uint8Array;
  t.expect(taken === null || isTaken, 'wrong.form');
  return taken;
}

/** A good text in pieces: after each, all that is whole has been read, and no more is kept. */
function checkGood(takeText: TakeText, text: string, cuts: readonly number[], t: Checker): void {
  const pieces = piecesOf(encoder.encode(text), cuts);
  t.command = inspection(pieces);
  let [given, length] = ['', 0];
  let kept: Uint8Array = empty;
  for (const piece of pieces) {
    const taken = take(takeText, kept, piece, t);
    length += piece.length;
    if (taken === null) {
      t.fail('wrong.cut-refused', { bytes: toHex(piece) });
    }
    given += taken.text;
    kept = taken.kept;
    const whole = wholeWithin(text, length);
    const begun = length - encoder.encode(whole).length;
    const values = { kept: kept.length, begun };
    t.expect(kept.length <= begun, 'wrong.keeps-too-much', values);
    t.equal(given, whole, misconception(given, whole), values);
    t.equal(kept.length, begun, 'wrong.keeps-too-little', values);
  }
}

/** Bad bytes, one by one: refused at the first that cannot be, and not before. */
function checkBad(takeText: TakeText, hex: string, at: number, t: Checker): void {
  const bytes = joinBytes([encoder.encode('ok'), fromHex(hex) ?? empty]);
  let kept: Uint8Array = empty;
  for (let i = 0; i <= at + 2; i++) {
    const taken = take(takeText, kept, bytes.slice(i, i + 1), t);
    const byte = toHex(bytes.subarray(i, i + 1));
    if (i < at + 2) t.expect(taken !== null, 'wrong.cut-refused', { bytes: byte });
    const isKind = at === 1 && hex >= 'e0';
    const why = isKind ? 'wrong.not-a-character' : 'wrong.passes';
    if (i === at + 2) t.expect(taken === null, why, { byte, hex });
    kept = taken?.kept ?? empty;
  }
}

export default (({ takeText }, t) => {
  const { length } = encoder.encode(TEXT);
  t.step('step.whole', { length });
  checkGood(takeText, TEXT, [], t);
  for (let cut = 1; cut < length; cut++) {
    t.step('step.cut', { cut, length });
    checkGood(takeText, TEXT, [cut], t);
  }
  for (let first = 1; first < length; first++) {
    for (let second = first + 1; second < length; second++) {
      t.step('step.two-cuts', { first, second, length });
      checkGood(takeText, TEXT, [first, second], t);
    }
  }
  t.step('step.every-byte', { length });
  const places = Array.from({ length: length - 1 }, (_, i) => i + 1);
  checkGood(takeText, TEXT, places, t);
  t.step('step.mark');
  checkGood(takeText, MARKED, [3, 5], t);
  for (const [hex, at] of BAD) {
    t.step('step.bad', { hex, at: at + 1 });
    checkBad(takeText, hex, at, t);
    t.step('step.bad-whole', { hex });
    t.equal(take(takeText, empty, fromHex(hex) ?? empty, t), null, 'wrong.passes', { hex });
  }
  for (let seed = 1; seed <= MADE; seed++) {
    const random = new Random(16, seed);
    const text = Array.from({ length: 8 }, () => ALPHABET[random.below(ALPHABET.length)]).join('');
    const all = encoder.encode(text).length;
    const cuts = Array.from({ length: all - 1 }, (_, i) => i + 1).filter(
      () => random.below(3) === 0,
    );
    t.step('step.made', { seed, length: all, pieces: cuts.length + 1 });
    checkGood(takeText, text, cuts, t);
  }
}) satisfies Check<typeof import('./exercise.js')>;
