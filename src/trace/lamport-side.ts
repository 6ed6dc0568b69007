/**
 * One server's part of a Lamport diagram: a fold over its events, which puts rows and lanes on a board that
 * others may share. The server's is the only clock: a client's end of an arrow says whose it is, and not when.
 * @module
 */

import type { Fd } from '../net/net.js';
import { diagram } from '../texts/diagram.en.js';
import type { Language } from '../texts/language.js';
import { describeEnglish } from './english.js';
import type { BroadcastStep, BrokerStep, TraceEvent } from './event.js';
import type { Kind, Lane, Row } from './lamport-rows.js';
import { type DiagramSay, diagramIn, framesOf, received, relayed, saying } from './lamport-says.js';
import { printable } from './text.js';
import { emptyView, foldEvent, type View } from './view.js';

/** What is drawn on. */
export interface Board {
  readonly rows: Row[];
  readonly lanes: Lane[];
}

/** The server itself, among descriptors of connections: none of those is 0. */
const HOME = 0;

/** A lane more. @returns its number */
export function addLane({ rows, lanes }: Board, name: string): number {
  const never = Number.POSITIVE_INFINITY;
  return lanes.push({ name, from: rows.length, left: never, gone: never }) - 1;
}

/** One server, and those who are connected to it. */
export class Side {
  readonly #board: Board;
  readonly #home: number;
  readonly #brokerLane: number | null;
  readonly #events: readonly TraceEvent[];
  readonly #language: Language | undefined;
  readonly #say: DiagramSay;
  readonly #view: View = emptyView();
  /** Lanes of connections that are there. */
  readonly #open = new Map<Fd, number>();
  readonly #leaving = new Set<Fd>();
  /** Who was told something that its next send carries. */
  readonly #told = new Set<Fd>();

  /**
   * @param home the lane of the server
   * @param events all of them; each is added by its place
   * @param broker the lane of the broker, where others have to do with it too; null for one of its own
   */
  constructor(
    board: Board,
    home: number,
    events: readonly TraceEvent[],
    { language, broker = null }: { language?: Language | undefined; broker?: number | null },
  ) {
    this.#board = board;
    this.#home = home;
    this.#brokerLane = broker;
    this.#events = events;
    this.#language = language;
    this.#say = diagramIn(language);
  }

