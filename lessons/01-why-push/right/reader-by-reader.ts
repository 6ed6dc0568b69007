import type { News } from '../exercise.js';

/** Asks again and again, and counts as it goes. */
export function polling({ readers, messages, asks, request, head, text }: News): number {
  let bytes = 0;
  for (let reader = 0; reader < readers; reader++) {
    for (let ask = 0; ask < asks; ask++) bytes += request + head;
    for (let message = 0; message < messages; message++) bytes += text;
  }
  return bytes;
}

/** The request that is left pending stands in front: the first is sent before anything happens. */
export function pending({ readers, messages, request, head, text }: News): number {
  const one = Array.from({ length: messages }, () => head + text + request);
  return readers * one.reduce((sum, bytes) => sum + bytes, request);
}

/** Opens all of them, and then sends. */
export function webSocket(news: News): number {
  const opening = news.readers * news.upgrade + news.readers * news.welcome;
  return opening + news.readers * news.messages * news.frameHeader + everyText(news);
}

function everyText({ readers, messages, text }: News): number {
  return readers * messages * text;
}
