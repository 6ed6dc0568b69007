/**
 * The lines of a trace that is kept in a file, up to the most that the file may have. The last line
 * then says so.
 * @module
 */

import type { Fd } from '../net/net.js';
import type { Language } from '../texts/language.js';
import { fill, speaker } from '../texts/say.js';
import { terminal } from '../texts/terminal.en.js';
import { terminal as terminalZh } from '../texts/terminal.zh.js';
import type { TraceEvent } from '../trace/event.js';
import { formatMaker, type TraceMaker } from '../trace/maker.js';
import { formatEvent } from '../trace/ndjson.js';

/** Events as lines, until they are too many bytes. */
export class TraceLines {
  readonly #limit: number;
  #bytes = 0;
  /** The listener's descriptor, whom the last line is about. */
  #listener: Fd = 0;
  #isFull = false;
  /** The line before the first event, with its newline. */
  #first: string;

  /**
   * @param limit in bytes; the first line, which says what made them, and the last are not counted
   * @param room blanks at the end of the first line, for what is known only at the end
   */
  constructor(maker: TraceMaker, limit: number, room = 0) {
    this.#first = `${formatMaker(maker)}${' '.repeat(room)}\n`;
    this.#limit = limit;
  }

  /** Whether its last line was given. */
  get isFull(): boolean {
    return this.#isFull;
  }

  /** Why there are no more, in a clause. */
  why(language?: Language): string {
    return speaker({ en: terminal, zh: terminalZh }, language)('trace.full', {
      limit: this.#limit / (1 << 20),
    });
  }

  /** The line of an event; the last line in the place of the one that is too much; then nothing. */
  take(event: TraceEvent): string {
    if (this.#isFull) return '';
    if (event.step === 'socket') this.#listener = event.fd;
    const line = `${formatEvent(event)}\n`;
    this.#bytes += Buffer.byteLength(line);
    this.#isFull = this.#bytes > this.#limit;
    const first = this.#first;
    this.#first = '';
    return first + (this.#isFull ? `${formatEvent(this.#last(event))}\n` : line);
  }

  #last({ v, seq, turn, t }: TraceEvent): TraceEvent {
    return {
      ...{ v, seq, turn, t, step: 'error', fd: this.#listener },
      ...{ code: 'trace-full', closeCode: 0, section: '' },
      message: fill(terminal['trace.ends'], { why: this.why() }), // a trace is English
    };
  }
}
