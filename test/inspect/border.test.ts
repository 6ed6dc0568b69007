import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { joinBytes } from '../../src/bytes.js';
import { type BorderOptions, findBorder } from '../../src/inspect/border.js';
import { encodeFrame, Opcode, type Role } from '../../src/websocket/frame.js';
import { hex, someBytes, utf8 } from '../support/bytes.js';

const SERVER: BorderOptions = { from: 'server', rsv1: false };
const CLIENT: BorderOptions = { from: 'client', rsv1: false };

/** Frames as a chat sends them. */
function chat(from: Role, lengths: readonly number[]): Uint8Array[] {
  return lengths.map((length, i) => {
    const maskingKey = from === 'client' ? (0x9e3779b1 * (i + 1)) >>> 0 : null;
    if (i % 7 === 6) return encodeFrame(Opcode.ping, someBytes(length % 100), { maskingKey });
    if (i % 5 === 4) return encodeFrame(Opcode.binary, someBytes(length), { maskingKey });
    const text = `{"type":"usermsg","name":"学员 ${i}","message":"${'a b c d '.repeat(length / 8)}"}`;
    return encodeFrame(Opcode.text, utf8(text), { maskingKey });
  });
}

describe('the border of a frame', () => {
  test('is the beginning, where frames hold from there on', () => {
    const bytes = joinBytes(chat('server', [10, 200, 30]));
    expect(findBorder(bytes, SERVER)).toEqual({ at: 0, frames: 3, sure: 'almost' });
  });

  test('is found behind the middle of a frame', () => {
    const [first, ...others] = chat('server', [100, 20, 20, 20]);
    const bytes = joinBytes([first as Uint8Array, ...others]).subarray(10);
    expect(findBorder(bytes, SERVER)).toMatchObject({ at: (first?.length ?? 0) - 10, frames: 3 });
  });

  test('is the less sure the fewer frames hold', () => {
    const text = encodeFrame(Opcode.text, utf8('Hello, this is a text'));
    const one = joinBytes([someBytes(40), text]);
    expect(findBorder(one, SERVER)).toEqual({ at: 40, frames: 1, sure: 'likely' });
    const short = joinBytes([someBytes(40), hex('8a00')]);
    expect(findBorder(short, SERVER)).toMatchObject({ at: 40, sure: 'guess' });
  });

  test('is none in bytes that are no frames, nor in none', () => {
    expect(findBorder(new Uint8Array(0), SERVER)).toBeNull();
    expect(findBorder(new Uint8Array(10_000), SERVER)).toBeNull();
    expect(findBorder(utf8('SSH-2.0-OpenSSH_9.6 and no frames at all\r\n'), SERVER)).toBeNull();
  });

  test('is not where the other end would send', () => {
    expect(findBorder(joinBytes(chat('server', [20, 20, 20])), CLIENT)).toBeNull();
  });

  test('may be that of a compressed message where such may come', () => {
    const frames = [1, 2, 3].map(() => encodeFrame(1, hex('f248cdc9c90700'), { rsv1: true }));
    const bytes = joinBytes([someBytes(30), ...frames]);
    expect(findBorder(bytes, { ...SERVER, rsv1: true })?.at).toBe(30);
    expect(findBorder(bytes, SERVER)?.at).not.toBe(30);
  });
});

describe('on streams that are cut anywhere', () => {
  const talk = (from: Role) =>
    fc
      .array(fc.integer({ min: 0, max: 300 }), { minLength: 6, maxLength: 20 })
      .map((lengths) => chat(from, lengths));
  /** Few frames, and nothing in them that speaks for one. */
  const noise = (from: Role) =>
    fc
      .array(fc.uint8Array({ maxLength: 300 }), { minLength: 4, maxLength: 6 })
      .map((all) =>
        all.map((payload, i) =>
          encodeFrame(Opcode.binary, payload, { maskingKey: from === 'client' ? i * 77 : null }),
        ),
      );

  test.each([
    ['a talking client', talk, 'client', 0.99],
    ['a talking server', talk, 'server', 0.99],
    ['a client that sends noise', noise, 'client', 0.95],
    ['a server that sends noise', noise, 'server', 0.95],
  ] as const)('the border of %s is right in a measured share', (_, stream, from, share) => {
    let [right, all] = [0, 0];
    fc.assert(
      fc.property(stream(from), fc.nat(), (frames, place) => {
        const bytes = joinBytes(frames);
        const cut = place % (bytes.length / 2);
        const borders = new Set<number>();
        let at = 0;
        for (const { length } of frames) {
          borders.add(at - Math.floor(cut));
          at += length;
        }
        const found = findBorder(bytes.subarray(Math.floor(cut)), { from, rsv1: true });
        all++;
        const first = [...borders].find((border) => border >= 0);
        if (found?.at === first) right++;
      }),
      { numRuns: 300, seed: 6455 },
    );
    expect(right / all).toBeGreaterThanOrEqual(share);
  });

  test('any bytes have an answer, which lies within them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 500 }), fc.boolean(), (bytes, rsv1) => {
        const found = findBorder(bytes, { from: 'server', rsv1 });
        if (found !== null) expect(found.at).toBeLessThan(bytes.length);
      }),
    );
  });

  test.each([
    ['zeros', () => 0],
    ['headers of empty frames', (i: number) => (i % 2 === 0 ? 0x81 : 0)],
    ['headers all over', () => 0x01],
    [
      'texts that end badly',
      (i: number) => (i % 66 === 0 ? 0x81 : i % 66 === 1 ? 64 : i % 66 === 65 ? 0xff : 0x61),
    ],
    ['lengths of 126', () => 0x7e],
  ])('the looks at each byte have a bound: %s', (_, byteAt) => {
    const looks = (length: number) => {
      let count = 0;
      const bytes = Uint8Array.from({ length }, (_, i) => byteAt(i));
      const counting = new Proxy(bytes, {
        get(target, key) {
          if (typeof key === 'string' && /^\d+$/.test(key)) count++;
          const value = Reflect.get(target, key, target);
          return typeof value === 'function' ? value.bind(target) : value;
        },
      });
      findBorder(counting, SERVER);
      return count / length;
    };
    expect(looks(4_000)).toBeLessThan(Math.max(60, 1.5 * looks(1_000)));
  });
});
