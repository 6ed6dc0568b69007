/**
 * What a loop has to do with: its listeners and its connections, as steps of a trace. Whoever was there
 * before the loop is met at first sight; what passes on a connection is read as a WebSocket where it is one,
 * and marked as worked out.
 * @module
 */

import { Conversation } from '../inspect/passing.js';
import { stepsOfPassing } from '../inspect/passing-steps.js';
import type { Fd } from '../net/net.js';
import type { DisconnectCause, Step } from '../trace/event.js';
import type { Role } from '../websocket/frame.js';
import type { Call } from './calls.js';
import type { OpenFile } from './files.js';
import type { Kernel } from './kernel.js';
import type { Transfer } from './transfers.js';
import { numberOf, wordOf } from './values.js';

/** Connections whose bytes are read as frames, in each loop. */
const MOST_CONVERSATIONS = 2_000;

/** Bytes of a step that a trace keeps. */
const MOST_BYTES = 65_536;

/** What a connection has said. */
interface Peer {
  readonly file: OpenFile;
  /** Null where a byte is missing, or where it is no WebSocket. */
  conversation: Conversation | null;
  ended: 'fin' | 'reset' | null;
}

/** Those of one loop. */
export class Peers {
  readonly #pid: number;
  readonly #kernel: Kernel;
  readonly #add: (step: Step) => void;
  readonly #peers = new Map<Fd, Peer>();
  /** What was told of already: a listener, a connection that another thread has accepted. */
  readonly #told = new WeakSet<OpenFile>();

  /** @param add takes what there is to tell */
  constructor(pid: number, kernel: Kernel, add: (step: Step) => void) {
    this.#pid = pid;
    this.#kernel = kernel;
    this.#add = add;
  }

  /** Says which listeners there are: they may be older than the loop, or another process's. */
  announce(): void {
    for (const [fd, file] of this.#kernel.descriptors(this.#pid)) {
      if (file.kind === 'listener') this.meet(fd);
    }
  }

