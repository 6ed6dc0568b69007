/**
 * A lesson: its text, the question before the answer can be seen, the demo, the exercise, and what was
 * learnt.
 * @module
 */

import type { ComponentChildren, JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { DEMO_MINUTES, type Stop } from '../../lesson/routes.js';
import type { CourseSection } from '../course/course.js';
import { PartOfMine } from '../mine/link.js';
import { comma, say, type TextKey } from '../texts.js';
import type { Meaning } from './commands.js';
import { DemoBox, ModifyBox, TraceButton } from './demo.js';
import { ExerciseBox } from './exercise.js';
import { spendMinute } from './kept.js';
import { needsLeft, onwardFrom } from './learning.js';
import { type LessonProps, PartBox } from './part.js';
import { Prose, Words } from './prose.js';
import { Question } from './question.js';

/** Whoever touches nothing for so long is elsewhere. */
const MINUTE_MS = 60_000;

/** Counts the minutes in which somebody does something in a lesson. */
function useMinutes(lesson: number): void {
  useEffect(() => {
    let isThere = true;
    const touch = (): void => {
      isThere = true;
    };
    const timer = setInterval(() => {
      if (isThere && !document.hidden) spendMinute(lesson);
      isThere = false;
    }, MINUTE_MS);
    const touches = ['keydown', 'pointerdown', 'scroll'] as const;
    for (const name of touches) addEventListener(name, touch, { passive: true });
    return () => {
      clearInterval(timer);
      for (const name of touches) removeEventListener(name, touch);
    };
  }, [lesson]);
}

/** A page of a lesson. */
export function LessonPage(props: LessonProps): JSX.Element {
  const { session, learning, work } = props;
  const { lesson } = work;
  useMinutes(lesson.number);
  useEffect(() => {
    scrollTo(0, work.scrolled);
    const onScroll = (): void => {
      work.scrolled = scrollY;
    };
    addEventListener('scroll', onScroll, { passive: true });
    return () => {
      removeEventListener('scroll', onScroll);
      work.stopDemo();
    };
  }, [work]);
  const [opening, ...sections] = lesson.sections;
  const stop = learning.route.stops.find((one) => one.lesson === lesson.number) ?? null;
  const isOpen = work.answer.value !== null || work.isSkipped.value;
  return (
    <article class="lesson">
      <Bar {...props} />
      <h1 tabIndex={-1}>
        {say('lessons.lesson', { number: String(lesson.number), title: lesson.title })}
        <span class="file">
          {say('lessons.minutes', { minutes: minutes(stop, lesson.minutes) })}
        </span>
      </h1>
      <Before {...props} stop={stop} />
      {opening !== undefined && <Prose blocks={opening.blocks} session={session} />}
      <Question {...props} />
      {isOpen && sections.map((one) => <Part key={one.heading} section={one} {...props} />)}
      {isOpen && <Learnt {...props} />}
    </article>
  );
}

function minutes(stop: Stop | null, all: number): number {
  return stop?.exercise === false ? DEMO_MINUTES : all;
}

/** Where one is, and the way back. */
function Bar({ session, learning, work }: LessonProps): JSX.Element {
  const { stops, name } = learning.route;
  const at = stops.findIndex(({ lesson }) => lesson === work.lesson.number);
  const before = stops[at - 1];
  return (
    <nav class="lesson-bar" aria-label={say('lessons.bar')}>
      <a href={session.addressWith({ lesson: 'map' })}>{say('lessons.map')}</a>
      <span class="file">{say(`lessons.route.${name}` as TextKey)}</span>
      {before !== undefined && (
        <a href={session.addressWith({ lesson: String(before.lesson) })}>
          {say('lessons.previous', { number: String(before.lesson) })}
        </a>
      )}
    </nav>
  );
}

/** What the route left out, and what the lesson builds on. */
function Before({
  session,
  learning,
  work,
  stop,
}: LessonProps & { stop: Stop | null }): JSX.Element {
  const { lesson } = work;
  const { course } = learning;
  const missing = stop?.bridge ? [] : needsLeft(lesson, learning.progress.value);
  return (
    <>
      {lesson.language !== course.language && (
        <p class="none">
          {course.say(lesson.number, { of: 'runner', key: 'lesson.otherLanguage', values: {} })}
        </p>
      )}
      {stop?.bridge && (
        <aside class="bridge" aria-label={say('lessons.bridge')}>
          <strong>{say('lessons.bridge')}</strong>
          <p>{course.say(lesson.number, { of: 'runner', key: stop.bridge, values: {} })}</p>
        </aside>
      )}
      {missing.length > 0 && (
        <p class="bridge">
          {say('lessons.needs-left')}{' '}
          {missing.map((number, i) => (
            <>
              {i > 0 && comma()}
              <a key={number} href={session.addressWith({ lesson: String(number) })}>
                {say('lessons.lesson', {
                  number: String(number),
                  title: learning.lesson(number).title,
                })}
              </a>
            </>
          ))}
        </p>
      )}
      {stop?.exercise === false && (
        <p class="none">{say('lessons.by-demo', { minutes: DEMO_MINUTES })}</p>
      )}
    </>
  );
}

function Part({ section, ...props }: LessonProps & { section: CourseSection }): JSX.Element {
  const { part, heading, blocks } = section;
  const action = (kind: Exclude<Meaning['kind'], 'view'>): ComponentChildren => {
    if (kind === 'demo') return <DemoBox {...props} />;
    if (kind === 'trace') return <TraceButton {...props} />;
    return null; // the boxes stand behind the words of Modify and of Make
  };
  return (
    <PartBox name={part ?? 'Run'} title={heading}>
      <Prose blocks={blocks} session={props.session} action={action} />
      {part === 'Modify' && <ModifyBox {...props} />}
      {part === 'Make' && <ExerciseBox {...props} />}
    </PartBox>
  );
}

/** What was learnt, and where one goes on. */
function Learnt({ session, learning, work }: LessonProps): JSX.Element {
  const { number, idea } = work.lesson;
  const { to, stop } = onwardFrom(number, learning.route, learning.progress.value);
  const href = session.addressWith({ lesson: stop === null ? 'end' : String(stop.lesson) });
  const title = stop === null ? '' : learning.lesson(stop.lesson).title;
  return (
    <PartBox name="Learnt" title={say('lessons.part.learnt')}>
      <p class="learnt">
        <Words words={idea} session={session} />
      </p>
      <PartOfMine session={session} learning={learning} lesson={number} />
      <p>
        <a class="button main" href={href}>
          {to === 'end' && say('lessons.next.end')}
          {to === 'lesson' && say('lessons.next', { number: String(stop?.lesson), title })}
          {to === 'exercise' && say('lessons.next.exercise', { number: String(stop?.lesson) })}
        </a>
      </p>
    </PartBox>
  );
}
