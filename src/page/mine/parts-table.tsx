/**
 * The parts of the student's server: the lesson that makes each, what it does in the room, and whose it is.
 * @module
 */

import type { JSX } from 'preact';
import { PARTS, type Part, passedParts } from '../../mine/parts.js';
import type { Learning } from '../lessons/learning.js';
import { comma, say } from '../texts.js';
import type { ViewProps } from '../view.js';
import type { PlayedRun } from './playing.js';
import { saysOfPart } from './words.js';

interface TableProps extends ViewProps {
  readonly learning: Learning;
  /** The last that was played; null before that. */
  readonly run: PlayedRun | null;
}

/** All of them, in the order of the lessons. */
export function PartsTable({ session, learning, run }: TableProps): JSX.Element {
  const passed = passedParts(learning.progress.value);
  return (
    <section class="pane mine-parts" aria-labelledby="mine-parts-title">
      <h2 id="mine-parts-title">{say('mine.parts')}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{say('mine.whose')}</th>
            <th scope="col">{say('mine.part')}</th>
            <th scope="col">{say('mine.adds')}</th>
            <th scope="col">{say('mine.lesson')}</th>
          </tr>
        </thead>
        <tbody>
          {PARTS.map((part) => (
            <tr key={part.id} class={passed.includes(part) ? 'is-yours' : ''}>
              <td>
                <Whose part={part} isYours={passed.includes(part)} run={run} />
              </td>
              <th scope="row">
                <code>{part.functions.join(comma())}</code>
              </th>
              <td>{saysOfPart(part)}</td>
              <td>
                <a href={session.addressWith({ view: 'lessons', lesson: String(part.lesson) })}>
                  {say('lessons.lesson', {
                    number: String(part.lesson),
                    title: learning.lesson(part.lesson).title,
                  })}
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Whose a part is, and how it went. */
function Whose({
  part,
  isYours,
  run,
}: {
  part: Part;
  isYours: boolean;
  run: PlayedRun | null;
}): JSX.Element {
  if (!isYours) {
    return (
      <>
        <span class="sign" aria-hidden="true">
          ○
        </span>{' '}
        {say('mine.kit')} <small>{say('mine.unchecked')}</small>
      </>
    );
  }
  const problem = problemOf(part, run);
  return (
    <>
      <span class={problem === null ? 'sign' : 'sign is-wrong'} aria-hidden="true">
        {problem === null ? '✓' : '✗'}
      </span>{' '}
      <b>{say('mine.yours')}</b>{' '}
      <small class={problem === null ? '' : 'is-wrong'}>
        {problem ?? (run === null ? say('mine.checked') : callsOf(part, run))}
      </small>
    </>
  );
}

function problemOf({ id, lesson }: Part, run: PlayedRun | null): string | null {
  const { unloaded = [], faults = [] } = run?.own ?? {};
  if (unloaded.some(({ part }) => part === id)) return say('mine.untaken');
  return faults.some((fault) => fault.lesson === lesson) ? say('mine.fell') : null;
}

function callsOf({ id }: Part, { events }: PlayedRun): string {
  const n = events.filter((event) => event.step === 'call' && event.part === id).length;
  return n === 0 ? say('mine.uncalled') : say('mine.calls', { n });
}
