/** The page of an inspection of 1 MiB. */

import { describe, expect, test } from 'vitest';
import { joinBytes } from '../../src/bytes.js';
import { inspectionHtml } from '../../src/inspect/html.js';
import { inspect } from '../../src/inspect/inspect.js';
import { encodeFrame, Opcode } from '../../src/websocket/frame.js';
import { utf8 } from '../support/bytes.js';
import { checkLinks } from '../support/markup.js';

const MIB = 1_048_576;

function page(bytes: Uint8Array): string {
  return [...inspectionHtml([{ name: '', bytes, inspection: inspect(bytes) }])].join('');
}

/** An unmasked text frame. */
function text(words: string): Uint8Array {
  return encodeFrame(Opcode.text, utf8(words));
}

describe('1 MiB', () => {
  test.each([
    ['one text', text('a'.repeat(MIB))],
    ['frames of two bytes', new Uint8Array(MIB).map((_, i) => (i % 2 === 0 ? 0x89 : 0))],
    [
      'frames with problems',
      new Uint8Array(MIB).fill(0xff).map((_, i) => (i % 2 === 0 ? 0xff : 0)),
    ],
    ['texts of 60 KiB', joinBytes(Array.from({ length: 17 }, () => text('a'.repeat(61_440))))],
    ['lines of a head', utf8(`GET / HTTP/1.1\r\n${'a: b\r\n'.repeat(170_000)}\r\n`)],
  ])('%s gives a page of a bounded size', (_, bytes) => {
    const html = page(bytes);
    expect(html.length).toBeLessThan(5_000_000);
    expect(html).toMatch(/left out|Not drawn|more like it/);
    checkLinks(html);
  });
});
