/**
 * A touch: one thing that befalls one client in a scenario, and the scenario that comes of it. So a
 * run can be forked at any event: the fork is the same scenario, played with the touch.
 * @module
 */

import { toHex } from '../bytes.js';
import type { Fd } from '../net/net.js';
import type { TraceEvent } from '../trace/event.js';
import { bytesOf } from './play.js';
import type { Action, HandshakeAction, Scenario, SendAction, TextAction } from './scenario.js';
import type { SimulatedRun } from './simulate.js';

/**
 * What can befall a client: the bytes that it sends next come in two segments, late, or so late as if
 * they had been lost; it resets; it reads no more, or again.
 */
export const TOUCHES = ['cut', 'delay', 'lose', 'reset', 'stop', 'read'] as const;
/** One of them. */
export type TouchKind = (typeof TOUCHES)[number];

/** A touch. */
export interface Touch {
  /** The client's name. */
  readonly client: string;
  /** The act, from 1: the one whose bytes it is about, or behind which the client does it. */
  readonly act: number;
  /** What it is. */
  readonly kind: TouchKind;
}

/** Why a touch cannot be. */
export type TouchProblem =
  /** The scenario has no such act. */
  | 'no-act'
  /** No client of this name has connected by then. */
  | 'no-client'
  /** The client sends nothing in this act; or, at an event, nothing from there on. */
  | 'no-bytes'
  /** One byte cannot be cut. */
  | 'one-byte'
  /** The client has closed or reset by then. */
  | 'gone'
  /** It does not read as it is, or it does. */
  | 'stopped'
  | 'reading';

/** Whether a touch is about the bytes of its act; else it stands behind the act. */
export function isOfBytes(kind: TouchKind): kind is 'cut' | 'delay' | 'lose' {
  return kind === 'cut' || kind === 'delay' || kind === 'lose';
}

/** Late bytes are on their way so long, in milliseconds. */
export const DELAY_MS = 50;
/** What was lost is sent again after so many milliseconds: the least of Linux (RFC 6298 has a second). */
export const RETRANSMIT_MS = 200;

/** Writes a touch as an address has it: `A@5:cut`. */
export function writeTouch({ client, act, kind }: Touch): string {
  return `${client}@${act}:${kind}`;
}

/** Reads what {@link writeTouch} wrote. @returns null for what is none */
export function readTouch(text: string): Touch | null {
  const [, client = '', act, kind] = /^([\w-]{1,20})@(\d{1,4}):([a-z]+)$/.exec(text) ?? [];
  const known = TOUCHES.find((one) => one === kind);
  return known === undefined || Number(act) < 1 ? null : { client, act: Number(act), kind: known };
}

/** The scenario with a touch, or why it cannot be. What a client did behind its reset falls away. */
export function touched(scenario: Scenario, touch: Touch): Scenario | TouchProblem {
  const { client, act, kind } = touch;
  const acts = scenario.steps;
  if (act > acts.length) return 'no-act';
  const before = acts.slice(0, act).flat();
  if (!before.some((one) => 'client' in one && one.client === client)) return 'no-client';
  if (isOfBytes(kind)) {
    const at = sendOf(acts[act - 1] ?? [], client);
    if (at === -1) return 'no-bytes';
    const changed = changedSend(acts[act - 1]?.[at] as Send, kind);
    if (changed === null) return 'one-byte';
    return forked(scenario, [
      ...acts.slice(0, act - 1),
      (acts[act - 1] ?? []).with(at, changed),
      ...acts.slice(act),
    ]);
  }
  const state = stateAfter(before, client);
  if (state === 'gone') return state;
  if (kind === 'stop' && state === 'stopped') return state;
  if (kind === 'read' && state === 'reading') return state;
  const rest = kind === 'reset' ? without(acts.slice(act), client) : acts.slice(act);
  return forked(scenario, [...acts.slice(0, act), [{ do: kind, client }], ...rest]);
}

/** A fork shows what it shows; the defects of the whole scenario may lie behind it. */
function forked({ name, description }: Scenario, steps: Action[][]): Scenario {
  return { name: `${name}-fork`, description, steps };
}

/** What sends bytes that can be touched; what comes in pieces, or without end, is touched already. */
type Send = HandshakeAction | TextAction | SendAction;

function sendOf(actions: readonly Action[], client: string): number {
  return actions.findIndex(
    (one) =>
      (one.do === 'handshake' || one.do === 'text' || one.do === 'send') && one.client === client,
  );
}

/** @returns null for a cut where there is nothing to cut */
function changedSend(send: Send, kind: 'cut' | 'delay' | 'lose'): Action | null {
  if (kind !== 'cut') return { ...send, delayMs: kind === 'delay' ? DELAY_MS : RETRANSMIT_MS };
  const bytes = bytesOf(send);
  if (bytes.length < 2) return null;
  const middle = bytes.length >> 1;
  const pieces = [bytes.subarray(0, middle), bytes.subarray(middle)].map(toHex);
  return { do: 'pieces', client: send.client, pieces };
}