  /** Tells of a socket that the loop has to do with for the first time. */
  meet(fd: Fd): void {
    const file = this.#kernel.fileOf(this.#pid, fd);
    if (file === null || this.#told.has(file)) return;
    if (file.kind !== 'listener' && file.kind !== 'connection') return;
    this.#told.add(file);
    if (file.kind === 'connection') {
      this.#newPeer(fd, file);
      const { peerHost: host, peerPort: port } = file;
      this.#add({ step: 'accept', listener: this.#listener(file), fd, host, port, inferred: true });
      return;
    }
    this.#add({
      step: 'socket',
      fd,
      domain: 'AF_INET',
      type: 'SOCK_STREAM',
      protocol: 'IPPROTO_TCP',
    });
    this.#add({ step: 'bind', fd, host: file.host, port: file.port });
    this.#add({ step: 'listen', fd, backlog: file.backlog });
  }

  close({ name }: Call, fd: Fd): void {
    const peer = this.#peers.get(fd);
    if (peer === undefined) return;
    const cause: DisconnectCause = peer.ended ?? 'closed-here';
    this.#peers.delete(fd);
    this.#add({ step: 'disconnect', fd, cause, call: name });
  }

  accept({ pid, name, args, result }: Call): void {
    if (result === null || result < 0) return;
    const file = this.#kernel.fileOf(pid, result);
    const listener = numberOf(args[0]);
    if (file === null || listener === null) return;
    this.#told.add(file);
    this.#newPeer(result, file);
    this.#add({
      step: 'accept',
      ...{ listener, fd: result, host: file.peerHost, port: file.peerPort, call: name },
    });
  }

  setsockopt({ args }: Call, fd: Fd): void {
    this.meet(fd);
    const [, level, option, value] = args;
    const number = value?.kind === 'list' ? numberOf(value.values[0]) : null;
    if (number === null) return;
    this.#add({
      step: 'setsockopt',
      ...{ fd, level: wordOf(level), option: wordOf(option), value: number },
    });
  }

  /** There was nothing to take, or no room for what was offered. */
  again({ name }: Call, fd: Fd, { direction, room, bytes }: Transfer): void {
    const offered = direction === 'out' && { length: room ?? bytes.length, bytes: kept(bytes) };
    this.#add({ step: 'again', fd, call: name, ...offered });
  }

  fault({ name, error, injected }: Call, fd: Fd): void {
    const made = injected && ({ injected } as const);
    this.#add({ step: 'fault', fd, call: name, code: error ?? '', ...made });
  }

  failed(call: Call, fd: Fd): void {
    const { error } = call;
    this.fault(call, fd);
    const peer = this.#peers.get(fd);
    if (peer !== undefined && (error === 'ECONNRESET' || error === 'EPIPE')) peer.ended = 'reset';
  }

  recv({ name, took }: Call, fd: Fd, transfer: Transfer, result: number): void {
    if (transfer.peeks) return;
    const { whole, room } = transfer;
    const bytes = kept(transfer.bytes);
    const peer = this.#peers.get(fd);
    if (peer !== undefined && result === 0) peer.ended ??= 'fin';
    const worked = this.#explain(fd, 'client', transfer.bytes, whole);
    const cuts =
      room === result && result > 0 && peer?.conversation?.isWithinFrame('client') === true;
    this.#add({
      step: 'recv',
      ...{ fd, bytes, call: name },
      ...(bytes.length < result && { length: result }),
      ...(room !== null && { room }),
      ...(took !== null && { took: rounded(took) }),
      ...(cuts && { cuts }),
    });
    for (const step of worked) this.#add(step);
  }

  send({ name, took, injected }: Call, fd: Fd, transfer: Transfer, taken: number): void {
    const length = Math.max(taken, transfer.room ?? taken);
    const bytes = kept(transfer.bytes);
    this.#add({
      step: 'send',
      ...{ fd, length, taken, call: name, bytes },
      ...(took !== null && { took: rounded(took) }),
      ...(injected && ({ injected } as const)),
    });
    const isKnown = transfer.bytes.length >= taken && !injected;
    const passed = transfer.bytes.subarray(0, taken);
    for (const step of this.#explain(fd, 'server', passed, isKnown)) this.#add(step);
  }

  #newPeer(fd: Fd, file: OpenFile): void {
    const reads = this.#peers.size < MOST_CONVERSATIONS;
    this.#peers.set(fd, { file, conversation: reads ? new Conversation() : null, ended: null });
  }

  /** Reads what passes as a WebSocket, where it is one, and every byte of it is known. */
  #explain(fd: Fd, from: Role, bytes: Uint8Array, whole: boolean): Step[] {
    const peer = this.#peers.get(fd);
    if (peer === undefined || peer.conversation === null || bytes.length === 0) return [];
    const steps: Step[] = [];
    for (const passing of peer.conversation.feed(from, bytes)) {
      for (const step of stepsOfPassing(fd, passing)) steps.push({ ...step, inferred: true });
      if (passing.kind === 'other') peer.conversation = null;
    }
    if (!whole) peer.conversation = null;
    return steps;
  }

  /** The listener of a connection's port; -1 for none that is known. */
  #listener({ port }: OpenFile): Fd {
    for (const [fd, file] of this.#kernel.descriptors(this.#pid)) {
      if (file.kind === 'listener' && file.port === port) return fd;
    }
    return -1;
  }
}

/** A copy, so that no long text is kept for a piece of it. */
function kept(bytes: Uint8Array): Uint8Array {
  return bytes.length > MOST_BYTES ? bytes.slice(0, MOST_BYTES) : bytes;
}

/** Milliseconds, to the microsecond. */
export function rounded(ms: number): number {
  return Math.round(ms * 1_000) / 1_000;
}
