/**
 * The Lessons view: the route of 45 minutes, wholly in the page. Each lesson asks, runs its demo,
 * says what to look for, and ends with its exercise as a quiz.
 * @module
 */

import route from 'virtual:lessons';
import { useSignal } from '@preact/signals';
import type { ComponentChildren, JSX } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';
import { type Profile, simulate } from '../../scenario/simulate.js';
import type { TraceEvent } from '../../trace/event.js';
import { choice } from '../address.js';
import { WalkPanes } from '../loop/panes.js';
import { say } from '../texts.js';
import type { PageView, ViewProps } from '../view.js';
import { Controls, walkShortcuts } from '../walk/controls.js';
import { Narration } from '../walk/narration.js';
import { Walk } from '../walk/walk.js';
import {
  ANOTHER,
  AT_ONCE,
  BROADCAST,
  type Demo,
  HELLO,
  HELLO_ADA,
  HELLO_MING,
  I_AM,
} from './demos.js';
import { HelloQuiz } from './hello.js';
import { OrderQuiz } from './order.js';
import { Prose, Words } from './prose.js';
import { type PageLesson, turnOf } from './route.js';
import { SelectDemo, SelectQuiz } from './select.js';
import { answerTo, forgetAnswers, hasAnswers, takeAnswer } from './state.js';

const [first = '0', ...others] = route.lessons.map(({ number }) => String(number));

/** The walk through the demo that is on the screen. */
const demoWalk = new Walk();

/** The view. */
export const lessonsView: PageView = {
  name: 'lessons',
  title: 'lessons.title',
  Body: LessonsView,
  parameters: { lesson: choice(first, ...others) },
  shortcuts: walkShortcuts(() => demoWalk),
};

function LessonsView({ session }: ViewProps): JSX.Element {
  const number = Number(session.parameter('lesson').value);
  const lesson = route.lessons.find((one) => one.number === number) ?? route.lessons[0];
  if (lesson === undefined) throw new Error('bug: the route has no lesson');
  const minutes = route.lessons.reduce((sum, one) => sum + one.minutes, 0);
  return (
    <div class="lessons">
      <nav class="lesson-tabs" aria-label={say('lessons.route', { minutes })}>
        <span class="none">{say('lessons.route', { minutes })}</span>
        {route.lessons.map((one) => (
          <a
            key={one.number}
            href={session.addressWith({ lesson: String(one.number) })}
            aria-current={one === lesson ? 'true' : undefined}
          >
            {say('lessons.tab', { number: one.number, title: one.title })}
            {answerTo(one.number, 'make') !== '' && (
              <span class="tick" role="img" aria-label={say('lessons.done')}>
                ✓
              </span>
            )}
          </a>
        ))}
        {hasAnswers() && (
          <button type="button" class="quiet" onClick={forgetAnswers}>
            {say('lessons.forget')}
          </button>
        )}
      </nav>
      <Lesson key={lesson.number} session={session} lesson={lesson} />
    </div>
  );
}

function Lesson({ session, lesson }: ViewProps & { lesson: PageLesson }): JSX.Element {
  const { number, title, minutes, intro, investigate } = lesson;
  const isShown = useSignal(false);
  const isAnswered = answerTo(number, 'predict') !== '';
  const numbers = useSignal<Record<string, number>>({});
  return (
    <article class="lesson">
      <h1>
        {say('lessons.lesson', { number, title })}
        <span class="file">{say('lessons.minutes', { minutes })}</span>
      </h1>
      <Prose blocks={intro} />
      <Part name="predict" number={1}>
        <Predict lesson={lesson} />
        {!isAnswered && !isShown.value && (
          <button
            type="button"
            class="quiet"
            onClick={() => {
              isShown.value = true;
            }}
          >
            {say('lessons.skip')}
          </button>
        )}
      </Part>
      {(isAnswered || isShown.value) && (
        <>
          <Part name="run" number={2}>
            <p>{say(`lessons.run.${number as 0 | 4 | 13}`)}</p>
            {number === 4 ? (
              <SelectDemo />
            ) : (
              <DemoWalk
                session={session}
                demo={number === 0 ? HELLO : BROADCAST}
                onPlayed={(events) => {
                  if (number !== 0) return;
                  const turns = events.filter(({ step }) => step === 'select').length;
                  numbers.value = { turns };
                }}
              />
            )}
          </Part>
          <Part name="investigate" number={3}>
            <Prose blocks={investigate} numbers={numbers.value} />
          </Part>
          <Part name="make" number={4}>
            <Exercise session={session} lesson={lesson} />
          </Part>
        </>
      )}
    </article>
  );
}

function Part({
  name,
  number,
  children,
}: {
  name: 'predict' | 'run' | 'investigate' | 'make';
  number: number;
  children: ComponentChildren;
}): JSX.Element {
  return (
    <section class={`lesson-part part-${name}`} aria-labelledby={`part-${name}`}>
      <h2 id={`part-${name}`}>
        <span class="part-number" aria-hidden="true">
          {number}
        </span>
        {say(`lessons.part.${name}`)}
      </h2>
      {children}
    </section>
  );
}

