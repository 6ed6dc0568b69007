/**
 * What the teacher is told of pages that were turned away, whether or not anyone looks at the steps.
 * @module
 */

import { warn } from '../terminal/print.js';
import type { Language } from '../texts/language.js';
import type { Step } from '../trace/event.js';
import type { Program } from '../trace/loop.js';
import { describeReason } from '../websocket/reason.js';

/** Sentences that are said at most: each may quote what a stranger wrote. */
const MOST = 20;

/** Says once each why a page was turned away: the line of the story may be cut, or go to a file. */
export class Hints {
  readonly #given = new Set<string>();
  readonly #language: Language | undefined;

  /** @param language in which it is said; a reason went over the wire in English */
  constructor(language?: Language) {
    this.#language = language;
  }

  /** Looks at a step, and says what it says of a page that was turned away. */
  tell(step: Step): void {
    if (step.step !== 'handshake' || !('refused' in step)) return;
    const { status, reason } = step.refused;
    if (status !== 403 || this.#given.has(reason) || this.#given.size === MOST) return;
    this.#given.add(reason);
    warn(describeReason(reason, this.#language));
  }

  /** The same program, with its steps looked at as they pass: a watcher would make an event of each. */
  beside(program: Program): Program {
    const tell = this.tell.bind(this);
    return {
      read: program.read,
      write: program.write,
      ...(program.pending && { pending: program.pending }),
      watched: false,
      timeoutMs: () => program.timeoutMs(),
      *turn(ready) {
        for (const step of program.turn(ready)) {
          tell(step);
          yield step;
        }
      },
    };
  }
}
