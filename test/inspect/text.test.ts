import { describe, expect, test } from 'vitest';
import { joinBytes } from '../../src/bytes.js';
import { inspect } from '../../src/inspect/inspect.js';
import { InspectionWriter, inspectionText } from '../../src/inspect/text.js';
import { TextBudget } from '../../src/inspect/text-budget.js';
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

describe('the streams of an input share what may be written', () => {
  const frame = encodeFrame(Opcode.binary, new Uint8Array(60_000), { maskingKey: 1 });

  /** The lines of so many streams. */
  function linesOf(streams: number): string[][] {
    const budget = new TextBudget();
    const inspection = inspect(frame);
    return Array.from({ length: streams }, () => {
      const writer = new InspectionWriter({}, budget);
      const lines = inspection.frames.flatMap((one) => [...writer.frame(one, frame)]);
      return [...lines, ...writer.end([])].map(({ text }) => text);
    });
  }

  test('1 MiB is explained, and frames are named behind it', () => {
    const explained = Math.ceil(2 ** 20 / frame.length);
    const lines = linesOf(explained + 2);
    expect(lines[explained - 1]?.length).toBeGreaterThan(10);
    expect(lines[explained]).toEqual([
      'Frame at byte 0, 60008 bytes from the client: binary, masked, payload 60000',
      '  bytes',
      'Left out: all but frames and problems, since 1048576 bytes of other streams are',
      '  explained above',
    ]);
  });

  test('and then no more streams are told', () => {
    const budget = new TextBudget();
    budget.spend(2 ** 20);
    for (let i = 0; i < 100_000; i++) expect(budget.names(false)).toBe(true);
    expect([budget.isSpent, budget.names(false), budget.names(true)]).toEqual([true, false, true]);
  });
});
