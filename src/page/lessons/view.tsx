/**
 * The Lessons view: the map of the course, its lessons, and its end. What the lessons are and what runs
 * them is in a file of its own, which is loaded when the view opens.
 * @module
 */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { ROUTES } from '../../lesson/routes.js';
import { choice } from '../address.js';
import { language } from '../language.js';
import type { Session } from '../session.js';
import { say } from '../texts.js';
import type { PageView, ViewProps } from '../view.js';
import { CourseEnd } from './end.js';
import { enrol, type Learning, student } from './learning.js';
import { LessonPage } from './lesson.js';
import { CourseMap } from './map.js';

/** Where one can be: the map, the end, and each lesson. */
const PLACES = [
  'end',
  ...new Set([...ROUTES.values()].flatMap(({ stops }) => stops.map((one) => String(one.lesson)))),
];

/** The view. */
export const lessonsView: PageView = {
  name: 'lessons',
  title: 'lessons.title',
  Body: LessonsView,
  parameters: { lesson: choice('map', ...PLACES) },
  where: (session) => [whereOf(session)],
};

function whereOf(session: Session): string {
  const place = session.parameter('lesson').value;
  if (place === 'end') return say('lessons.end.title');
  const lesson = student.value?.course.lessons.find(({ number }) => String(number) === place);
  if (lesson === undefined) return say('lessons.title');
  return say('lessons.lesson', { number: String(lesson.number), title: lesson.title });
}

function LessonsView({ session }: ViewProps): JSX.Element {
  const failed = useSignal<string | null>(null);
  const wanted = language.value;
  const load = async (): Promise<void> => {
    failed.value = null;
    try {
      await enrol();
    } catch (error) {
      failed.value = error instanceof Error ? error.message : String(error);
    }
  };
  useEffect(() => void load(), [wanted]);
  if (failed.value !== null) {
    return (
      <div class="lessons">
        <p role="alert">{say('lessons.not-loaded', { reason: failed.value })}</p>
        <button type="button" onClick={() => void load()}>
          {say('lessons.again')}
        </button>
      </div>
    );
  }
  const learning = student.value;
  if (learning === null) return <p class="none">{say('lessons.loading')}</p>;
  const place = session.parameter('lesson').value;
  return (
    <div class="lessons">
      <Place
        key={`${place} ${learning.course.language}`}
        session={session}
        learning={learning}
        place={place}
      />
    </div>
  );
}

/** Whether a place of the course was shown before: then the focus follows who goes on. */
let isGoingOn = false;

function Place({
  session,
  learning,
  place,
}: ViewProps & { learning: Learning; place: string }): JSX.Element {
  useEffect(() => {
    const title = document.querySelector<HTMLElement>('.lessons h1');
    if (isGoingOn) title?.focus({ preventScroll: true });
    isGoingOn = true;
  }, []);
  if (place === 'map') return <CourseMap session={session} learning={learning} />;
  if (place === 'end') return <CourseEnd session={session} learning={learning} />;
  return <LessonPage session={session} learning={learning} work={learning.work(Number(place))} />;
}