/** The question that a lesson begins with. */
function Predict({ lesson }: { lesson: PageLesson }): JSX.Element {
  const { number, prediction } = lesson;
  const { question, choices, answer, because } = prediction;
  const given = answerTo(number, 'predict');
  const lookOf = (letter: string): string => {
    if (given === '') return '';
    if (letter === answer) return 'is-right';
    return letter === given ? 'is-wrong' : 'is-other';
  };
  return (
    <>
      <p id="lesson-question" class="task">
        <Words words={question} />
      </p>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame */}
      <div class="choices" role="group" aria-labelledby="lesson-question">
        {choices.map(([letter, words]) => (
          <button
            key={letter}
            type="button"
            class={`choice ${lookOf(letter)}`}
            aria-disabled={given !== ''}
            onClick={() => given === '' && takeAnswer(number, 'predict', letter)}
          >
            <span class="letter">{letter})</span>
            <span>
              <Words words={words} />
            </span>
          </button>
        ))}
      </div>
      <p role="status" class={given === answer ? 'said is-right' : 'said is-wrong'}>
        {given !== '' && (
          <>
            <span class="sign" aria-hidden="true">
              {given === answer ? '✓' : '✗'}
            </span>{' '}
            {given === answer
              ? say('lessons.right', { because })
              : say('lessons.wrong', { letter: answer, because })}
          </>
        )}
      </p>
    </>
  );
}

/** A demo on the panes of the Loop view. */
function DemoWalk({
  session,
  demo,
  onPlayed,
}: ViewProps & { demo: Demo; onPlayed: (events: readonly TraceEvent[]) => void }): JSX.Element {
  const profile = useSignal<Profile>('rfc6455');
  const isBroadcast = demo === BROADCAST;
  const to = (text: string): void => {
    const [select] = turnOf(demoWalk.events.peek(), text);
    demoWalk.pause();
    demoWalk.seek((select?.seq ?? 0) + 1);
  };
  useEffect(() => {
    let isOver = false;
    void simulate(demo.scenario, { ...demo.options, profile: profile.value }).then(({ events }) => {
      if (isOver) return;
      demoWalk.load(events);
      if (isBroadcast) to(HELLO_MING);
      onPlayed(events);
    });
    return () => {
      isOver = true;
      demoWalk.pause();
    };
  }, [demo, profile.value]);
  return (
    <div class="demo">
      <div class="walk-bar">
        {isBroadcast && (
          <div class="button-row">
            {(['rfc6455', 'original'] as const).map((one) => (
              <button
                key={one}
                type="button"
                aria-pressed={profile.value === one}
                onClick={() => {
                  profile.value = one;
                }}
              >
                {say(`lessons.profile.${one}`)}
              </button>
            ))}
            {[HELLO_MING, AT_ONCE].map((text) => (
              <button key={text} type="button" onClick={() => to(text)}>
                {say('lessons.demo.turn', { text })}
              </button>
            ))}
          </div>
        )}
        <Controls session={session} walk={demoWalk} />
        <Narration walk={demoWalk} />
      </div>
      <WalkPanes session={session} walk={demoWalk} profile={profile.value} />
    </div>
  );
}

/** The exercise of a lesson. */
function Exercise({ session, lesson }: ViewProps & { lesson: PageLesson }): JSX.Element {
  switch (lesson.number) {
    case 0:
      return <HelloExercise session={session} lesson={lesson} />;
    case 4:
      return <SelectQuiz lesson={lesson} route={route} />;
    default:
      return <OrderExercise lesson={lesson} />;
  }
}

const ABOUT = {
  demo: { demo: HELLO, asks: { name: '小明', text: HELLO_ADA, fd: 4 } },
  another: { demo: ANOTHER, asks: { name: 'Ada', text: I_AM, fd: 5 } },
} as const;

/** The questions about the demo, then about another chat, whose trace takes the demo's place. */
function HelloExercise({ lesson }: ViewProps & { lesson: PageLesson }): JSX.Element {
  const which = useSignal<keyof typeof ABOUT>('demo');
  const about = ABOUT[which.value];
  const events = useDemo(about.demo);
  const choose = (one: keyof typeof ABOUT): void => {
    which.value = one;
  };
  useEffect(() => {
    if (events.length > 0 && events !== demoWalk.events.peek()) demoWalk.load(events);
  }, [events]);
  return (
    <>
      <p class="task">{say('lessons.hello.task')}</p>
      <div class="button-row">
        {(['demo', 'another'] as const).map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={which.value === one}
            onClick={() => choose(one)}
          >
            {say(`lessons.hello.${one}`)}
          </button>
        ))}
      </div>
      <HelloQuiz
        key={which.value}
        lesson={lesson}
        events={events}
        asks={about.asks}
        isLast={which.value === 'another'}
      />
    </>
  );
}

function OrderExercise({ lesson }: { lesson: PageLesson }): JSX.Element {
  const events = useDemo(BROADCAST);
  const turn = useMemo(() => turnOf(events, HELLO_MING), [events]);
  return <OrderQuiz lesson={lesson} events={turn} />;
}

const NONE: readonly TraceEvent[] = [];

/** The trace of a demo; empty until it has been played. */
function useDemo({ scenario, options }: Demo): readonly TraceEvent[] {
  const played = useSignal<{ of: unknown; events: readonly TraceEvent[] }>({
    of: null,
    events: NONE,
  });
  useEffect(() => {
    let isOver = false;
    void simulate(scenario, options).then(({ events }) => {
      if (!isOver) played.value = { of: scenario, events };
    });
    return () => {
      isOver = true;
    };
  }, [scenario, options, played]);
  return played.value.of === scenario ? played.value.events : NONE;
}
