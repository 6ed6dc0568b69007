import { describe, expect, test } from 'vitest';
import { joinBytes } from '../../src/bytes.js';
import { inspect } from '../../src/inspect/inspect.js';
import { inspectionText } from '../../src/inspect/text.js';
import { encodeFrame, Opcode } from '../../src/websocket/frame.js';
import { hex, utf8 } from '../support/bytes.js';

const LEFT_OUT = 'Left out: what is behind the first 65536 bytes, except for frames and problems\n';

function text(bytes: Uint8Array): string {
  return inspectionText(bytes, inspect(bytes));
}

describe('of a long input', () => {
  test('64 KiB are written with what is in them', () => {
    const whole = text(encodeFrame(Opcode.binary, new Uint8Array(65_528), { maskingKey: 1 }));
    expect(whole).toContain('- masking: ');
    expect(whole).not.toContain('Left out');
    expect(whole.match(/recv of /g)).toHaveLength(32);
  });

  test('a span that reaches behind them has no parts, and that is said', () => {
    const said = text(encodeFrame(Opcode.binary, new Uint8Array(70_000), { maskingKey: 1 }));
    expect(said).toMatch(/^ {8}payload \(RFC 6455 /m);
    expect(said).not.toContain('- masking: ');
    expect(said.endsWith(LEFT_OUT)).toBe(true);
  });

  test('frames behind them are named, with their problems', () => {
    const framesOfReservedBits = Uint8Array.from({ length: 65_552 }, (_, i) =>
      i % 16 === 0 ? 0b1111_0010 : i % 16 === 1 ? 14 : (i >>> 4) & 0xff,
    );
    const said = text(framesOfReservedBits);
    expect(said.match(/^Frame at byte /gm)).toHaveLength(65_552 / 16);
    expect(said.match(/^! reserved-bits/gm)).toHaveLength(65_552 / 16);
    expect(said.match(/^ +\d+ {2}f2$/gm)).toHaveLength(65_536 / 16);
    expect(said.endsWith(LEFT_OUT)).toBe(true);
  });

  test('a run of frames that are alike is written once, and how many there are is said', () => {
    const said = text(new Uint8Array(200_000));
    expect(said).toContain('\n… and 32766 more like it, up to byte 65535\n');
    expect(said).toContain('\n… and 67231 more like it, up to byte 199999\n');
    expect(said.split('\n').length).toBeLessThan(40);
  });

  test('of many that are not alike some are named, and how many are not is said', () => {
    const frames = Array.from({ length: 60_000 }, (_, i) =>
      hex(`8201 ${i % 2 === 0 ? '00' : '01'}`),
    );
    const said = text(joinBytes(frames));
    expect(said).toContain('Not named: 28154 frames more, 0 of them with a problem.');
  });

  test('of a handshake, too', () => {
    const fields = 'X-Filler: nothing to see here\r\n'.repeat(4_000);
    const bytes = utf8(`GET / HTTP/1.1\r\n${fields}\r\n`);
    const said = text(bytes);
    expect(said.match(/^ +\d+ {2}58 2d/gm)?.length).toBe(Math.ceil((65_536 - 16) / 31));
    expect(said.endsWith(LEFT_OUT)).toBe(true);
  });
});

test('lines are broken at 80 columns, wide characters counted as two', () => {
  const bytes = encodeFrame(Opcode.text, utf8('再见'.repeat(80)));
  const wide = text(bytes)
    .split('\n')
    .filter((line) => line.includes('再'));
  expect(wide.length).toBeGreaterThan(1);
  for (const line of wide) {
    const columns = [...line].reduce((sum, one) => sum + (one > '\u{2fff}' ? 2 : 1), 0);
    expect(columns).toBeLessThanOrEqual(80);
  }
});
