import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toHex } from '../../src/bytes.js';
import { mask } from '../../src/websocket/mask.js';
import { hex, someBytes, utf8 } from '../support/bytes.js';
import { cutAt } from '../support/cuts.js';

const key = fc.integer({ min: 0, max: 0xffff_ffff });

/** Section 5.3 word for word: "transformed-octet-i = original-octet-i XOR masking-key-octet-j". */
function maskBySpecification(bytes: Uint8Array, maskingKey: number, offset = 0): Uint8Array {
  const octets = new Uint8Array(4);
  new DataView(octets.buffer).setUint32(0, maskingKey);
  return bytes.map((octet, i) => octet ^ (octets[(offset + i) % 4] as number));
}

describe('RFC 6455 5.3 masking', () => {
  test('the example of 5.7: Hello with the key 37 fa 21 3d', () => {
    const bytes = utf8('Hello');
    mask(bytes, 0x37fa213d);
    expect(bytes).toEqual(hex('7f 9f 4d 51 58'));
  });

  test('an offset goes on in the key where the piece before ended', () => {
    const bytes = hex('00 00 00 00 00');
    mask(bytes, 0x01020304, 3);
    expect(bytes).toEqual(hex('04 01 02 03 04'));
  });

  test('every length around a word, at every alignment and offset, is as the specification has it', () => {
    for (const length of [0, 1, 3, 4, 63, 64, 65, 66, 67, 68, 131]) {
      for (let start = 0; start < 4; start++) {
        for (let offset = 0; offset < 4; offset++) {
          const bytes = someBytes(length + start).subarray(start);
          const expected = maskBySpecification(bytes, 0x89abcdef, offset);
          mask(bytes, 0x89abcdef, offset);
          expect(toHex(bytes), `${length} bytes at ${start}, offset ${offset}`).toBe(
            toHex(expected),
          );
        }
      }
    }
  });

  test('only the bytes that are given change', () => {
    const around = new Uint8Array(100);
    mask(around.subarray(10, 90), 0xffffffff);
    expect(toHex(around)).toBe('00'.repeat(10) + 'ff'.repeat(80) + '00'.repeat(10));
  });

  test('masked twice is what it was', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), key, fc.nat(9), (bytes, key, offset) => {
        const copy = bytes.slice();
        mask(copy, key, offset);
        mask(copy, key, offset);
        expect(toHex(copy)).toBe(toHex(bytes));
      }),
    );
  });

  test('masked in pieces is masked whole, wherever it is cut and wherever it lies in memory', () => {
    const cuts = fc.array(fc.nat(), { maxLength: 4 });
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 400 }),
        key,
        cuts,
        fc.nat(7),
        (bytes, key, cuts, at) => {
          const memory = new Uint8Array(at + bytes.length);
          memory.set(bytes, at);
          let offset = 0;
          for (const piece of cutAt(memory.subarray(at), cuts)) {
            mask(piece, key, offset);
            offset += piece.length;
          }
          expect(toHex(memory.subarray(at))).toBe(toHex(maskBySpecification(bytes, key)));
        },
      ),
    );
  });
});
