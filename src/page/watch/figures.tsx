/**
 * What a loop is like: the row of its figures, and its findings, each a way to its step.
 * @module
 */

import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { TraceEvent } from '../../trace/event.js';
import { type Summary, Summing } from '../../watch/summary.js';
import { describeFigures, describeFinding } from '../../watch/words.js';
import { language } from '../language.js';
import { say } from '../texts.js';
import type { Walk } from '../walk/walk.js';

/** The pane. It is shut at first: the steps come before what is said of them. */
export function Figures({ walk }: { walk: Walk }): JSX.Element {
  const events = walk.events.value;
  const folding = useMemo(() => new Folding(), []);
  const summary = folding.take(events);
  const first = events[0]?.seq ?? 0;
  const { findings } = summary;
  return (
    <details class="pane figures">
      <summary>
        <h2>{say('figures.title')}</h2>
        <span class="count">{say('figures.count', { n: findings.length })}</span>
      </summary>
      <dl class="rows">
        {describeFigures(summary, language.value).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {findings.length > 0 && (
        <ol class="findings">
          {findings.map((finding) => (
            <li key={`${finding.code} ${finding.seq}`} class={finding.inferred ? 'inferred' : ''}>
              <button
                type="button"
                onClick={() => {
                  walk.pause();
                  walk.seek(finding.seq - first + 1);
                }}
              >
                {describeFinding(finding, language.value)}
              </button>
            </li>
          ))}
        </ol>
      )}
    </details>
  );
}

/** Folds a trace, and of one that has only grown what is new. */
class Folding {
  #summing = new Summing();
  #events: readonly TraceEvent[] = [];

  take(events: readonly TraceEvent[]): Summary {
    const { length } = this.#events;
    const isSame =
      events.length >= length &&
      events[0] === this.#events[0] &&
      events[length - 1] === this.#events[length - 1];
    if (!isSame) this.#summing = new Summing();
    for (let i = isSame ? length : 0; i < events.length; i++) {
      this.#summing.fold(events[i] as TraceEvent);
    }
    this.#events = events;
    return this.#summing.summary();
  }
}
