/**
 * The step in one sentence, which a screen reader says too.
 * @module
 */

import type { JSX } from 'preact';
import type { TraceEvent } from '../../trace/event.js';
import { describeStep, describeWait } from '../../trace/text.js';
import { language } from '../language.js';
import { gap, say } from '../texts.js';
import { timelineOf } from '../timeline/state.js';
import { wordsAt } from '../timeline/words.js';
import { StepBadge } from './step-badge.js';
import type { Missed, Walk } from './walk.js';

/** A sentence may quote a whole message. */
const LONGEST = 600;

/**
 * The sentence, by names as the trace has it and then by descriptors, and below it what such a step is for.
 * While the walk plays it is not spoken: it would never end.
 */
export function Narration({
  walk,
  learn = null,
}: {
  walk: Walk;
  /** Where one learns what this is, an address, for who is here for the first time; null for others. */
  learn?: string | null;
}): JSX.Element {
  const event = walk.event.value;
  const sentence = event === null ? '' : short(describeStep(event, language.value));
  const words = wordsAt(timelineOf(walk).drawn.marks, walk.position.value - 1);
  const missed = walk.missed.value;
  return (
    <p class="narration" aria-live={walk.isPlaying.value ? 'off' : 'polite'} aria-atomic="true">
      {event !== null && (
        <>
          <StepBadge step={event.step} />
          <span class="says">
            {event.by === 'you' && <span class="by-you">{say('walk.by-you')}</span>}
            {!words.includes(sentence.slice(0, 200)) && <b class="by-names">{words}</b>}
            <span class="sentence">{words.endsWith(sentence) ? words : sentence}</span>
          </span>
          {walk.position.value === 1 && walk.events.value.length > 1 && !walk.isPlaying.value && (
            <span class="hint">{say('walk.hint')}</span>
          )}
          {missed !== null ? (
            <NoMore missed={missed} walk={walk} />
          ) : learn !== null ? (
            <Welcome learn={learn} />
          ) : (
            <span class="why" aria-hidden="true">
              {whyOf(event)}
            </span>
          )}
        </>
      )}
    </p>
  );
}

/** What such a step is for; of a stranger's wait, what it was asked for. */
function whyOf(event: TraceEvent): string {
  const wait = event.step === 'select' ? describeWait(event, language.value) : [];
  return wait.length > 0 ? wait.join(gap()) : say(`walk.why.${event.step}`);
}

function short(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)} …` : text;
}

/** What this is, and what to press, which a telephone has not. */
function Welcome({ learn }: { learn: string }): JSX.Element {
  return (
    <span class="why welcome">
      <span class="by-key">{say('app.welcome')}</span>
      <span class="by-touch">{say('app.welcome.touch')}</span>{' '}
      <a href={learn}>{say('app.welcome.learn')}</a>
    </span>
  );
}

/** What was looked for does not come again, and where it came first. */
function NoMore({ missed: { what, first }, walk }: { missed: Missed; walk: Walk }): JSX.Element {
  return (
    <span class="why no-more">
      {say(first === null ? 'walk.never' : 'walk.no-more', { what })}{' '}
      {first !== null && (
        <button type="button" onClick={() => walk.seek(first)}>
          {say('walk.first', { step: String(first) })}
        </button>
      )}
    </span>
  );
}
