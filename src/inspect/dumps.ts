/**
 * Dumps with an offset in front of each line: those of xxd, hexdump, od, Wireshark, certutil and
 * PowerShell's Format-Hex. The offsets say how many bytes a line has, in hex, octal or decimal: a text
 * that does not hold to them is none.
 * @module
 */

/** A line of a dump. */
interface Row {
  /** The offset as it is written. */
  readonly at: string;
  readonly hasColon: boolean;
  /** What stands behind the offset, with the spaces in front of it. */
  readonly body: string;
  /** Whether a line with nothing but a star follows: more of the same are left out. */
  readonly repeats: boolean;
}

/** The lines of a dump, and the offset behind the last byte where a line of its own says so. */
interface Rows {
  readonly rows: readonly Row[];
  readonly end: string | null;
}

/** Reads a line that has `length` bytes; null for a line that has others. `most` where that is not known. */
type RowReader = (row: Row, length: number | null, most: number) => number[] | null;

const OFFSET = /^[ \t]*(?:0x)?([0-9a-f]{4,16})(:?)(?=[ \t]|$)(.*)$/i;
/** What programs write around a dump: headings of Format-Hex, the last word of certutil. */
const AROUND =
  /^\s*(?:$|00 01 02 03 04 05 06 07 {1,2}08 09 0A 0B 0C 0D 0E 0F$|(?:Label|Path): |Offset Bytes +Ascii$|-{4,} -{8,}|CertUtil: )/;
/** Groups of whole bytes with one or two spaces between them; then the letters. */
const HEX =
  /^[ \t]+((?:[0-9a-f]{2}){1,32}(?![0-9a-f])(?:[ \t]{1,2}(?:[0-9a-f]{2}){1,32}(?![0-9a-f]))*)/i;
const BITS = /^ ([01]{8}(?: [01]{8})*)(?= |$)/;
const WORDS = /^(?: +[0-9a-f]{4})+ *$/i;
/** Bytes of a line whose length nothing says. */
const USUAL = 16;
/** A star may stand for any number of lines. */
const MOST_BYTES = 1 << 26;

/** A dump whose bytes stand in hex, one or more in a group. */
export function readHexDump(text: string): Uint8Array | null {
  return readRows(text, hexRow);
}

/** A dump of `xxd -b`. */
export function readBitDump(text: string): Uint8Array | null {
  return readRows(text, bitRow);
}

/** A dump of `hexdump` without an option, or `od -x`: two bytes make a number, the second is the higher. */
export function readWordDump(text: string): Uint8Array | null {
  return readRows(text, wordRow);
}

/** A dump of `od -c`: what is a letter stands as a letter, in columns of four. */
export function readLetterDump(text: string): Uint8Array | null {
  return readRows(text, letterRow(0)) ?? readRows(text, letterRow(1));
}

/** Whether a text begins as a dump does, so that its offsets are not to be taken for bytes. */
export function looksDumped(text: string): boolean {
  const first = text.split('\n').find((line) => !AROUND.test(line.trimEnd())) ?? '';
  return /^\s*(?:0x)?(?:0{6,16}[: \t]|0{4}(?::|\t| {2}))\s*\S/.test(first);
}

function readRows(text: string, reader: RowReader): Uint8Array | null {
  const found = rowsIn(text);
  if (found === null) return null;
  // od writes seven digits of octal, and where lines are left out more than one base may fit
  const isOd = reader !== wordRow && found.rows[0]?.at.length === 7;
  for (const base of isOd ? [8, 16, 10] : [16, 8, 10]) {
    const bytes = readInBase(found, base, reader);
    if (bytes !== null) return bytes;
  }
  return null;
}

function rowsIn(text: string): Rows | null {
  const rows: Row[] = [];
  let end: string | null = null;
  for (const line of text.split(/\r?\n/)) {
    if (AROUND.test(line.trimEnd())) continue;
    const last = rows.at(-1);
    if (line.trim() === '*' && last !== undefined) {
      rows[rows.length - 1] = { ...last, repeats: true };
      continue;
    }
    const [, at = '', colon, body = ''] = OFFSET.exec(line) ?? [];
    if (at === '' || end !== null) return null;
    if (body.trim() === '') end = at;
    else rows.push({ at, hasColon: colon === ':', body, repeats: false });
  }
  return rows.length === 0 ? null : { rows, end };
}

