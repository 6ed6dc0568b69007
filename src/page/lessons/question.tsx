/**
 * The question that a lesson begins with: the rest of the lesson shows its answer.
 * @module
 */

import type { JSX } from 'preact';
import { say } from '../texts.js';
import { plain } from './learning.js';
import { goToPart, type LessonProps, PartBox } from './part.js';
import { Words } from './prose.js';

/** The question, its choices, and what is right once one of them was chosen. */
export function Question({ session, work }: LessonProps): JSX.Element {
  const { question, answer } = work.lesson;
  const given = work.answer.value;
  const choose = (letter: string): void => {
    if (given === null) work.predict(letter);
  };
  return (
    <PartBox name="Predict" title={say('lessons.part.predict')}>
      <p id="lesson-question" class="task">
        <Words words={question.words} session={session} />
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame */}
      <div
        class="choices"
        role="group"
        aria-labelledby="lesson-question"
        onKeyDown={({ key }) => {
          if (question.choices.some(([letter]) => letter === key)) choose(key);
        }}
      >
        {question.choices.map(([letter, words]) => (
          <button
            key={letter}
            type="button"
            class={`choice ${lookOf(letter, answer.letter, given)}`}
            aria-disabled={given !== null}
            onClick={() => choose(letter)}
          >
            <span class="letter">{letter})</span>
            <span>
              <Words words={words} session={session} />
            </span>
          </button>
        ))}
      </div>
      <p role="status" class={given === answer.letter ? 'said is-right' : 'said is-wrong'}>
        {given !== null && (
          <>
            <span class="sign" aria-hidden="true">
              {given === answer.letter ? '✓' : '✗'}
            </span>{' '}
            {given === answer.letter
              ? say('lessons.right', { because: plain(answer.because) })
              : say('lessons.wrong', { letter: answer.letter, because: plain(answer.because) })}
          </>
        )}
      </p>
      {given === null && !work.isSkipped.value && (
        <button
          type="button"
          class="quiet"
          onClick={() => {
            work.isSkipped.value = true;
            // the button is gone: what it showed begins here
            requestAnimationFrame(() => goToPart('Run'));
          }}
        >
          {say('lessons.skip')}
        </button>
      )}
    </PartBox>
  );
}

function lookOf(letter: string, answer: string, given: string | null): string {
  if (given === null) return '';
  if (letter === answer) return 'is-right';
  return letter === given ? 'is-wrong' : 'is-other';
}
