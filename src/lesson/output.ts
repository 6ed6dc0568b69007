/**
 * What a student's program prints, kept as far as a person would read it.
 * @module
 */

import type { Language } from '../texts/language.js';
import { speak } from './texts.js';

/** Characters: whoever prints more does not look at them. */
export const MOST_OUTPUT = 1_000_000;

/** What each print counts beside its characters: a note of each is kept until the code gives way. */
export const PRINT_COSTS = 20;

/** Most characters that are kept. */
const KEPT = 8000;

/** What is printed, cut off where it is too much. */
export class Output {
  #kept = '';
  /** The end of it: a process that dies says why at the end. */
  #tail = '';
  #length = 0;
  readonly #language: Language | undefined;

  /** @param language in which it is said how much was cut off */
  constructor(language?: Language) {
    this.#language = language;
  }

  /** How many characters were printed. */
  get length(): number {
    return this.#length;
  }

  /** Takes what was printed next. */
  add(text: string): void {
    this.#length += text.length;
    if (this.#kept.length < KEPT) this.#kept += text.slice(0, KEPT - this.#kept.length);
    this.#tail = (this.#tail + text).slice(-KEPT);
  }

  /** Says whether a line of Node's begins so, and takes it and all behind it away. */
  cutOff(beginning: string): boolean {
    const found = this.#tail.includes(beginning);
    const at = this.#kept.indexOf(beginning);
    if (at !== -1) this.#kept = this.#kept.slice(0, at).trimEnd();
    return found;
  }

  /** What was printed. */
  get text(): string {
    const more = this.#length - KEPT;
    const cut = more > 0 && this.#kept.length === KEPT;
    if (!cut) return this.#kept;
    const note = speak(this.#language)('report.cut', { n: more });
    return `${this.#kept}\n${note}\n`;
  }
}
