/**
 * The step in one sentence, which a screen reader says too.
 * @module
 */

import type { JSX } from 'preact';
import { describeStep } from '../../trace/text.js';
import { language } from '../language.js';
import { say } from '../texts.js';
import { StepBadge } from './step-badge.js';
import type { Walk } from './walk.js';

/** A sentence may quote a whole message. */
const LONGEST = 600;

/** The sentence, and below it what such a step is for. While the walk plays it is not spoken: it would never end. */
export function Narration({
  walk,
  isWelcome = false,
}: {
  walk: Walk;
  /** Whether somebody is here for the first time: then it says what this is. */
  isWelcome?: boolean;
}): JSX.Element {
  const event = walk.event.value;
  const sentence = event === null ? '' : describeStep(event, language.value);
  return (
    <p class="narration" aria-live={walk.isPlaying.value ? 'off' : 'polite'} aria-atomic="true">
      {event !== null && (
        <>
          <StepBadge step={event.step} />
          <span class="sentence">
            {sentence.length > LONGEST ? `${sentence.slice(0, LONGEST)} …` : sentence}
          </span>
          {walk.position.value === 1 && walk.events.value.length > 1 && !walk.isPlaying.value && (
            <span class="hint">{say('walk.hint')}</span>
          )}
          {isWelcome ? (
            <span class="why welcome">{say('app.welcome')}</span>
          ) : (
            <span class="why" aria-hidden="true">
              {say(`walk.why.${event.step}`)}
            </span>
          )}
        </>
      )}
    </p>
  );
}
