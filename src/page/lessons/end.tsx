/**
 * The end of the course, to be printed: what was done, and what was learnt in it, a sentence a lesson.
 * @module
 */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { exercisesLeft } from '../../lesson/routes.js';
import { comma, say } from '../texts.js';
import type { LearningProps } from './learning.js';
import { NameField, recallName } from './name-field.js';
import { Words } from './prose.js';

/** The end. */
export function CourseEnd({ session, learning }: LearningProps): JSX.Element {
  const name = useSignal(recallName());
  const progress = learning.progress.value;
  const { lessons } = learning.course;
  const begun = lessons.filter(({ number }) => progress.of(number).begun);
  const passed = begun.filter(({ number }) => progress.of(number).passed);
  const left = exercisesLeft(learning.route, progress);
  return (
    <article class="course-end">
      <nav class="lesson-bar" aria-label={say('lessons.bar')}>
        <a href={session.addressWith({ lesson: 'map' })}>{say('lessons.map')}</a>
      </nav>
      <h1 tabIndex={-1}>{say('lessons.end.title')}</h1>
      <div class="button-row">
        <NameField label={say('lessons.end.name')} name={name} />
        <button type="button" class="main" onClick={() => print()}>
          {say('lessons.end.print')}
        </button>
      </div>
      {name.value !== '' && (
        <p class="on-paper end-name">{say('lessons.end.of', { name: name.value })}</p>
      )}
      <p>
        {begun.length === 0
          ? say('lessons.end.none')
          : say('lessons.end.sum', {
              passed: passed.length,
              begun: begun.length,
              all: lessons.length,
            })}
      </p>
      <ol class="learnt-list">
        {begun.map(({ number, title, idea }) => (
          <li key={number}>
            <b>
              {say('lessons.lesson', { number: String(number), title })}
              {progress.of(number).passed && (
                <span class="sign" role="img" aria-label={say('lessons.state.passed')}>
                  {' '}
                  ✓
                </span>
              )}
            </b>
            <p>
              <Words words={idea} session={session} />
            </p>
          </li>
        ))}
      </ol>
      {left.length > 0 && (
        <p class="end-left">
          {say('lessons.end.left')}{' '}
          {left.map((number, i) => (
            <>
              {i > 0 && comma()}
              <a key={number} href={session.addressWith({ lesson: String(number) })}>
                {number}
              </a>
            </>
          ))}
        </p>
      )}
    </article>
  );
}
