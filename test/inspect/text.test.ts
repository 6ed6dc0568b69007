import { describe, expect, test } from 'vitest';
import { inspect } from '../../src/inspect/inspect.js';
import { inspectionText } from '../../src/inspect/text.js';
import { encodeFrame, Opcode } from '../../src/websocket/frame.js';
import { utf8 } from '../support/bytes.js';

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
      i % 16 === 0 ? 0b1111_0010 : i % 16 === 1 ? 14 : 0,
    );
    const said = text(framesOfReservedBits);
    expect(said.match(/^Frame at byte /gm)).toHaveLength(65_552 / 16);
    expect(said.match(/^! reserved-bits/gm)).toHaveLength(65_552 / 16);
    expect(said.match(/^ +\d+ {2}f2$/gm)).toHaveLength(65_536 / 16);
    expect(said.endsWith(LEFT_OUT)).toBe(true);
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
