/**
 * Tables for spreadsheets. What students wrote stands in them, so no cell is more than text.
 * @module
 */

/**
 * A table as CSV, with a mark of the byte order, by which spreadsheets know UTF-8, and CRLF.
 *
 * @see RFC 4180
 */
export function csvOf(table: readonly (readonly string[])[]): string {
  return `\ufeff${table.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')}`;
}

/** A cell that no spreadsheet takes for a formula, whoever wrote it. */
export function csvCell(text: string): string {
  const plain = /^[\s\p{C}]*[=+\-@＝＋－＠\t\r]/u.test(text) ? `'${text}` : text;
  return /[",\r\n\t]|^\s|\s$/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
