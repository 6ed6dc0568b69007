/**
 * Loopscope's core, which runs in Node and in a browser: the protocol, the contract of the network,
 * traces, and the chat. What needs Node is in `loopscope/node`.
 * @module
 */

export * from './bytes.js';
export { Client, type Phase } from './chat/client.js';
export * from './chat/room.js';
export * from './chat/server.js';
export * from './chat/vocabulary.js';
export * from './chat/websocket-client.js';
export * from './net/deadlines.js';
export * from './net/net.js';
export * from './net/outbox.js';
export * from './net/socket-select.js';
export * from './trace/event.js';
export * from './trace/loop.js';
export * from './trace/ndjson.js';
export * from './trace/text.js';
export * from './websocket/closing.js';
export * from './websocket/connection.js';
export * from './websocket/decoder.js';
export * from './websocket/frame.js';
export * from './websocket/handshake.js';
export { type Head, HeadReader, HttpError } from './websocket/http.js';
export * from './websocket/mask.js';
export * from './websocket/message.js';
export * from './websocket/parser.js';
export * from './websocket/problem.js';
export * from './websocket/utf8.js';
