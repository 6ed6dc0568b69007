/**
 * Loopscope's core, which runs in Node and in a browser: the protocol, the contract of the network,
 * traces, and the chat. What needs Node is in `loopscope/node`.
 * @module
 */

export type { Envelope } from './broker/envelope.js';
export type { LinkOptions as BrokerLinkOptions } from './broker/link.js';
export { BrokerLost } from './broker/pipe.js';
export { SharedRoom, type SharedRoomOptions } from './broker/shared-room.js';
export { SimBroker, type SimBrokerOptions } from './broker/sim-broker.js';
export * from './bytes.js';
export { Client, type Move, type Phase } from './chat/client.js';
export { DEFECTS, type Defect, defectsIn, describeDefect } from './chat/defects.js';
export { UNHURRIED } from './chat/limits.js';
export * from './chat/members.js';
export {
  type Admission,
  allowedHostProblem,
  allowedOriginProblem,
  isOwnHost,
  originProblem,
} from './chat/origin.js';
export { OriginalServer } from './chat/original.js';
export * from './chat/room.js';
export * from './chat/server.js';
export * from './chat/vocabulary.js';
export * from './chat/websocket-client.js';
export * from './inspect/index.js';
export { type Codec, codecOf } from './mine/codec.js';
export type { Exported, Fault } from './mine/your-parts.js';
export * from './net/deadlines.js';
export * from './net/forwarding-net.js';
export * from './net/net.js';
export * from './net/outbox.js';
export * from './net/sim.js';
export * from './net/socket-select.js';
export * from './net/socket-values.js';
export type { Behaviour } from './scenario/behaviour.js';
export * as script from './scenario/build.js';
export * from './scenario/compare.js';
export * from './scenario/cuts.js';
export * from './scenario/local.js';
export * from './scenario/opponent.js';
export * from './scenario/parting.js';
export * from './scenario/play.js';
export type { JsonDifference } from './scenario/reading.js';
export {
  type Action,
  type ConnectAction,
  checkScenario,
  type Delayable,
  type FloodAction,
  type HandshakeAction,
  type PiecesAction,
  type PlainAction,
  type Scenario,
  ScenarioError,
  type SendAction,
  type ServerAction,
  type TextAction,
} from './scenario/scenario.js';
export { describeScenario } from './scenario/shipped/script.js';
export { SCENARIOS } from './scenario/shipped.js';
export * from './scenario/simulate.js';
export * from './scenario/wire.js';
export { describeError } from './texts/errors.js';
export * from './texts/language.js';
export type { Values } from './texts/say.js';
export * from './trace/diff.js';
export { describeEnglish, NOTHING_SENT } from './trace/english.js';
export * from './trace/event.js';
export type { MachineEvent, Machines } from './trace/lamport-machines.js';
export * from './trace/lamport-svg.js';
export * from './trace/lamport-text.js';
export * from './trace/loop.js';
export * from './trace/maker.js';
export * from './trace/ndjson.js';
export * from './trace/stepper.js';
export * from './trace/tape.js';
export * from './trace/text.js';
export * from './trace/view.js';
export type { AcceptStyle } from './watch/accepts.js';
export {
  FINDINGS as LOOP_FINDINGS,
  type Finding as LoopFinding,
  type FindingCode as LoopFindingCode,
} from './watch/findings.js';
export { type Summary, Summing } from './watch/summary.js';
export * from './websocket/client-handshake.js';
export * from './websocket/closing.js';
export * from './websocket/connection.js';
export * from './websocket/decoder.js';
export * from './websocket/deflate.js';
export * from './websocket/deflate-offer.js';
export * from './websocket/extensions.js';
export * from './websocket/frame.js';
export * from './websocket/handshake.js';
export { type Head, HeadReader, HttpError } from './websocket/http.js';
export * from './websocket/mask.js';
export * from './websocket/message.js';
export * from './websocket/parser.js';
export * from './websocket/problem.js';
export * from './websocket/refusal.js';
export * from './websocket/utf8.js';
