/**
 * Where the script of a class begins: a student's page takes a place in the room, and tells it what is
 * learnt; the page of whoever has the token is the desk, and no student's.
 * @module
 */

import { computed, effect, signal, untracked } from '@preact/signals';
import { liveOf } from '../live/state.js';
import type { Session } from '../session.js';
import { roomOf, type Served } from '../shared/served.js';
import { ClassBar } from './bar.js';
import { ClassDesk } from './desk.js';
import { ClassPlace } from './place.js';
import { Reporter } from './reporter.js';
import type { ClassScript } from './script.js';
import { Seat } from './seat.js';

/** The student's place; null on the teacher's page. */
const seat = signal<Seat | null>(null);

/** Where others join. */
const join = signal<readonly string[]>([]);

function begin(session: Session, about: Served): void {
  join.value = about.join ?? [];
  const live = liveOf(session);
  const isTeacher = computed(
    () =>
      live.token.value !== '' ||
      session.parameter('token').value !== '' ||
      session.parameter('view').value === 'desk',
  );
  let reporter: Reporter | null = null;
  effect(() => {
    const hasSeat = seat.peek() !== null;
    if (isTeacher.value !== hasSeat) return;
    if (hasSeat) {
      reporter?.end();
      seat.peek()?.line.end();
      seat.value = null;
      return;
    }
    untracked(() => {
      const taken = new Seat(roomOf(about));
      reporter = new Reporter(session, taken);
      seat.value = taken;
    });
  });
}

/** What the page takes. */
export const script: ClassScript = {
  Bar: ({ session }) => {
    const isInPlace = session.parameter('view').value === 'class';
    return seat.value === null || isInPlace ? null : <ClassBar seat={seat.value} />;
  },
  Place: ({ session }) => <ClassPlace session={session} seat={seat.value} />,
  Desk: ({ session }) => <ClassDesk session={session} join={join.value} />,
  begin,
};