function readInBase({ rows, end }: Rows, base: number, reader: RowReader): Uint8Array | null {
  const offsets = rows.map(({ at }) => offsetIn(at, base));
  offsets.push(end === null ? null : offsetIn(end, base));
  const start = offsets[0] ?? null;
  // only xxd tells a part of a file so that nothing else can be meant
  if (start === null || (start !== 0 && rows[0]?.hasColon !== true)) return null;
  const bytes: number[] = [];
  let most = USUAL;
  for (const [i, row] of rows.entries()) {
    const next = offsets[i + 1] ?? null;
    if (offsets[i] !== start + bytes.length) return null;
    if (next === null && (i < rows.length - 1 || end !== null)) return null;
    const left = next === null ? null : next - start - bytes.length;
    const own = reader(row, row.repeats ? null : left, most);
    if (own === null || own.length === 0) return null;
    if (i === 0) most = own.length;
    for (const byte of own) bytes.push(byte);
    if (!row.repeats) continue;
    if (left === null || left < own.length || left > MOST_BYTES) return null;
    for (let n = own.length; n < left; n++) bytes.push(own[n % own.length] as number);
  }
  return Uint8Array.from(bytes);
}

function offsetIn(text: string, base: number): number | null {
  if (base === 8 && !/^[0-7]+$/.test(text)) return null;
  if (base === 10 && !/^[0-9]+$/.test(text)) return null;
  const offset = Number.parseInt(text, base);
  return Number.isSafeInteger(offset) ? offset : null;
}

function hexRow({ body, hasColon }: Row, length: number | null, most: number): number[] | null {
  const isLoose = !hasColon && /^ \S/.test(body);
  if (isLoose && !/^ [0-9a-f]{2}(?: |$)/i.test(body)) return null; // plain hex in groups
  const [whole = '', groups = ''] = HEX.exec(body) ?? [];
  const isTooMany = (n: number): boolean => n === (length ?? most);
  const bytes: number[] = [];
  const start = whole.length - groups.length;
  for (let at = start; at < whole.length; ) {
    if (/[ \t]/.test(body[at] ?? '')) {
      at++;
      continue;
    }
    // what looks like hex behind the last byte is letters, and those stand apart
    if (isTooMany(bytes.length)) return /[ \t]{2}$|\t$/.test(body.slice(0, at)) ? bytes : null;
    bytes.push(Number.parseInt(body.slice(at, at + 2), 16));
    at += 2;
  }
  return length === null || bytes.length === length ? bytes : null;
}

function bitRow({ body }: Row, length: number | null, most: number): number[] | null {
  const groups = BITS.exec(body)?.[1]?.split(' ') ?? [];
  const bytes = groups.slice(0, length ?? most).map((bits) => Number.parseInt(bits, 2));
  return length === null || bytes.length === length ? bytes : null;
}

function wordRow({ at, body, hasColon }: Row, length: number | null): number[] | null {
  if (hasColon || at.length < 7 || !WORDS.test(body)) return null;
  const words = body.trim().split(/ +/);
  const bytes = words.flatMap((word) => {
    const value = Number.parseInt(word, 16);
    return [value & 0xff, value >>> 8];
  });
  if (length === null) return bytes;
  return Math.ceil(length / 2) === words.length ? bytes.slice(0, length) : null;
}

const SIGNS: Readonly<Record<string, number>> = {
  '\\0': 0x00,
  '\\a': 0x07,
  '\\b': 0x08,
  '\\t': 0x09,
  '\\n': 0x0a,
  '\\v': 0x0b,
  '\\f': 0x0c,
  '\\r': 0x0d,
};

/** @param shift the od of macOS writes its columns one further */
function letterRow(shift: 0 | 1): RowReader {
  return ({ body }, length) => {
    const cells = body.slice(shift);
    const count = length ?? Math.ceil(cells.trimEnd().length / 4);
    if (count > 64 || cells.slice(4 * count).trim() !== '') return null;
    const bytes: number[] = [];
    for (let i = 0; i < count; i++) {
      const byte = letterCell(cells.slice(4 * i, 4 * i + 4).padEnd(4));
      if (byte === null) return null;
      bytes.push(byte);
    }
    return bytes;
  };
}

function letterCell(cell: string): number | null {
  if (!cell.startsWith(' ')) return null;
  const text = cell.slice(1);
  if (/^[0-3][0-7]{2}$/.test(text)) return Number.parseInt(text, 8);
  if (/^ {2}[ -~]$/.test(text)) return text.charCodeAt(2);
  return text.startsWith(' ') ? (SIGNS[text.slice(1)] ?? null) : null;
}
