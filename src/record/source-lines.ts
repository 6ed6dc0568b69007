/**
 * Which line of a program made a call: the innermost frame of its stack that is the program's own, by the
 * debug symbols, as addr2line reads them. One process of it a binary, and each place is asked for once.
 * @module
 */

import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { SourcePlace } from '../trace/event.js';
import { type Frame, isOfStack, isOfSystem, readFrame } from '../watch/stack.js';
import { type AddressOf, addressesOf } from './elf.js';

/** Places that are kept; a program has some dozens. */
const MOST_PLACES = 65_536;

/** Binaries that are asked about, each with a process of its own; of others no line is known. */
const MOST_BINARIES = 64;

/** Finds lines. */
export class SourceLines {
  readonly #binaries = new Map<string, Binary>();
  readonly #places = new Map<string, SourcePlace | null>();
  #isClosed = false;
  /** A line of strace's whose end has not come yet. */
  #rest = '';

  /** Binaries of the program's own for which no line was found, by now. */
  get unknown(): string[] {
    const asked = [...this.#binaries].filter(([, one]) => !one.hasLines && !one.isGivenUp);
    return asked.map(([path]) => path);
  }

  /** Asks for all places that stand in a piece of strace's text: then `lineOf` knows them. */
  async learn(piece: string): Promise<void> {
    const lines = (this.#rest + piece).split('\n');
    this.#rest = lines.pop() ?? '';
    const asked = lines.flatMap((line) => {
      const frame = isOfStack(line) ? readFrame(line) : null;
      return frame === null ? [] : [this.#ask(frame)];
    });
    await Promise.all(asked);
  }

  /** The line that made a call, by its stack; null where none is known. */
  readonly lineOf = (stack: readonly Frame[]): SourcePlace | null => {
    for (const frame of stack) {
      const place = this.#places.get(keyOf(frame));
      if (place) return place;
    }
    return null;
  };

  /** Ends all processes: who waits for an answer gets none, and nothing is asked any more. */
  close(): void {
    this.#isClosed = true;
    for (const binary of this.#binaries.values()) binary.close();
  }

  async #ask(frame: Frame): Promise<void> {
    const key = keyOf(frame);
    if (isOfSystem(frame.binary) || this.#places.has(key)) return;
    if (this.#places.size >= MOST_PLACES || this.#isClosed) return;
    this.#places.set(key, null); // asked for once
    const binary = this.#binaryOf(frame.binary);
    if (binary !== null) this.#places.set(key, await binary.placeOf(frame.offset));
  }

  #binaryOf(path: string): Binary | null {
    const known = this.#binaries.get(path);
    if (known !== undefined || this.#binaries.size >= MOST_BINARIES) return known ?? null;
    const binary = new Binary(path);
    this.#binaries.set(path, binary);
    return binary;
  }
}

function keyOf({ binary, offset }: Frame): string {
  return `${offset} ${binary}`;
}

/** One binary, and the process that is asked about it. */
class Binary {
  /** Whether some line was found. */
  hasLines = false;
  /** Whether it was ended before it had answered: then nobody knows what it has. */
  isGivenUp = false;
  readonly #process: ChildProcess;
  readonly #addressOf: AddressOf;
  /** Who waits for an answer, in the order of asking. */
  readonly #waiting: ((answer: string) => void)[] = [];
  #hasEnded = false;

  constructor(path: string) {
    this.#addressOf = addressesOf(path);
    this.#process = spawn('addr2line', ['-e', path], {
      stdio: ['pipe', 'pipe', 'ignore'],
      detached: process.platform !== 'win32', // a Ctrl-C on the terminal is not for it: it ends when stdin does
    });
    this.#process.on('error', () => this.#end()).on('close', () => this.#end());
    const { stdin, stdout } = this.#process;
    if (!stdin || !stdout) return; // no descriptor is left for them, which is told as an error
    createInterface({ input: stdout }).on('line', (answer) => this.#waiting.shift()?.(answer));
    stdin.on('error', () => this.#end());
  }

  /** The line of a place; of one to which a function returns, that of its call, which is before it. */
  async placeOf(offset: number): Promise<SourcePlace | null> {
    if (this.#hasEnded) return null;
    const answer = await new Promise<string>((resolve) => {
      this.#waiting.push(resolve);
      this.#process.stdin?.write(`0x${(this.#addressOf(offset) - 1).toString(16)}\n`);
    });
    const place = readAnswer(answer);
    this.hasLines ||= place !== null;
    return place;
  }

  close(): void {
    this.isGivenUp ||= this.#waiting.length > 0;
    this.#process.kill();
  }

  /** Who still waits gets no answer. */
  #end(): void {
    this.#hasEnded = true;
    for (const answer of this.#waiting.splice(0)) answer('');
  }
}

/** Reads `/srv/chat.c:42 (discriminator 3)`; null for `??:0`. */
function readAnswer(answer: string): SourcePlace | null {
  const [, file = '??', line = '0'] = /^(.+):(\d+)(?: \(.*\))?$/.exec(answer) ?? [];
  return file === '??' || line === '0' ? null : { file, line: Number(line) };
}
