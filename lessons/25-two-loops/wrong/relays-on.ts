// refused: wrong.storm
import type { Envelope } from 'loopscope';
import type { Loop, Ways } from '../exercise.js';
import { came as right } from '../solution.js';

export { said } from '../solution.js';

/** Hands on what came, so that all may hear it. */
export function came(loop: Loop, envelope: Envelope, ways: Ways): void {
  right(loop, envelope, ways);
  if (envelope.loop !== loop.id) ways.publish(envelope);
}
