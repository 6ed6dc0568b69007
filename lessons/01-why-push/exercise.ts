/**
 * Lesson 1: foretell how many bytes cross the network.
 *
 * Count the requests and answers of HTTP, the handshakes and the frames of WebSocket, in both
 * directions. The headers of TCP and IP, and the goodbyes at the end, are not counted.
 */

import { todo } from 'loopscope/lesson';

/** Who wants to know what, and how long each thing is in bytes. */
export interface News {
  /** How many readers there are. */
  readers: number;
  /** How many pieces of news there are; every reader gets them all. */
  messages: number;
  /** How often each reader asks, when polling; the last time is after all the news. */
  asks: number;
  /** One HTTP request. */
  request: number;
  /** The head of one HTTP answer, which has one even if there is no news. */
  head: number;
  /** One piece of news. */
  text: number;
  /** The request that opens a WebSocket. */
  upgrade: number;
  /** The answer to it. */
  welcome: number;
  /** The header of a frame, which stands in front of each piece of news. */
  frameHeader: number;
}

/**
 * Foretells the bytes when every reader asks again and again, `asks` times. An answer brings all
 * that is new since the reader's last question.
 */
export function polling(news: News): number {
  return todo(`foretell the bytes of ${news.asks} questions from each of ${news.readers} readers`);
}

/**
 * Foretells the bytes when every reader always has one request pending, from the beginning to the
 * end. It is answered when something happens, and the reader asks anew at once.
 */
export function pending(news: News): number {
  return todo(`foretell the bytes of pending requests for ${news.messages} pieces of news`);
}

/** Foretells the bytes when every reader opens one WebSocket, and the server pushes. */
export function webSocket(news: News): number {
  return todo(`foretell the bytes of ${news.readers} WebSockets`);
}
