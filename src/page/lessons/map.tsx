/**
 * The map of the course: the route that is chosen, its lessons and how far one is in each, and the
 * progress as a file.
 * @module
 */

import type { JSX } from 'preact';
import { minutesOf, nextStop, ROUTES, type Route, type Stop } from '../../lesson/routes.js';
import { MineLink } from '../mine/link.js';
import { comma, say, type TextKey } from '../texts.js';
import { minutesSpent } from './kept.js';
import { type Learning, type LearningProps, stateOf } from './learning.js';
import { ProgressTools } from './progress-tools.js';

/** The signs of a lesson's state. */
const SIGNS = { passed: '✓', seen: '✓', begun: '◐', new: '○' } as const;

/** The map. */
export function CourseMap(props: LearningProps): JSX.Element {
  const { learning } = props;
  const { stops } = learning.route;
  const onRoute = new Set(stops.map(({ lesson }) => lesson));
  const others = learning.course.lessons
    .filter(({ number }) => !onRoute.has(number))
    .map(({ number }): Stop => ({ lesson: number, exercise: true, bridge: null }));
  return (
    <div class="map">
      <h1 tabIndex={-1}>{say('lessons.map')}</h1>
      <p class="map-about">{say('lessons.map.about')}</p>
      <Routes {...props} />
      <GoOn {...props} />
      <h2>{say('lessons.map.on-route')}</h2>
      <Stops stops={stops} {...props} />
      {others.length > 0 && (
        <>
          <h2>{say('lessons.map.others')}</h2>
          <Stops stops={others} {...props} />
        </>
      )}
      <ProgressTools {...props} />
    </div>
  );
}

/** The routes to choose from. */
function Routes({ learning }: LearningProps): JSX.Element {
  const chosen = learning.route;
  return (
    <fieldset class="routes">
      <legend>{say('lessons.map.route')}</legend>
      {[...ROUTES.values()].map((route) => (
        <label key={route.name}>
          <input
            type="radio"
            name="route"
            checked={route === chosen}
            onChange={() => {
              learning.progress.change((progress) => {
                progress.route = route.name;
              });
            }}
          />
          <span>
            {say(`lessons.route.${route.name}` as TextKey)}
            <small>{say('lessons.route.about', sizeOf(route, learning))}</small>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function sizeOf({ stops }: Route, learning: Learning): Record<string, number> {
  const minutes = stops.map((stop) => minutesOf(stop, learning.lesson(stop.lesson)));
  return {
    lessons: stops.length,
    exercises: stops.filter(({ exercise }) => exercise).length,
    minutes: minutes.reduce((sum, one) => sum + one, 0),
  };
}

/** Where one goes on. */
function GoOn({ session, learning }: LearningProps): JSX.Element {
  const progress = learning.progress.value;
  const { route } = learning;
  const next = nextStop(route, progress);
  const hasBegun = route.stops.some(({ lesson }) => stateOf(lesson, progress) !== 'new');
  return (
    <p class="go-on">
      {next !== null && (
        <a class="button main" href={session.addressWith({ lesson: String(next.lesson) })}>
          {say(hasBegun ? 'lessons.map.go-on' : 'lessons.map.begin', {
            number: String(next.lesson),
            title: learning.lesson(next.lesson).title,
          })}
        </a>
      )}
      {next === null && <strong>{say('lessons.map.done')}</strong>}
      {hasBegun && <a href={session.addressWith({ lesson: 'end' })}>{say('lessons.map.end')}</a>}
      <MineLink session={session} learning={learning} />
    </p>
  );
}

function Stops({ stops, ...props }: LearningProps & { stops: readonly Stop[] }): JSX.Element {
  const { days = [] } = props.learning.route;
  const dayOf = (lesson: number): number => days.filter((first) => first <= lesson).length + 1;
  return (
    <table class="stops">
      <thead>
        <tr>
          <th scope="col">{say('lessons.map.state')}</th>
          <th scope="col">{say('lessons.map.lesson')}</th>
          <th scope="col">{say('lessons.needs')}</th>
          <th scope="col">{say('lessons.map.minutes')}</th>
          <th scope="col" class="ideas">
            {say('lessons.map.ideas')}
          </th>
        </tr>
      </thead>
      <tbody>
        {stops.map((stop) => (
          <>
            {days.includes(stop.lesson) && (
              <tr key={`day-${stop.lesson}`}>
                <th colSpan={5} scope="rowgroup">
                  {say('lessons.map.day', { day: dayOf(stop.lesson) })}
                </th>
              </tr>
            )}
            <StopRow key={stop.lesson} stop={stop} {...props} />
          </>
        ))}
      </tbody>
    </table>
  );
}

function StopRow({ stop, session, learning }: LearningProps & { stop: Stop }): JSX.Element {
  const lesson = learning.lesson(stop.lesson);
  const { number, title, needs, ideas } = lesson;
  const taken = minutesSpent(number);
  const state = stateOf(number, learning.progress.value, stop.exercise);
  const to = (one: number): string => session.addressWith({ lesson: String(one) });
  return (
    <tr class={`is-${state}`}>
      <td>
        <span class="sign" role="img" aria-label={say(`lessons.state.${state}`)}>
          {SIGNS[state]}
        </span>
      </td>
      <td>
        <a href={to(number)}>{say('lessons.lesson', { number: String(number), title })}</a>
        {!stop.exercise && <small>{say('lessons.map.without')}</small>}
      </td>
      <td>
        {needs.length === 0 && <span class="none">{say('lessons.map.nothing')}</span>}
        {needs.map((one, i) => (
          <>
            {i > 0 && comma()}
            <a key={one} href={to(one)}>
              {one}
            </a>
          </>
        ))}
      </td>
      <td>
        {minutesOf(stop, lesson)}
        {taken > 0 && <small>{say('lessons.map.taken', { minutes: taken })}</small>}
      </td>
      <td class="ideas">{ideas.join(comma())}</td>
    </tr>
  );
}
