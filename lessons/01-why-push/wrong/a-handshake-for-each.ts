// refused: wrong.handshake
import type { News } from '../exercise.js';

export { pending, polling } from '../solution.js';

/** Opens a WebSocket for each piece of news. */
export function webSocket(news: News): number {
  const { readers, messages, text, upgrade, welcome, frameHeader } = news;
  return readers * messages * (upgrade + welcome + frameHeader + text);
}
