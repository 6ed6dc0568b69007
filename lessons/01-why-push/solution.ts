/**
 * Lesson 1, a solution.
 */

import type { News } from './exercise.js';

/** Every question has an answer with a head, news or not. */
export function polling({ readers, messages, asks, request, head, text }: News): number {
  return readers * (asks * (request + head) + messages * text);
}

/** Every piece of news answers one request, and one more is left pending. */
export function pending({ readers, messages, request, head, text }: News): number {
  return readers * ((messages + 1) * request + messages * (head + text));
}

/** One handshake for each reader, then one frame for each piece of news. */
export function webSocket(news: News): number {
  const { readers, messages, text, upgrade, welcome, frameHeader } = news;
  return readers * (upgrade + welcome + messages * (frameHeader + text));
}
