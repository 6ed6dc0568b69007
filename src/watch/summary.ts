/**
 * What a loop of a stranger's is like, from its trace: figures to hold beside those of others, and
 * findings, each with the step that shows it. Says nothing; what is guessed from times is marked so.
 * @module
 */

import type { Fd } from '../net/net.js';
import type { OtherStep, RecvStep, SelectStep, TraceEvent } from '../trace/event.js';
import { type AcceptStyle, Accepts } from './accepts.js';
import { Connections } from './connections.js';
import type { Find, Finding, FindingCode } from './findings.js';

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

/** A call that keeps a turn so long, in milliseconds, is worth a word. */
const BUSY_MS = 10;

/** Folds the events of one loop. */
export class Summing {
  readonly #findings: Finding[] = [];
  readonly #connections = new Connections((...found) => this.#find(...found));
  readonly #accepts = new Accepts();
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
  #filled = 0;
  /** Times that a frame was cut, and the first of them. */
  #cuts = { times: 0, fd: 0, room: 0, seq: 0 };
  #idle = { count: 0, seq: 0, ms: 0 };
  /** Waits for one descriptor within a turn, and the first of them. */
  #hidden = { waits: 0, call: '', fd: 0, seq: 0 };
  #gaps = { count: 0, seq: 0 };
  /** Whether the turn sent small things to connections without TCP_NODELAY. */
  #sentDelayed = false;
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
        this.#accepts.took();
        this.#connections.accept(event.fd);
        return;
      case 'setsockopt':
        this.#connections.setsockopt(event);
        return;
      case 'recv':
        this.#recv(event);
        return;
      case 'send': {
        this.#now.calls++;
        const mayWait = this.#connections.send(event);
        if (mayWait && (event.took ?? 0) < DELAYED_FROM) this.#sentDelayed = true;
        return;
      }
      case 'again':
        this.#now.calls++;
        if (event.call.startsWith('accept')) this.#accepts.again();
        else this.#connections.again(event);
        return;
      case 'fault':
        this.#now.calls++;
        if (event.call.startsWith('accept')) this.#accepts.failed(event.code, event.seq, event.t);
        return;
      case 'block':
        this.#block(event.fd, event.call ?? event.syscall, event.took, event.seq);
        return;
      case 'disconnect':
        this.#now.calls++;
        this.#connections.close(event.fd);
        return;
      case 'other':
        this.#other(event);
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
      accept: this.#accepts.style,
      stood: this.#stood,
      lost: this.#connections.lost,
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
    this.#accepts.endTurn();
    const { waits, calls, messages } = this.#now;
    if (messages === 0) return;
    this.#ofMessages.waits += waits;
    this.#ofMessages.calls += calls;
  }

  #recv({ fd, bytes, length = bytes.length, room, cuts, seq }: RecvStep & TraceEvent): void {
    this.#now.calls++;
    if (length === 0) {
      this.#connections.end(fd, seq);
      return;
    }
    this.#messages++;
    this.#now.messages++;
    if (room !== length) return;
    if (cuts !== true && this.#filled++ === 0) this.#find('room-filled', { fd, room }, seq);
    if (cuts === true && this.#cuts.times++ === 0) Object.assign(this.#cuts, { fd, room, seq });
  }

  #other({ fd, call, count, took, seq }: OtherStep & TraceEvent): void {
    if (took >= BUSY_MS) this.#find('busy', { call, ms: took }, seq);
    if (fd === undefined) return;
    this.#now.calls += count;
    if (this.#hidden.waits === 0) Object.assign(this.#hidden, { call, fd, seq });
    this.#hidden.waits += count;
  }

  #block(fd: Fd, call: string, ms: number | undefined, seq: number): void {
    if (ms === undefined) {
      this.#standing = { fd, call, seq, since: this.#t };
      return;
    }
    this.#stood += ms;
    const others = this.#connections.beside(fd);
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

  #atEnd(): Finding[] {
    const findings: Finding[] = [];
    const find: Find = (code, values, seq, inferred = false) =>
      findings.push({ code, values, seq, inferred });
    this.#accepts.inVain(find);
    const clients = this.#connections.delayed;
    if (this.#gaps.count > 1) {
      find('delayed-ack', { clients, gaps: this.#gaps.count }, this.#gaps.seq, true);
    }
    if (this.#empty > 0) {
      find('empty-waits', { empty: this.#empty, waits: this.#waits }, this.#emptySeq);
    }
    if (this.#idle.count > 1) {
      const { count: wakes, ms, seq: at } = this.#idle;
      find('idle-wakes', { wakes, ms: ms / wakes }, at);
    }
    this.#connections.atEnd(find);
    const { seq: hidden, ...waits } = this.#hidden;
    if (waits.waits > 0) find('hidden-waits', waits, hidden);
    const { seq: cut, ...cuts } = this.#cuts;
    if (cuts.times > 0) find('frame-cut', cuts, cut);
    return findings.slice(0, 100);
  }
}
