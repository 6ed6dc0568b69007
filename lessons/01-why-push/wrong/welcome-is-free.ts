// refused: wrong.one-direction
import type { News } from '../exercise.js';

export { pending, polling } from '../solution.js';

/** Counts what the reader sends to open its WebSocket, and not what comes back. */
export function webSocket({ readers, messages, text, upgrade, frameHeader }: News): number {
  return readers * (upgrade + messages * (frameHeader + text));
}
