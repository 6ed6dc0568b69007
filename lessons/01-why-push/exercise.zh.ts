/**
 * 第 1 课：预测网络上要走多少字节。
 *
 * HTTP 的请求和响应，WebSocket 的握手和帧，两个方向都要数。TCP 和 IP 的头部不数，最后的告别也不数。
 */

import { todo } from 'loopscope/lesson';

/** 谁想知道什么，每样东西有多少字节。 */
export interface News {
  /** 有几位读者。 */
  readers: number;
  /** 有几条消息；每位读者都会全部得到。 */
  messages: number;
  /** 轮询时，每位读者问几次；最后一次在所有消息之后。 */
  asks: number;
  /** 一个 HTTP 请求。 */
  request: number;
  /** 一个 HTTP 响应的头部；没有消息，也有头部。 */
  head: number;
  /** 一条消息的文字。 */
  text: number;
  /** 打开 WebSocket 的请求。 */
  upgrade: number;
  /** 对它的响应。 */
  welcome: number;
  /** 帧的头部，每条消息前面都有一个。 */
  frameHeader: number;
}

/**
 * 预测每位读者一遍一遍地问，共问 `asks` 次时的字节数。一个响应会带来这位读者上次问过之后所有的新消息。
 */
export function polling(news: News): number {
  return todo(`预测每人问 ${news.asks} 次、一共 ${news.readers} 位读者的字节数`);
}

/**
 * 预测每位读者从头到尾总有一个请求挂起时的字节数。有事发生，它就得到响应，读者马上再问。
 */
export function pending(news: News): number {
  return todo(`预测 ${news.messages} 条消息、请求挂起时的字节数`);
}

/** 预测每位读者打开一个 WebSocket、由服务器推送时的字节数。 */
export function webSocket(news: News): number {
  return todo(`预测 ${news.readers} 个 WebSocket 的字节数`);
}
