/**
 * What a Lamport diagram of a trace shows: a lane for each process, time downwards, a row for what
 * went from one to another. The server's is the only clock: a client's end of an arrow says whose it
 * is, and not when. Drawn by lamport-text.ts and lamport-svg.ts.
 * @module
 */

import { fromUtf8Lossy } from '../bytes.js';
import type { Fd } from '../net/net.js';
import { diagram } from '../texts/diagram.en.js';
import { diagram as diagramZh } from '../texts/diagram.zh.js';
import type { Language } from '../texts/language.js';
import { type Say, speakers } from '../texts/say.js';
import { FrameDecoder } from '../websocket/decoder.js';
import { opcodeName } from '../websocket/frame.js';
import { cut } from './columns.js';
import { describeEnglish } from './english.js';
import type { BroadcastStep, BrokerStep, RecvStep, TraceEvent } from './event.js';
import { printable } from './text.js';
import { emptyView, foldEvent, jsonOf, type View } from './view.js';

/** What a row is about; each has its letter and its colour. */
export type Kind =
  | 'connect'
  | 'handshake'
  | 'recv'
  | 'broadcast'
  | 'send'
  | 'fin'
  | 'disconnect'
  | 'error'
  | 'block'
  | 'listen';

/** One row: an arrow to the server or from it, or a mark on one lane. */
export interface Row {
  kind: Kind;
  turn: number;
  t: number;
  /** The number of its event in the trace. */
  seq: number;
  /** An arrow `in` starts at a client, one `out` ends there; a mark stands at the lane itself. */
  way: 'in' | 'out' | 'mark';
  /** The clients' lanes; the server's, 0, for a mark of its own. */
  lanes: number[];
  /** What is said; it is cut where there is no room. */
  says: string;
  /** What must not be cut: the number of bytes. */
  size: string;
}

/** One process; lane 0 is the server. From which row it is there, since when it has left, when it ends. */
export interface Lane {
  name: string;
  from: number;
  left: number;
  gone: number;
}

/** Says a text of the diagram. */
export type DiagramSay = Say<keyof typeof diagram>;

/** The voice of a language. */
export const diagramIn = speakers({ en: diagram, zh: diagramZh }, { grouping: false });

/** A trace as rows and lanes. */
export class Diagram {
  readonly rows: Row[] = [];
  readonly lanes: Lane[] = [];
  readonly #events: readonly TraceEvent[];
  readonly #language: Language | undefined;
  readonly #say: DiagramSay;
  readonly #view: View = emptyView();
  /** Lanes of connections that are there. */
  readonly #open = new Map<Fd, number>();
  readonly #leaving = new Set<Fd>();
  /** Who was told something that its next send carries. */
  readonly #told = new Set<Fd>();