function stateAfter(actions: readonly Action[], client: string): 'reading' | 'stopped' | 'gone' {
  let state: 'reading' | 'stopped' = 'reading';
  for (const one of actions) {
    if (!('client' in one) || one.client !== client) continue;
    if (one.do === 'close' || one.do === 'reset') return 'gone';
    if (one.do === 'stop') state = 'stopped';
    if (one.do === 'read') state = 'reading';
  }
  return state;
}

function without(acts: readonly Action[][], client: string): Action[][] {
  return acts
    .map((actions) => actions.filter((one) => !('client' in one) || one.client !== client))
    .filter((actions) => actions.length > 0);
}

/** What is known of a run. */
type TouchedRun = Pick<SimulatedRun, 'scenario' | 'events'>;

/** What can be done to a socket at an event of a run. */
export interface Touchable {
  /** Whose socket it is. */
  readonly client: string;
  /** The touches that make sense there, each with what it is, or why it cannot be. */
  readonly touches: ReadonlyMap<TouchKind, Touch | TouchProblem>;
}

/**
 * What can be done to a socket at an event: to the bytes of its client that arrive next, or behind
 * the act that is being played.
 *
 * @param position how many events lie behind, as in a `Stepper`
 * @returns null for a socket that is no client's
 */
export function touchable(run: TouchedRun, position: number, fd: Fd): Touchable | null {
  const { scenario, events } = run;
  const peer = peerOf(events, position, fd);
  if (peer === null) return null;
  const { client } = peer;
  const done = events.slice(0, position).filter(({ step }) => step === 'act').length;
  const present = actOf(scenario, done);
  const isStopped = stateAfter(scenario.steps.slice(0, present).flat(), client) === 'stopped';
  const touches = new Map<TouchKind, Touch | TouchProblem>();
  for (const kind of TOUCHES) {
    if (kind === (isStopped ? 'stop' : 'read')) continue;
    const act = isOfBytes(kind) ? nextSend(run, position, peer, present) : present;
    const touch = { client, act: act ?? 0, kind };
    const result = act === null ? 'no-bytes' : touched(scenario, touch);
    touches.set(kind, typeof result === 'string' ? result : touch);
  }
  return { client, touches };
}

/** Whose socket it is, which of the connections, and where it was accepted. */
interface Peer {
  readonly client: string;
  readonly fd: Fd;
  /** From 1, in the order of connecting, in which they are accepted too. */
  readonly connection: number;
  readonly accepted: number;
}

function peerOf(events: readonly TraceEvent[], position: number, fd: Fd): Peer | null {
  let connection = 0;
  let peer: Omit<Peer, 'client'> | null = null;
  for (const [i, event] of events.slice(0, position).entries()) {
    if (event.step !== 'accept') continue;
    connection++;
    if (event.fd === fd) peer = { fd, connection, accepted: i };
  }
  if (peer === null) return null;
  const connects = events.filter((event) => event.step === 'act' && event.do === 'connect');
  const act = connects[peer.connection - 1];
  return act?.step === 'act' ? { ...peer, client: act.client } : null;
}

/** The act, from 1, of the last of so many actions. */
function actOf({ steps }: Scenario, done: number): number {
  let left = done;
  for (const [i, actions] of steps.entries()) {
    left -= actions.length;
    if (left <= 0) return i + 1;
  }
  return steps.length;
}

/** The act whose bytes of a client arrive next; null for none. What earlier acts sent has arrived. */
function nextSend(
  { scenario, events }: TouchedRun,
  position: number,
  peer: Peer,
  present: number,
): number | null {
  const { steps } = scenario;
  for (let act = present; act <= steps.length; act++) {
    const actions = steps[act - 1] ?? [];
    const at = sendOf(actions, peer.client);
    if (at === -1) continue;
    if (act > present) return act;
    const before = steps.slice(0, act - 1).flat().length;
    const sent = indexOfAct(events, before + at);
    const has = events
      .slice(sent, position)
      .some((event, i) => event.step === 'arrive' && isOf(event, peer, sent + i));
    if (!has) return act;
  }
  return null;
}

/** Where the n-th action, from 0, stands in the trace. */
function indexOfAct(events: readonly TraceEvent[], n: number): number {
  let left = n;
  return events.findIndex(({ step }) => step === 'act' && left-- === 0);
}

/** Whether bytes arrived on a connection: by its number, as long as it had no descriptor. */
function isOf(
  { kind, fd, connection }: TraceEvent & { step: 'arrive' },
  peer: Peer,
  index: number,
): boolean {
  if (kind !== 'bytes') return false;
  return connection === undefined
    ? fd === peer.fd && index > peer.accepted
    : connection === peer.connection;
}
