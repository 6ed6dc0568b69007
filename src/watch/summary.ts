/**
 * What a loop of a stranger's is like, from its trace: figures to hold beside those of others, and
 * findings, each with the step that shows it. Says nothing; what is guessed from times is marked so.
 * @module
 */

import type { Fd } from '../net/net.js';
import type { SelectStep, SendStep, TraceEvent } from '../trace/event.js';

/** How a loop takes connections out of its listener's queue. */
export type AcceptStyle = 'once' | 'until-again' | 'several' | 'none';

/** Something worth a look. */
export interface Finding {
  /** What it is. */
  readonly code: FindingCode;
  /** What stands in its text: descriptors, bytes, milliseconds. */
  readonly values: Readonly<Record<string, number | string>>;
  /** The number of the event that shows it. */
  readonly seq: number;
  /** Whether it is worked out from times, and may have another cause. */
  readonly inferred: boolean;
}

/** What may be found. */
export const FINDINGS = [
  /** The loop stood still in a call on one descriptor, while others waited. */
  'stood',
  /** Bytes that a send did not take were not offered again. */
  'lost',
  /** A write was short, and the rest was sent later. */
  'sent-again',
  /** accept failed again and again, at once. */
  'accept-fails',
  /** Gaps of some 40 ms, where connections lack TCP_NODELAY. */
  'delayed-ack',
  /** Waits that found nothing. */
  'empty-waits',
  /** Wakes by the time-out alone. */
  'idle-wakes',
  /** A descriptor whose peer is gone was not closed. */
  'not-closed',
  /** A recv took all the room that it had, so a message may be cut. */
  'room-filled',
  /** A call other than a socket's kept a turn. */
  'busy',
] as const;

/** One of them. */
export type FindingCode = (typeof FINDINGS)[number];

/** A loop's figures. */
export interface Summary {
  /** The call in which it waits; null for a trace without one. */
  readonly call: string | null;
  /** The time-outs that it asks for, in milliseconds, in order; null for none; at most four. */
  readonly timeouts: readonly (number | null)[];
  /** Waits that found something, or ended by their time-out. */
  readonly turns: number;
  /** Clients that were accepted. */
  readonly clients: number;
  /** Times that bytes came from a client. */
  readonly messages: number;
  /** Waits of the turns that had a message; polls that found nothing before them count. */
  readonly waits: number;
  /** Of all waits, those that found nothing. */
  readonly empty: number;
  /** System calls of these turns: waits, and what was done to connections. */
  readonly calls: number;
  /** How it accepts. */
  readonly accept: AcceptStyle;
  /** Milliseconds that the loop stood still in a call of one connection. */
  readonly stood: number;
  /** Bytes of short writes that were never offered again. */
  readonly lost: number;
  /** What is worth a look, in the order of the steps that show it. */
  readonly findings: readonly Finding[];
}

/** A gap that a delayed acknowledgement makes, in milliseconds: 40 on Linux, and what the machine adds. */
const DELAYED_FROM = 36;
const DELAYED_TO = 60;

/** So many failures of accept, one after the other, are a loop that turns in vain. */
const MANY_FAILURES = 5;

/** These stay until a descriptor is closed, so that the first one counts. */
const OUT_OF_FILES = /^E[MN]FILE$/;

/** A call that keeps a turn so long, in milliseconds, is worth a word. */
const BUSY_MS = 10;

/** What is known of one connection. */
interface Peer {
  readonly fd: Fd;
  nodelay: boolean;
  /** Where FIN was read; null as long as it was not. */
  ended: number | null;
  /** What a short write left. */
  rest: { bytes: Uint8Array; length: number; seq: number } | null;
  sends: number;
}

/** Folds the events of one loop. */
export class Summing {
  readonly #peers = new Map<Fd, Peer>();
  readonly #findings: Finding[] = [];
  readonly #timeouts: (number | null)[] = [];
  #call: string | null = null;
  #turns = 0;
  #clients = 0;
  #messages = 0;
  #waits = 0;
  /** Of the turns that had a message: their waits, and all their calls. */
  #ofMessages = { waits: 0, calls: 0 };
  /** Of the present turn. */
  #now = { waits: 0, calls: 0, messages: 0 };
  #empty = 0;
  #emptySeq = 0;
  #stood = 0;
  #lost = 0;
  #filled = 0;
  #idle = { count: 0, seq: 0, ms: 0 };
  #gaps = { count: 0, seq: 0 };
  #failures = { code: '', count: 0, seq: 0, from: 0, to: 0 };
  #accepts = { inTurn: 0, again: 0, several: 0, turns: 0 };
  /** Whether the turn sent small things to connections without TCP_NODELAY. */
  #sentDelayed = false;
  /** Clients that left, of those that were sent something without TCP_NODELAY. */
  #delayed = 0;
  #t = 0;
  /** The block that has no end yet. */
  #standing: { fd: Fd; call: string; seq: number; since: number } | null = null;

