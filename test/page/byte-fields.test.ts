import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromHex, joinBytes } from '../../src/bytes.js';
import { inspect } from '../../src/inspect/inspect.js';
import { runsOf } from '../../src/inspect/letters.js';
import { ByteEditor } from '../../src/page/bytes/editor.js';
import {
  type FieldNode,
  fieldAt,
  innermost,
  nodeById,
  unitsWithin,
} from '../../src/page/bytes/fields.js';
import {
  FIELD_NAMES,
  isFieldName,
  PARSER_FILE,
  parserLine,
} from '../../src/page/bytes/parser-lines.js';
import { closeFrame, textFrame } from '../../src/scenario/build.js';
import { SCENARIO_REQUEST } from '../../src/scenario/play.js';
import { highlightAll } from '../../tools/page-sources.js';

const HELLO = fromHex('818537fa213d7f9f4d5158') as Uint8Array;

const sources = await highlightAll();
const parser = sources[PARSER_FILE];
const text = readFileSync(new URL(`../../${PARSER_FILE}`, import.meta.url), 'utf8');

describe('the line of the parser that takes a field', () => {
  test('the page knows every field name that the parser has', () => {
    const [, union = ''] = /export type FieldName =([^;]+);/.exec(text) ?? [];
    const names = [...union.matchAll(/'([\w-]+)'/g)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(5);
    expect(FIELD_NAMES).toEqual(names);
    expect(isFieldName('payload')).toBe(true);
    expect(isFieldName('toString')).toBe(false);
  });

  test('every field has one line, each another, in the order of the fields', () => {
    if (parser === undefined) throw new Error('bug: the parser is not among the sources');
    const lines = FIELD_NAMES.map((field) => parserLine(parser, field));
    expect(lines).toEqual([...new Set(lines)].sort((a, b) => a - b));
    const code = text.split('\n');
    for (const line of lines) expect(code[line - 1]).toContain('yield ');
  });

  test('a field that the parser does not ask for is a bug, and said', () => {
    const nothing = { file: PARSER_FILE, lines: [], regions: [] };
    expect(() => parserLine(nothing, 'payload')).toThrow('bug: src/websocket/parser.ts');
  });
});

describe('the tree of fields', () => {
  const all = { start: 0, end: 4_096 };

  test('has the parser’s fields of a masked Hello, and the parts of its payload', () => {
    const [unit] = unitsWithin(inspect(HELLO), all);
    expect(unit).toMatchObject({ kind: 'frame', name: 'text', start: 0, end: 11 });
    expect(unit?.fields.map(({ field, letter, id }) => [field, letter, id])).toEqual([
      ['fin-rsv-opcode', 'F', '0'],
      ['mask-length', 'L', '1'],
      ['masking-key', 'K', '2'],
      ['payload', 'P', '6'],
    ]);
    expect(unit?.fields[3]?.parts.every(({ id }) => id.startsWith('6.'))).toBe(true);
  });

  test('finds the innermost field of a byte, and a field by its id', () => {
    const units = unitsWithin(inspect(HELLO), all);
    expect(fieldAt(units, 8)?.field).toBe('payload');
    const inner = innermost(units, 8);
    expect(inner).toMatchObject({ start: 8, end: 9, top: 'payload' });
    expect(nodeById(units, inner?.id ?? '')).toBe(inner);
    expect(nodeById(units, '99')).toBeNull();
    expect(innermost(units, 4_000)).toBeNull();
  });

  test('reads a handshake line by line, and what is not whole', () => {
    const bytes = joinBytes([new TextEncoder().encode(SCENARIO_REQUEST), HELLO.subarray(0, 4)]);
    const units = unitsWithin(inspect(bytes), all);
    expect(units.map(({ kind }) => kind)).toEqual(['request', 'rest']);
    expect(units[0]?.fields.every(({ letter }) => letter === 'H')).toBe(true);
    expect(units[1]?.fields.map(({ letter }) => letter)).toEqual(['F', 'L', 'K']);
  });

  test('makes only what lies within the window', () => {
    const long = joinBytes([textFrame('x'.repeat(5_000)), closeFrame(1001)]);
    const window = { start: 1_024, end: 1_040 };
    const units = unitsWithin(inspect(long), window);
    expect(units).toHaveLength(1);
    expect(units[0]?.fields.map(({ field }) => field)).toEqual(['payload']);
    expect(units[0]?.fields[0]?.parts.length).toBeLessThan(100);
  });

  test('neighbours with one name are a run', () => {
    const payload = fieldAt(unitsWithin(inspect(HELLO), all), 6) as FieldNode;
    const runs = runsOf(payload.parts, ({ field }) => field);
    expect(runs.flat()).toEqual(payload.parts);
    for (const run of runs) expect(new Set(run.map(({ field }) => field)).size).toBe(1);
  });

  test('any bytes have one field at the top for each byte', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const units = unitsWithin(inspect(bytes), all);
        for (const offset of bytes.keys()) {
          const field = fieldAt(units, offset);
          const inner = innermost(units, offset);
          if (field === null || inner === null) return false;
          if (nodeById(units, inner.id) !== inner) return false;
        }
        return true;
      }),
    );
  });
});

describe('the editor', () => {
  test('writes a byte, turns a bit round, and finds the way back and forth', () => {
    const editor = new ByteEditor();
    editor.load(HELLO);
    expect(editor.set(0, 0x82)).toBe(true);
    expect(editor.flip(0, 7)).toBe(true);
    expect(editor.bytes.value[0]).toBe(0x02);
    expect(editor.undo()).toBe(0);
    expect(editor.bytes.value[0]).toBe(0x82);
    editor.undo();
    expect(editor.bytes.value).toEqual(HELLO);
    expect(editor.canUndo.value).toBe(false);
    expect(editor.undo()).toBeNull();
    expect(editor.redo()).toBe(0);
    expect(editor.bytes.value[0]).toBe(0x82);
    editor.set(1, 0);
    expect(editor.canRedo.value).toBe(false);
  });

  test('leaves the bytes that it was given as they are', () => {
    const bytes = HELLO.slice();
    const editor = new ByteEditor();
    editor.load(bytes);
    editor.set(0, 0);
    expect(bytes).toEqual(HELLO);
  });

  test('refuses what is no byte of it', () => {
    const editor = new ByteEditor();
    editor.load(HELLO);
    expect(editor.set(11, 0)).toBe(false);
    expect(editor.set(0, 256)).toBe(false);
    expect(editor.flip(99, 0)).toBe(false);
    editor.set(0, 0x81);
    expect(editor.canUndo.value).toBe(false);
  });
});
