/**
 * What goes to the terminal goes through here; only the screen of keys.ts writes beside it. Any text
 * may quote a peer, a student, a file or its name, so none is trusted: line feeds and our own colours
 * pass, and whatever else could move the cursor or hide something becomes a visible sign.
 * @module
 */

import { createInterface, type Interface } from 'node:readline';
import { withoutSecrets } from '../texts/secrets.js';
import { printable } from '../trace/text.js';
import { pc } from './colours.js';

/**
 * What `pc` makes, without the ways to hide: conceal, blink and the like. Foreign text that has just
 * these colours is made visible by who quotes it; here it could only colour what follows.
 */
const COLOURS = ['bold', 'dim', 'inverse', 'black', 'red', 'green', 'yellow', 'blue'] as const;
const MORE_COLOURS = ['magenta', 'cyan', 'bgWhiteBright'] as const;

const OURS = new Set(
  [...COLOURS, ...MORE_COLOURS].flatMap((name) => pc[name](' ').split(' ')).filter(Boolean),
);

const SUSPICIOUS = new RegExp(
  `${String.fromCharCode(0x1b)}\\[\\d{1,3}m|(?!\u200d)[\\p{Cc}\\p{Cf}\\u2028\\u2029]`,
  'gu',
);

/** A line as it may be shown; a line feed in it is shown as a sign. */
export function visibleLine(line: string): string {
  return line.replace(SUSPICIOUS, (found) => (OURS.has(found) ? found : printable(found)));
}

/** Lines as they may be shown. */
export function visibleText(text: string): string {
  return text.replace(SUSPICIOUS, (found) =>
    OURS.has(found) || found === '\n' ? found : printable(found),
  );
}

/** Nothing more can be written: the disk is full, or the like. */
let hasEnded = false;

/** What to do when the output takes no more. */
export interface OutputEnd {
  /** Whoever read it has gone, as `| head` does, or the terminal has; may come more than once. */
  onGone(): void;
  /** It cannot be written, as on a full disk: told once, in a clause; what else is written is dropped. */
  onFull(why: string): void;
}

/** Says what is done from here on when the output takes no more. */
export function watchOutput({ onGone, onFull }: OutputEnd): void {
  process.stdout.removeAllListeners('error');
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || error.code === 'EIO')
      onGone(); // EIO: the terminal is gone
    else if (!hasEnded) {
      hasEnded = true;
      onFull(error.message);
    }
  });
}

function write(text: string): void {
  if (!hasEnded) process.stdout.write(text);
}

/** Whether who reads the output has yet to take what was written: then `written` is to be awaited. */
export function isWaiting(): boolean {
  return process.stdout.writableNeedDrain && !hasEnded;
}

/** Waits until it is taken, or nobody takes it any more. */
export async function written(): Promise<void> {
  const { stdout } = process;
  await new Promise<void>((resolve) => {
    const events = ['drain', 'close', 'error'] as const;
    const end = (): void => {
      for (const event of events) stdout.off(event, end);
      resolve();
    };
    for (const event of events) stdout.on(event, end);
  });
}

/** Writes lines that were laid out, each with its line feed. */
export function writeText(text: string): void {
  write(visibleText(text));
}

/** Writes one line. */
export function writeLine(line = ''): void {
  write(`${visibleLine(line)}\n`);
}

/** Writes JSON, or a piece of it; what a terminal would obey is written as an escape, which means the same. */
export function writeJson(json: string): void {
  write(
    json.replace(/(?![\n\u200d])[\p{Cc}\p{Cf}\u2028\u2029]/gu, (found) =>
      Array.from({ length: found.length }, (_, i) => {
        return `\\u${found.charCodeAt(i).toString(16).padStart(4, '0')}`;
      }).join(''),
    ),
  );
}

/** Writes CSV with its mark of the byte order and its CRLF; what else a terminal would obey is shown as an escape. */
export function writeCsv(csv: string): void {
  write(
    csv
      .split(/(^\ufeff|\r\n)/)
      .map((part, i) => (i % 2 === 1 ? part : visibleLine(part)))
      .join(''),
  );
}

/** Complains in one line, without colours. A URL in it is repeated without its password. */
export function warn(line: string): void {
  process.stderr.write(`loopscope: ${printable(withoutSecrets(line))}\n`);
}

/** Complains in lines, as who calls the program wrongly is told. */
export function warnText(text: string): void {
  const lines = withoutSecrets(text).split('\n');
  process.stderr.write(`loopscope: ${lines.map(printable).join('\n')}\n`);
}

/** Draws how far something is on one line of the standard error, over what stood there; '' takes it away. */
export function drawProgress(line: string): void {
  process.stderr.write(`\r${printable(line)}\u001b[K`);
}

/** Takes the line away on which the cursor is, where there is a terminal. */
export function clearLine(): void {
  if (process.stdout.isTTY) process.stdout.write('\r\u001b[K');
}

/** Lines that are typed; on a terminal they are seen while they are. */
export function openLines(): Interface {
  const { stdin, stdout } = process;
  return createInterface(stdout.isTTY ? { input: stdin, output: stdout } : { input: stdin });
}