  /** Adds the next event. @param index its place among the events */
  add(event: TraceEvent, index: number): void {
    foldEvent(this.#view, event);
    switch (event.step) {
      case 'listen':
        this.#row(event, 'listen', 'mark', [HOME], this.#listens(event.fd));
        return;
      case 'select':
        this.#endLanes();
        return;
      case 'accept':
        this.#end(event.fd);
        this.#row(event, 'connect', 'in', [event.fd], this.#say('connect', { fd: event.fd }));
        return;
      case 'broker':
        this.#broker(event);
        return;
      case 'recv':
        if (this.#isBroker(event.fd)) return; // its own steps tell what came
        if (event.bytes.length === 0) this.#row(event, 'fin', 'in', [event.fd], this.#say('fin'));
        else {
          const says = received(this.#events, index, event, this.#say);
          this.#row(event, 'recv', 'in', [event.fd], says, event.bytes.length);
        }
        return;
      case 'handshake': {
        this.#told.add(event.fd);
        const says = 'refused' in event ? this.#refusal(event.refused) : this.#say('handshake');
        this.#row(event, 'handshake', 'out', [event.fd], says);
        return;
      }
      case 'deal':
        this.#rename(event.fd);
        return;
      case 'broadcast':
        for (const fd of event.to) this.#told.add(fd);
        this.#broadcast(event);
        return;
      case 'send': {
        if (this.#isBroker(event.fd)) return;
        const wasTold = this.#told.delete(event.fd);
        const rest = event.length - event.taken;
        if (wasTold && rest === 0) return; // its broadcast is drawn
        const { length } = event;
        const says = rest === 0 ? this.#say('sent') : this.#say('sent.part', { rest, length });
        this.#row(event, 'send', 'out', [event.fd], says, event.taken);
        return;
      }
      case 'block':
        this.#row(
          event,
          'block',
          'mark',
          [HOME],
          this.#say('block', {
            fd: event.fd,
            syscall: event.syscall,
            reason: describeEnglish(event.reason, this.#language),
          }),
        );
        return;
      case 'disconnect':
        this.#row(event, 'disconnect', 'mark', [event.fd], this.#gone(event.cause));
        this.#leave(event.fd);
        return;
      case 'error':
        this.#row(
          event,
          'error',
          'mark',
          [event.fd],
          describeEnglish(event.message, this.#language),
        );
        return;
      case 'fault':
        this.#row(event, 'error', 'mark', [event.fd], `${event.call}: ${event.code}`);
        return;
      case 'socket':
      case 'setsockopt':
      case 'bind':
      case 'parse':
      case 'arrive':
      case 'act':
      case 'again':
      case 'wake':
      case 'other':
      case 'call':
      case 'unknown':
        return;
      default:
        event satisfies never;
    }
  }

  #isBroker(fd: Fd): boolean {
    return this.#view.sockets.get(fd)?.state === 'broker';
  }

  /** The broker has a lane as the clients have; what other loops do is known by what they say. */
  #broker(event: BrokerStep & TraceEvent): void {
    const { fd, do: what, message } = event;
    switch (what) {
      case 'connect':
        this.#end(fd);
        this.#open.set(fd, this.#brokerLane ?? addLane(this.#board, this.#say('broker')));
        this.#row(event, 'connect', 'out', [fd], this.#say('broker.connect'));
        return;
      case 'publish':
        this.#row(event, 'broadcast', 'out', [fd], saying(relayed(message), this.#say));
        return;
      case 'message':
        this.#row(event, 'recv', 'in', [fd], saying(relayed(message), this.#say));
        return;
      case 'lost':
        if (fd < 0) return; // a try that failed
        this.#row(
          event,
          'disconnect',
          'mark',
          [this.#brokerLane === null ? fd : HOME],
          describeEnglish(message, this.#language),
        );
        this.#end(fd);
        return;
      default: // what is passed over says nothing, nor does a newer thing to do
        return;
    }
  }

  #broadcast(event: BroadcastStep & TraceEvent): void {
    for (const fd of event.to) this.#told.add(fd);
    const { length } = event.bytes;
    const what = framesOf(event.bytes, this.#say);
    const says = event.to.length === 0 ? this.#say('to-nobody', { what }) : what;
    this.#row(event, 'broadcast', 'out', event.to, says, length);
  }

  /** @param fds descriptors of connections, or `HOME` */
  #row(
    { turn, t, seq }: TraceEvent,
    kind: Kind,
    way: Row['way'],
    fds: readonly Fd[],
    says: string,
    bytes?: number,
  ): void {
    const lanes = fds.map((fd) => (fd === HOME ? this.#home : this.#laneOf(fd)));
    const size = bytes === undefined ? '' : this.#say('size', { bytes });
    const home = this.#home;
    this.#board.rows.push({ kind, turn, t, seq, home, way, lanes, says: printable(says), size });
  }

  /** A trace may begin in the middle: whoever has no lane yet gets one. */
  #laneOf(fd: Fd): number {
    let lane = this.#open.get(fd);
    if (lane === undefined) {
      lane = addLane(this.#board, this.#say('lane', { fd }));
      this.#open.set(fd, lane);
    }
    return lane;
  }

  /** A trace may name a newer cause. */
  #gone(code: string): string {
    const key = `cause.${code}`;
    return this.#say('gone', { cause: isText(key) ? this.#say(key) : code });
  }

  #listens(fd: Fd): string {
    const { host = '', port = 0 } = this.#view.sockets.get(fd) ?? {};
    return this.#say('listens', { host, port });
  }

  /** The reason stood on the wire in English; it is read back. */
  #refusal({ status, reason }: { status: number; reason: string }): string {
    return this.#say('refused', { status, reason: describeEnglish(reason, this.#language) });
  }

  #rename(fd: Fd): void {
    const name = this.#view.sockets.get(fd)?.name;
    const lane = this.#board.lanes[this.#open.get(fd) ?? -1];
    if (name && lane !== undefined) lane.name = printable(name);
  }

  #leave(fd: Fd): void {
    const lane = this.#board.lanes[this.#laneOf(fd)];
    if (lane !== undefined) lane.left = this.#board.rows.length - 1;
    this.#leaving.add(fd);
  }

  /** A turn begins: of those who left, the view keeps the ones whose last bytes wait. */
  #endLanes(): void {
    for (const fd of this.#leaving) if (!this.#view.sockets.has(fd)) this.#end(fd);
  }

  #end(fd: Fd): void {
    const number = this.#open.get(fd) ?? -1;
    const lane = this.#board.lanes[number];
    // a broker of several goes on for the others
    if (lane !== undefined && number !== this.#brokerLane) lane.gone = this.#board.rows.length;
    this.#open.delete(fd);
    this.#leaving.delete(fd);
    this.#told.delete(fd);
  }
}

function isText(key: string): key is keyof typeof diagram {
  return Object.hasOwn(diagram, key);
}
