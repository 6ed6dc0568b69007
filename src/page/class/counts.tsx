/**
 * What the class said, alike for a student and at the desk: a bar for each letter, and after a second time
 * both, one below the other; and what is right, once that is told.
 * @module
 */

import type { ComponentChildren, JSX } from 'preact';
import type { Counts, VoteState } from '../../class/messages.js';
import { say } from '../texts.js';
import { large, Marked } from './marked.js';

/** What is drawn. */
interface CountsProps {
  choices: readonly (readonly [letter: string, text: string])[];
  counts: readonly Counts[];
  /** The right letter, and why; null where it is not told yet. */
  answer: VoteState['answer'];
  /** What a wrong letter means, by letter. */
  meanings: Readonly<Record<string, string>>;
  /** The letter that this page gave last; null for none. */
  mine: string | null;
}

/** The bars, and why what is right is so. */
export function Outcome(props: CountsProps): JSX.Element {
  const { answer } = props;
  return (
    <>
      <CountBars {...props} />
      {answer !== null && (
        <p class="class-because">
          <span aria-hidden="true">✓ </span>
          <Marked
            text={say('class.vote.because', {
              letter: large(answer.letter),
              because: answer.because,
            })}
          />
        </p>
      )}
    </>
  );
}

function CountBars({ choices, counts, answer, meanings, mine }: CountsProps): JSX.Element {
  const right = answer?.letter ?? null;
  return (
    <ul class="class-counts" aria-label={say('class.counts')}>
      {choices.map(([letter, text]) => (
        <li key={letter} class={right === letter ? 'is-right' : ''}>
          <p class="class-choice-text">
            <Choice letter={letter} text={text}>
              {right === letter && <Note sign="✓" text={say('class.vote.right')} />}
              {mine === letter && <Note sign="●" text={say('class.vote.yours')} />}
            </Choice>
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

/** A letter and what it stands for. */
export function Choice(props: {
  letter: string;
  text: string;
  children?: ComponentChildren;
}): JSX.Element {
  return (
    <>
      <b class="class-letter">{large(props.letter)}</b>
      <span>
        <Marked text={props.text} />
        {props.children}
      </span>
    </>
  );
}

/** A bar that is so full. @param percent 0 to 100 */
export function Track({ percent }: { percent: number }): JSX.Element {
  return (
    <span class="class-track" aria-hidden="true">
      <span class="class-fill" style={{ inlineSize: `${percent}%` }} />
    </span>
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
      <Track percent={percent} />
      <span class="class-number">{say('class.count', { n, percent })}</span>
    </p>
  );
}

function sum(counts: Counts): number {
  return Object.values(counts).reduce((all, n) => all + n, 0);
}
