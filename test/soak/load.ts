/**
 * The load of a soak, in a process of its own: members of the room, by `ws`, who stay to the end and
 * talk, and visitors who come and go. Reports to its parent what it did and what was lost.
 */

import { once } from 'node:events';
import { WebSocket } from 'ws';
import { Random } from '../../src/net/sim.js';
import { Ledger, type Said, whatIsLost } from './ledger.js';
import { type Visit, visit, WAYS } from './visitor.js';

/** What the parent asks for. */
export interface Order {
  readonly port: number;
  /** Clients at a time, members and visitors. */
  readonly clients: number;
  /** Of them, those who stay. */
  readonly members: number;
  /** Milliseconds of talk. */
  readonly forMs: number;
  /** Milliseconds that a visitor stays at most. */
  readonly longestStayMs: number;
  readonly seed: number;
}

/** What the load did. */
export interface Done {
  /** Visits by the way of leaving. */
  readonly visits: Readonly<Record<string, number>>;
  /** Messages that members said. */
  readonly said: number;
  /** Messages that all members together heard. */
  readonly heard: number;
  /** Pongs that came to members. */
  readonly pongs: number;
  /** What was lost or out of order. */
  readonly lost: readonly string[];
}

/** Milliseconds for the last words to come to everyone. */
const LAST_WORDS_MS = 30_000;

/** One member: says its next message when it has heard its last. */
class Member {
  readonly ledger = new Ledger();
  said = 0;
  pongs = 0;
  readonly ws: WebSocket;
  readonly name: string;
  #onHeard: (said: Said) => void = () => {};

  constructor(port: number, name: string) {
    this.name = name;
    this.ws = new WebSocket(`ws://127.0.0.1:${port}`, { perMessageDeflate: false });
    this.ws.on('pong', () => this.pongs++);
    this.ws.on('error', (error) => {
      this.ledger.problem ??= error.message;
    });
    this.ws.on('message', (data) => {
      const message = JSON.parse(String(data)) as { type: string; from: string; content: string };
      if (message.type !== 'user') return;
      const said = JSON.parse(message.content) as Said;
      if (said.from !== message.from) this.ledger.problem ??= 'a message under another name';
      this.ledger.hear(said);
      this.#onHeard(said);
    });
  }

  async login(): Promise<void> {
    await once(this.ws, 'open');
    const isIn = new Promise<void>((resolve) => {
      const look = (data: WebSocket.RawData): void => {
        if (!String(data).startsWith(`{"type":"login","content":"${this.name}"`)) return;
        this.ws.off('message', look);
        resolve();
      };
      this.ws.on('message', look);
    });
    this.ws.send(JSON.stringify({ type: 'login', content: this.name }));
    await isIn;
  }

  /** Talks until told otherwise; a pause of some milliseconds lies between two messages. */
  async talk(isOver: () => boolean, pauseMs: () => number): Promise<void> {
    while (!isOver() && this.ws.readyState === WebSocket.OPEN) {
      const number = this.said++;
      const heard = new Promise<void>((resolve) => {
        this.#onHeard = ({ from, number: n }) => from === this.name && n === number && resolve();
        this.ws.once('close', () => resolve());
      });
      const content = JSON.stringify({ from: this.name, number });
      this.ws.send(JSON.stringify({ type: 'user', content }));
      if (number % 4 === 0) this.ws.ping('alive?');
      await heard;
      this.ws.removeAllListeners('close');
      await pause(pauseMs());
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

async function load({
  port,
  clients,
  members: count,
  forMs,
  longestStayMs,
  seed,
}: Order): Promise<Done> {
  const random = new Random(seed);
  const members = Array.from({ length: count }, (_, i) => new Member(port, `member ${i}`));
  await Promise.all(members.map((member) => member.login()));
  const end = performance.now() + forMs;
  const isOver = (): boolean => performance.now() >= end;
  const visits: Record<string, number> = Object.fromEntries(WAYS.map((way) => [way, 0]));
  let number = 0;
  const visitors = Array.from({ length: clients - count }, async () => {
    await pause(random.below(Math.min(2_000, forMs / 2))); // not all at once
    while (!isOver()) {
      const plan = nextVisit(random, number++, longestStayMs);
      visits[plan.way] = (visits[plan.way] ?? 0) + 1;
      await visit(port, plan);
    }
  });
  // together they say some 25 messages a second, each of which goes to every client
  const talks = members.map((member) => member.talk(isOver, () => count * (20 + random.below(40))));
  await Promise.all([...visitors, ...talks]);
  return finish(members, visits);
}

/**
 * One in forty logs in: each login tells everyone everyone's name, which in a full room is more than
 * all else together.
 */
function nextVisit(random: Random, number: number, longestStayMs: number): Visit {
  const way = WAYS[random.below(WAYS.length)] ?? 'close';
  const says = random.below(40) === 0 ? 1 + random.below(3) : 0;
  const staysMs = longestStayMs / 20 + random.below(0.95 * longestStayMs);
  return { name: `visitor ${number}`, way, says, staysMs };
}

/** When each has heard the last of the others, or the time for that is over. */
async function finish(members: Member[], visits: Record<string, number>): Promise<Done> {
  const said = new Map(members.map((member) => [member.name, member.said]));
  const ledgers = new Map(members.map(({ name, ledger }) => [name, ledger]));
  const until = performance.now() + LAST_WORDS_MS;
  while (whatIsLost(ledgers, said).length > 0 && performance.now() < until) await pause(50);
  const lost = whatIsLost(ledgers, said);
  const closed = members.map(({ ws }) => ws.readyState === WebSocket.CLOSED || once(ws, 'close'));
  for (const { ws } of members) ws.close(1000);
  await Promise.all(closed);
  const sum = (of: (member: Member) => number) => members.reduce((all, one) => all + of(one), 0);
  return {
    visits,
    said: sum((member) => member.said),
    heard: sum(({ ledger }) => ledger.heard),
    pongs: sum((member) => member.pongs),
    lost,
  };
}

process.once('disconnect', () => process.exit()); // done, or the parent is gone
process.once('message', (order: Order) => {
  void load(order).then((done) => process.send?.(done, () => process.disconnect()));
});
