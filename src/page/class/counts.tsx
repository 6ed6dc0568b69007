/**
 * What the class said: a bar for each letter, and after a second time both, one below the other.
 * @module
 */

import type { JSX } from 'preact';
import type { Counts } from '../../class/messages.js';
import { say } from '../texts.js';
import { large, Marked } from './marked.js';

/** What is drawn. */
export interface CountBarsProps {
  choices: readonly (readonly [letter: string, text: string])[];
  counts: readonly Counts[];
  /** The right letter; null where it is not told yet. */
  right: string | null;
  /** What a wrong letter means, by letter. */
  meanings: Readonly<Record<string, string>>;
  /** The letter that this page gave last; null for none. */
  mine: string | null;
}

/** The bars. */
export function CountBars({ choices, counts, right, meanings, mine }: CountBarsProps): JSX.Element {
  return (
    <ul class="class-counts" aria-label={say('class.counts')}>
      {choices.map(([letter, text]) => (
        <li key={letter} class={right === letter ? 'is-right' : ''}>
          <p class="class-choice-text">
            <b class="class-letter">{large(letter)}</b>
            <span>
              <Marked text={text} />
              {right === letter && <Note sign="✓" text={say('class.vote.right')} />}
              {mine === letter && <Note sign="●" text={say('class.vote.yours')} />}
            </span>
          </p>
          {counts.map((count, i) => (
            <Bar
              key={i}
              n={count[letter] ?? 0}
              all={sum(count)}
              time={counts.length > 1 ? i : null}
            />
          ))}
          {letter !== right && Object.hasOwn(meanings, letter) && (
            <p class="class-means">
              <Marked
                text={say('class.vote.means', {
                  letter: large(letter),
                  meaning: meanings[letter] ?? '',
                })}
              />
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

function Note({ sign, text }: { sign: string; text: string }): JSX.Element {
  return (
    <span class="class-note">
      {' '}
      <span aria-hidden="true">{sign}</span> {text}
    </span>
  );
}

/** One bar. @param time 0 for the first of two times; null where there is one */
function Bar({ n, all, time }: { n: number; all: number; time: number | null }): JSX.Element {
  const percent = all === 0 ? 0 : Math.round((100 * n) / all);
  return (
    <p class={time === 1 ? 'class-bar-row second' : 'class-bar-row'}>
      {time !== null && (
        <span class="class-time">
          {say(time === 0 ? 'class.count.first' : 'class.count.second')}
        </span>
      )}
      <span class="class-track" aria-hidden="true">
        <span class="class-fill" style={{ inlineSize: `${percent}%` }} />
      </span>
      <span class="class-number">{say('class.count', { n, percent })}</span>
    </p>
  );
}

function sum(counts: Counts): number {
  return Object.values(counts).reduce((all, n) => all + n, 0);
}