  /** Takes the next event. */
  fold(event: TraceEvent): void {
    this.#t = event.t;
    this.#stoodUntil(event);
    switch (event.step) {
      case 'select':
        this.#select(event);
        return;
      case 'accept':
        this.#now.calls++;
        this.#clients++;
        this.#accepts.inTurn++;
        this.#peers.set(event.fd, {
          ...{ fd: event.fd, nodelay: false, ended: null, rest: null, sends: 0 },
        });
        return;
      case 'setsockopt': {
        const peer = this.#peers.get(event.fd);
        if (event.option === 'TCP_NODELAY' && peer !== undefined) peer.nodelay = event.value !== 0;
        return;
      }
      case 'recv':
        this.#recv(event.fd, event.length ?? event.bytes.length, event.room, event.seq);
        return;
      case 'send':
        this.#send(event);
        return;
      case 'again':
        this.#now.calls++;
        if (event.call.startsWith('accept')) this.#accepts.again++;
        return;
      case 'fault':
        this.#now.calls++;
        if (event.call.startsWith('accept')) this.#fault(event.code, event.seq);
        return;
      case 'block':
        this.#block(event.fd, event.call ?? event.syscall, event.took, event.seq);
        return;
      case 'disconnect':
        this.#now.calls++;
        this.#gone(event.fd);
        return;
      case 'other':
        if (event.took >= BUSY_MS)
          this.#find('busy', { call: event.call, ms: event.took }, event.seq);
        return;
    }
  }

  /** The figures so far. */
  summary(): Summary {
    const findings = [...this.#findings, ...this.#atEnd()].sort((a, b) => a.seq - b.seq);
    return {
      call: this.#call,
      timeouts: this.#timeouts,
      turns: this.#turns,
      clients: this.#clients,
      messages: this.#messages,
      waits: this.#ofMessages.waits + (this.#now.messages > 0 ? this.#now.waits : 0),
      empty: this.#empty,
      calls: this.#ofMessages.calls + (this.#now.messages > 0 ? this.#now.calls : 0),
      accept: this.#acceptStyle(),
      stood: this.#stood,
      lost: this.#lost,
      findings,
    };
  }

  #find(code: FindingCode, values: Finding['values'], seq: number, inferred = false): void {
    // a program that does the same all day is told of once, with a number where that is of use
    if (this.#findings.filter((one) => one.code === code).length < 20) {
      this.#findings.push({ code, values, seq, inferred });
    }
  }

  #select(event: SelectStep & TraceEvent): void {
    const { call = 'select', timeout, polls = 0, waited = 0, readyRead, readyWrite, seq } = event;
    this.#endTurn();
    this.#turns++;
    this.#call ??= call;
    const isNew = timeout !== undefined && !this.#timeouts.includes(timeout);
    if (isNew && this.#timeouts.length < 4) this.#timeouts.push(timeout);
    if (polls > 0 && this.#timeouts.length < 4 && !this.#timeouts.includes(0))
      this.#timeouts.push(0);
    const waits = 1 + polls;
    this.#waits += waits;
    this.#now = { waits, calls: waits + (event.changes ?? 0), messages: 0 };
    const foundNothing = readyRead.length + readyWrite.length === 0;
    if (polls > 0 || foundNothing) this.#emptySeq ||= seq;
    this.#empty += polls + (foundNothing ? 1 : 0);
    if (foundNothing && timeout !== 0) {
      this.#idle.seq ||= seq;
      this.#idle.count++;
      this.#idle.ms += waited;
    }
    if (this.#sentDelayed && waited >= DELAYED_FROM && waited <= DELAYED_TO) {
      this.#gaps.seq ||= seq;
      this.#gaps.count++;
    }
    this.#sentDelayed = false;
  }

  #endTurn(): void {
    const { inTurn } = this.#accepts;
    if (inTurn > 0) this.#accepts.turns++;
    if (inTurn > 1) this.#accepts.several++;
    this.#accepts.inTurn = 0;
    const { waits, calls, messages } = this.#now;
    if (messages === 0) return;
    this.#ofMessages.waits += waits;
    this.#ofMessages.calls += calls;
  }

  #recv(fd: Fd, length: number, room: number | undefined, seq: number): void {
    this.#now.calls++;
    const peer = this.#peers.get(fd);
    if (length === 0) {
      if (peer !== undefined) peer.ended ??= seq;
      return;
    }
    this.#messages++;
    this.#now.messages++;
    if (room === length && this.#filled++ === 0) this.#find('room-filled', { fd, room }, seq);
  }

  #send({ fd, length, taken, bytes, seq, took = 0 }: SendStep & TraceEvent): void {
    this.#now.calls++;
    const peer = this.#peers.get(fd);
    if (peer === undefined) return;
    peer.sends++;
    if (!peer.nodelay && took < DELAYED_FROM) this.#sentDelayed = true;
    if (peer.rest !== null) this.#goesOn(peer, bytes);
    if (taken < length) {
      const rest = bytes?.subarray(taken) ?? new Uint8Array(0);
      peer.rest = { bytes: rest, length: length - taken, seq };
    }
  }

  /** What follows a short write: the rest of it, or something else. */
  #goesOn(peer: Peer, bytes: Uint8Array | undefined): void {
    const { rest } = peer;
    peer.rest = null;
    if (rest === null || bytes === undefined || rest.bytes.length === 0) return; // not known
    const count = Math.min(rest.bytes.length, bytes.length);
    const isRest = count > 0 && rest.bytes.subarray(0, count).every((byte, i) => byte === bytes[i]);
    if (isRest) this.#find('sent-again', { fd: peer.fd, bytes: rest.length }, rest.seq);
    else this.#loses(peer.fd, rest);
  }

  #loses(fd: Fd, { length, seq }: { length: number; seq: number }): void {
    this.#lost += length;
    this.#find('lost', { fd, bytes: length }, seq);
  }

  #fault(code: string, seq: number): void {
    const failures = this.#failures;
    if (failures.code !== code) {
      Object.assign(failures, { code, count: 0, seq, from: this.#t });
    }
    failures.count++;
    failures.to = this.#t;
  }

  #block(fd: Fd, call: string, ms: number | undefined, seq: number): void {
    if (ms === undefined) {
      this.#standing = { fd, call, seq, since: this.#t };
      return;
    }
    this.#stood += ms;
    const others = this.#peers.size - (this.#peers.has(fd) ? 1 : 0);
    if (ms > 0) this.#find('stood', { fd, call, ms, others }, seq);
  }

  /** A block that was told while it lasted ends with the step behind it, which may say how long the call took. */
  #stoodUntil(event: TraceEvent): void {
    const standing = this.#standing;
    if (standing === null) return;
    this.#standing = null;
    const { fd, call, seq, since } = standing;
    const took = 'took' in event ? event.took : undefined;
    this.#block(fd, call, took ?? Math.max(0, event.t - since), seq);
  }

  #gone(fd: Fd): void {
    const peer = this.#peers.get(fd);
    this.#peers.delete(fd);
    if (peer !== undefined && isDelayed(peer)) this.#delayed++;
    // whoever is gone reads nothing more; what a short write left to one that lived is lost
    if (peer?.rest && peer.ended === null) this.#loses(fd, peer.rest);
  }

  #atEnd(): Finding[] {
    const findings: Finding[] = [];
    const find = (code: FindingCode, values: Finding['values'], seq: number, inferred = false) =>
      findings.push({ code, values, seq, inferred });
    const { count, code, seq, from, to } = this.#failures;
    if (count >= (OUT_OF_FILES.test(code) ? 1 : MANY_FAILURES))
      find('accept-fails', { code, count, ms: to - from }, seq);
    const delayed = this.#delayed + [...this.#peers.values()].filter(isDelayed).length;
    if (this.#gaps.count > 1) {
      find('delayed-ack', { clients: delayed, gaps: this.#gaps.count }, this.#gaps.seq, true);
    }
    if (this.#empty > 0) {
      find('empty-waits', { empty: this.#empty, waits: this.#waits }, this.#emptySeq);
    }
    if (this.#idle.count > 1) {
      const { count: wakes, ms, seq: at } = this.#idle;
      find('idle-wakes', { wakes, ms: ms / wakes }, at);
    }
    for (const { fd, ended } of this.#peers.values()) {
      if (ended !== null) find('not-closed', { fd }, ended);
    }
    return findings.slice(0, 100);
  }

  #acceptStyle(): AcceptStyle {
    const { again, several, turns, inTurn } = this.#accepts;
    if (turns === 0 && inTurn === 0) return 'none';
    if (again > 0) return 'until-again';
    return several > 0 ? 'several' : 'once';
  }
}

function isDelayed({ nodelay, sends }: Peer): boolean {
  return !nodelay && sends > 0;
}
