import type { Envelope, Relayed } from 'loopscope';
import type { Loop, Ways } from '../exercise.js';

/** The broker first; it is one turn all the same. */
export function said(loop: Loop, message: Relayed, ways: Ways): void {
  loop.n += 1;
  ways.publish({ message: { ...message }, n: loop.n, loop: loop.id });
  ways.tell(message);
}

/** Tells first, and looks then. */
export function came(loop: Loop, envelope: Envelope, ways: Ways): void {
  const next = (loop.last.get(envelope.loop) ?? 0) + 1;
  if (envelope.loop === loop.id || envelope.n < next) return;
  ways.tell({ ...envelope.message });
  if (envelope.n !== next) ways.look();
  loop.last.set(envelope.loop, envelope.n);
}