  /** @param language what is said in; names, and what stood on the wire, stay as they were */
  constructor(events: readonly TraceEvent[], language?: Language) {
    this.#events = events;
    this.#language = language;
    this.#say = diagramIn(language);
    this.#addLane(this.#say('server'));
    for (const [i, event] of events.entries()) {
      foldEvent(this.#view, event);
      this.#add(event, i);
    }
  }

  #add(event: TraceEvent, index: number): void {
    switch (event.step) {
      case 'listen':
        this.#row(event, 'listen', 'mark', [0], this.#listens(event.fd));
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
          [0],
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
        this.#open.set(fd, this.#addLane(this.#say('broker')));
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
        this.#row(event, 'disconnect', 'mark', [fd], describeEnglish(message, this.#language));
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

  /** @param fds descriptors of connections; 0, never one of those, is the server itself */
  #row(
    { turn, t, seq }: TraceEvent,
    kind: Kind,
    way: Row['way'],
    fds: readonly Fd[],
    says: string,
    bytes?: number,
  ): void {
    const lanes = fds.map((fd) => (fd === 0 ? 0 : this.#laneOf(fd)));
    const size = bytes === undefined ? '' : this.#say('size', { bytes });
    this.rows.push({ kind, turn, t, seq, way, lanes, says: printable(says), size });
  }

  /** A trace may begin in the middle: whoever has no lane yet gets one. */
  #laneOf(fd: Fd): number {
    let lane = this.#open.get(fd);
    if (lane === undefined) {
      lane = this.#addLane(this.#say('lane', { fd }));
      this.#open.set(fd, lane);
    }
    return lane;
  }

  #addLane(name: string): number {
    const never = Number.POSITIVE_INFINITY;
    return this.lanes.push({ name, from: this.rows.length, left: never, gone: never }) - 1;
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
    const lane = this.lanes[this.#open.get(fd) ?? -1];
    if (name && lane !== undefined) lane.name = printable(name);
  }

  #leave(fd: Fd): void {
    const lane = this.lanes[this.#laneOf(fd)];
    if (lane !== undefined) lane.left = this.rows.length - 1;
    this.#leaving.add(fd);
  }

  /** A turn begins: of those who left, the view keeps the ones whose last bytes wait. */
  #endLanes(): void {
    for (const fd of this.#leaving) if (!this.#view.sockets.has(fd)) this.#end(fd);
  }

  #end(fd: Fd): void {
    const lane = this.lanes[this.#open.get(fd) ?? -1];
    if (lane !== undefined) lane.gone = this.rows.length;
    this.#open.delete(fd);
    this.#leaving.delete(fd);
    this.#told.delete(fd);
  }
}

function isText(key: string): key is keyof typeof diagram {
  return Object.hasOwn(diagram, key);
}

/**
 * What an event of a trace says to who looks at it from outside: what came in, or what goes out.
 *
 * @returns '' where it carries nothing that was said
 */
export function saidAt(events: readonly TraceEvent[], index: number, language?: Language): string {
  const event = events[index];
  if (event?.step === 'broadcast') return printable(framesOf(event.bytes, diagramIn(language)));
  if (event?.step !== 'recv') return '';
  const say = diagramIn(language);
  return printable(event.bytes.length === 0 ? say('fin') : received(events, index, event, say));
}

/** What received bytes turned out to be: the steps behind a recv, up to the next one, say it. */
function received(
  events: readonly TraceEvent[],
  index: number,
  { fd, bytes, call, length = bytes.length }: RecvStep,
  say: DiagramSay,
): string {
  const said: string[] = [];
  for (let i = index + 1; i < events.length; i++) {
    const event = events[i];
    if (event === undefined || event.step === 'recv' || event.step === 'select') break;
    if (!('fd' in event) || event.fd !== fd) continue;
    if (event.step === 'handshake') said.push(say('request'));
    if (event.step === 'parse') said.push(opcodeName(event.opcode));
    // the text is better than the name of the frame that it came in
    if (event.step === 'deal' && event.message !== '')
      said.splice(-1, 1, saying(event.message, say));
    if (event.step === 'disconnect') break;
  }
  if (said.length > 0) return said.join(' + ');
  // of a stranger's bytes nobody knows when they are whole
  return call === undefined ? say('unfinished') : plain(bytes, length, say);
}

/** Characters of a text that is none of ours. */
const PLAIN = 60;

/** Bytes that are no frames: their first line, where they are text. */
function plain(bytes: Uint8Array, length: number, say: DiagramSay): string {
  const [line = ''] = fromUtf8Lossy(bytes.subarray(0, PLAIN)).split(/\r?\n/);
  const isText = line !== '' && !/[\p{Cc}\ufffd]/u.test(line);
  return isText ? `"${line}"` : say('size', { bytes: length }).trim();
}

/** What a loop said, without what is around it on its way. */
function relayed(json: string): string {
  try {
    return jsonOf(JSON.parse(json)?.message) ?? json;
  } catch {
    return json;
  }
}

/** What a frame of the server's says. */
function framesOf(bytes: Uint8Array, say: DiagramSay): string {
  const frames = new FrameDecoder('server').feed(bytes);
  return frames
    .map(({ opcode, payload }) =>
      opcode === 1 ? saying(fromUtf8Lossy(payload), say) : opcodeName(opcode),
    )
    .join(' + ');
}

/** A message of the chat in a few words: `"hello"`, `Ada: "hello"`, `login "Ada"`. */
function saying(json: string, say: DiagramSay): string {
  let message: Record<string, unknown> | null = null;
  try {
    message = JSON.parse(json);
  } catch {
    // then it is shown as it is
  }
  if (typeof message?.type !== 'string') return json;
  const { type, from, content } = message;
  const said = typeof content === 'string' ? `"${content}"` : jsonOf(content);
  if (type !== 'user') return said === undefined ? type : `${type} ${said}`;
  return typeof from === 'string' ? say('said', { from, what: `${said}` }) : `${said}`;
}

/** The letter of each kind, in text the sign of a mark. */
export const SIGNS: Record<Kind, string> = {
  connect: 'C',
  handshake: 'H',
  recv: 'R',
  broadcast: 'B',
  send: 'S',
  fin: 'F',
  disconnect: '×',
  error: '!',
  block: '■',
  listen: '●',
};

/** What a row says, cut to so many columns; the number of bytes stays. */
export function labelOf({ says, size }: Row, columns: number): string {
  return cut(`${cut(says, Math.max(8, columns - size.length))}${size}`, columns);
}
