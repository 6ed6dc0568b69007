/**
 * The sets of descriptors before select and after it, as a table: and who of the ready still waits.
 * @module
 */

import type { JSX } from 'preact';
import { memo } from 'preact/compat';
import { useRef } from 'preact/hooks';
import { printable } from '../../trace/text.js';
import { unservedAt } from '../../trace/unserved.js';
import type { View } from '../../trace/view.js';
import { useInSight } from '../shared/in-sight.js';
import { Scroller } from '../shared/scroller.js';
import { say } from '../texts.js';
import { FdButton } from '../walk/fd-button.js';
import type { Shown } from '../walk/shown.js';
import type { Walk } from '../walk/walk.js';

/**
 * The table. A descriptor that was not ready is no more in its set: that is how select answers.
 *
 * @param walk what a descriptor moves to its next step; null for nothing
 */
export function FdSets({ shown, walk }: { shown: Shown; walk: Walk | null }): JSX.Element {
  const { view, events } = shown;
  const unserved = unservedAt(events, view.position);
  const { watched, ready } = view;
  const all = [...new Set([...watched.read, ...watched.write])];
  const sets = [watched.read, ready.read, watched.write, ready.write].map((set) => new Set(set));
  const present = view.event !== null && 'fd' in view.event ? view.event.fd : null;
  const box = useRef<HTMLElement>(null);
  useInSight(box, [present]);
  return (
    <section class="pane sets" aria-labelledby="sets-title">
      <h2 id="sets-title">
        {say('loop.sets')}
        <Counts shown={shown} count={all.length} />
      </h2>
      {all.length === 0 ? (
        <p class="none">{say('loop.sets.none')}</p>
      ) : (
        <Scroller box={box} label={say('loop.sets')}>
          <table>
            <thead>
              <tr>
                <th scope="col" rowSpan={2}>
                  {say('loop.sets.fd')}
                </th>
                <th scope="col" rowSpan={2} class="who">
                  {say('loop.sets.who')}
                </th>
                <th scope="colgroup" colSpan={2}>
                  {say('loop.sets.read')}
                </th>
                <th scope="colgroup" colSpan={2}>
                  {say('loop.sets.write')}
                </th>
              </tr>
              <tr>
                {[0, 1, 2, 3].map((i) => (
                  <th key={i} scope="col" class={i % 2 === 0 ? 'before' : ''}>
                    {say(i % 2 === 0 ? 'loop.sets.before' : 'loop.sets.after')}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {all.map((fd) => (
                <SetRow
                  key={fd}
                  walk={walk}
                  fd={fd}
                  who={whoIs(view, fd)}
                  isPresent={fd === present}
                  isIn={sets.map((set) => (set.has(fd) ? 'x' : '.')).join('')}
                  isServed={!unserved.includes(fd)}
                />
              ))}
            </tbody>
          </table>
        </Scroller>
      )}
    </section>
  );
}

/** Of a stranger's wait: how many are watched, and how many the kernel has to look at for that. */
function Counts({ shown, count }: { shown: Shown; count: number }): JSX.Element | null {
  const { view, events } = shown;
  const last = events.findLast((event, i) => i < view.position && event.step === 'select');
  if (last?.step !== 'select' || last.call === undefined) return null;
  const { call, scanned, watched = count } = last;
  const values = { call: printable(call), scanned };
  return (
    <span class="file">
      {watched === null
        ? say('loop.sets.unknown', values)
        : say('loop.sets.counts', { ...values, watched })}
    </span>
  );
}

/** One descriptor. @param isIn `x` or `.` for each of the four sets: as text it is quickly compared */
const SetRow = memo(function SetRow({
  walk,
  fd,
  who,
  isPresent,
  isIn,
  isServed,
}: {
  walk: Walk | null;
  fd: number;
  who: string;
  isPresent: boolean;
  isIn: string;
  isServed: boolean;
}): JSX.Element {
  return (
    <tr class={isPresent ? 'present' : ''}>
      <th scope="row">
        <FdButton walk={walk} fd={fd} text={String(fd)} />
      </th>
      <td class="who">{who}</td>
      {[...isIn].map((sign, i) => (
        <Cell key={i} isIn={sign === 'x'} column={i} isServed={i === 1 && isServed} />
      ))}
    </tr>
  );
});

const SIGNS = ['○', 'R', '○', 'W'];

/** @param isServed whether the turn has come to it: a small letter, as in the terminal */
function Cell({
  isIn,
  column,
  isServed,
}: {
  isIn: boolean;
  column: number;
  isServed: boolean;
}): JSX.Element {
  const isReady = column % 2 === 1;
  if (!isIn) {
    return (
      <td class={isReady ? 'not' : 'not before'}>
        <span role="img" aria-label={say('loop.sets.not')}>
          ·
        </span>
      </td>
    );
  }
  if (isServed) {
    return (
      <td class="served">
        <span role="img" aria-label={say('loop.sets.served')} title={say('loop.sets.served')}>
          r
        </span>
      </td>
    );
  }
  return (
    <td class={isReady ? 'ready' : 'before'}>
      <span role="img" aria-label={say(isReady ? 'loop.sets.ready' : 'loop.sets.watched')}>
        {SIGNS[column]}
      </span>
    </td>
  );
}

/** A socket's name, or what it is. */
export function whoIs(view: View, fd: number): string {
  const socket = view.sockets.get(fd);
  if (socket === undefined) return '';
  return printable(socket.name ?? say(`loop.state.${socket.state}`));
}
