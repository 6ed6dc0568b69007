import { type Head, type Reader, textOf } from '../exercise.js';

export { textOf };

/** Unfolds first, and parts then; it keeps the order of the lines, whatever a Map is asked for. */
export function parseFields(lines: readonly string[]): Map<string, string> {
  const whole: string[] = [];
  for (const line of lines) {
    if (line.startsWith(' ') || line.startsWith('\t')) whole.push(`${whole.pop()} ${line.trim()}`);
    else whole.push(line.trimEnd());
  }
  return new Map(
    whole.map((line) => {
      const [, name = '', value = ''] = /^([^:]*):[ \t]*(.*)$/.exec(line) ?? [];
      return [name.toLowerCase(), value] as const;
    }),
  );
}

/** Goes byte by byte through a Buffer. */
export function takeBytes(
  reader: Reader,
  bytes: Uint8Array,
  maxLength: number,
): Head | 'more' | 'too long' {
  const all = Buffer.concat([reader.bytes, bytes]);
  reader.bytes = all;
  for (let end = 0; end < all.length; end++) {
    if (end === maxLength) return 'too long';
    if (all.subarray(end - 3, end + 1).toString('latin1') !== '\r\n\r\n') continue;
    const [startLine = '', ...lines] = textOf(all.subarray(0, end - 3)).split('\r\n');
    return { startLine, fields: parseFields(lines), rest: all.subarray(end + 1) };
  }
  return 'more';
}
