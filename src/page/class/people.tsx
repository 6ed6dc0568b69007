/**
 * Who is at which lesson, what many fail with, whose loop has no end; and each person in a row.
 * @module
 */

import type { JSX } from 'preact';
import type { Desk, DeskLesson, DeskPerson } from '../../class/desk.js';
import { printable } from '../../trace/text.js';
import { Scroller } from '../shared/scroller.js';
import { comma, say } from '../texts.js';
import { Marked } from './marked.js';

/** What both are given. */
interface PeopleProps {
  desk: Desk;
  /** Whether numbers stand in place of names. */
  isHidden: boolean;
}

/** The lessons that anyone has touched. */
export function Lessons({ desk, isHidden }: PeopleProps): JSX.Element {
  return (
    <section class="pane desk-lessons" aria-label={say('class.desk.where')}>
      <h2>{say('class.desk.where')}</h2>
      {desk.lessons.length === 0 && <p class="none">{say('class.desk.nobody')}</p>}
      <ul>
        {desk.lessons.map((one) => (
          <Lesson key={one.lesson} lesson={one} desk={desk} isHidden={isHidden} />
        ))}
      </ul>
    </section>
  );
}

function Lesson({ lesson, desk, isHidden }: PeopleProps & { lesson: DeskLesson }): JSX.Element {
  const { at, begun, passed, misconceptions, endless, title } = lesson;
  return (
    <li>
      <p>
        <b>{say('class.desk.lesson', { number: String(lesson.lesson), title })}</b>{' '}
        <span class="desk-soft">
          {say('class.desk.at', { n: at.length })}
          {comma()}
          {say('class.desk.passed', { passed, begun })}
        </span>
      </p>
      {misconceptions.filter(hasEnd).map(({ key, text, people }) => (
        <p key={key} class="desk-problem">
          <b class="desk-many">{people.length}</b>
          <span>
            <Marked text={text} /> <Names ids={people} desk={desk} isHidden={isHidden} />
          </span>
        </p>
      ))}
      {endless.length > 0 && (
        <p class="desk-problem endless">
          <b class="desk-many">{endless.length}</b>
          <span>
            {say('class.desk.endless')} <Names ids={endless} desk={desk} isHidden={isHidden} />
          </span>
        </p>
      )}
    </li>
  );
}

/** Whose loop has no end is told for itself. */
function hasEnd({ key }: DeskLesson['misconceptions'][number]): boolean {
  return key !== 'trouble.endless' && key !== 'trouble.busy';
}

function Names({ ids, desk, isHidden }: PeopleProps & { ids: readonly number[] }): JSX.Element {
  return (
    <span class="desk-soft">
      {ids.map((id, i) => (
        <span key={id}>
          {i > 0 && comma()}
          <Name person={desk.people.find((one) => one.id === id)} id={id} isHidden={isHidden} />
        </span>
      ))}
    </span>
  );
}

/** A name as text alone, set apart, so that it cannot change how what is around it is written. */
function Name(props: {
  person: DeskPerson | undefined;
  id: number;
  isHidden: boolean;
}): JSX.Element {
  const { person, id, isHidden } = props;
  const name = person?.name ?? '';
  if (isHidden) return <>{say('class.desk.number', { id: String(id) })}</>;
  if (name === '') return <>{say('class.desk.nameless', { id: String(id) })}</>;
  const shown = printable(name);
  return (
    <bdi class="desk-name" title={shown}>
      {shown}
    </bdi>
  );
}

/** Each person. */
export function People({ desk, isHidden }: PeopleProps): JSX.Element | null {
  const { people, vote } = desk;
  if (people.length === 0) return null;
  const isVoting = vote?.state === 'open';
  const head = [
    'class.desk.person',
    ...(isVoting ? (['class.desk.answer'] as const) : []),
    'class.desk.at-lesson',
    'class.desk.last',
    'class.desk.done',
  ] as const;
  return (
    <div class="pane">
      <h2>{say('class.desk.people')}</h2>
      <Scroller class="desk-table" label={say('class.desk.people')}>
        <table>
          <thead>
            <tr>
              {head.map((key) => (
                <th key={key} scope="col">
                  {say(key)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {people.map((one) => (
              <tr key={one.id} class={one.isHere ? '' : 'gone'}>
                <th scope="row">
                  <Name person={one} id={one.id} isHidden={isHidden} />
                  {!one.isHere && <span class="desk-soft"> {say('class.desk.gone')}</span>}
                </th>
                {isVoting && (
                  <td>{say(one.hasAnswered ? 'class.desk.has' : 'class.desk.has-not')}</td>
                )}
                <td>{one.lesson ?? ''}</td>
                <td>{one.last !== null && <Last last={one.last} />}</td>
                <td>{one.passed.map((n, i) => `${i > 0 ? comma() : ''}${n}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroller>
    </div>
  );
}

/** Why a check failed stands with its lesson, once for all. */
function Last({ last }: { last: NonNullable<DeskPerson['last']> }): JSX.Element {
  const { passed, isEndless, checks } = last;
  if (passed) return <span class="is-passed">✓ {say('class.desk.check.passed')}</span>;
  if (isEndless) return <span class="endless">∞ {say('class.desk.check.endless')}</span>;
  return <>{say('class.desk.check.failed', { n: checks })}</>;
}
