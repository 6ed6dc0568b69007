/**
 * Who hears a message and how it goes out, where that may be a student's: the broadcast of lesson 13, the
 * states of 14, the outbox of 17.
 * @module
 */

import type { Broadcast, Hearer, Parts } from '../chat/parts.js';
import { KIT } from '../chat/parts.js';
import { Named } from '../lesson/shown.js';
import { type Fd, FdSet, type Net, SocketError } from '../net/net.js';
import { mine } from '../texts/mine.en.js';
import { fill } from '../texts/say.js';
import { Connection } from '../websocket/connection.js';
import { ServerHandshake } from '../websocket/handshake.js';
import type { Message } from '../websocket/message.js';
import { lend, type Table } from './table.js';
import type { YourParts } from './your-parts.js';

const NOTHING = new Uint8Array(0);

/** What a part knows of these: their state alone, so all clients show the same. */
const HANDSHAKE = new ServerHandshake();
const CONNECTION = new Connection('server');

/** The broadcast of one room. */
export function ownBroadcast(yours: YourParts, table: Table, net: Net): Parts['broadcast'] {
  return (clients, message, queue, encode) => {
    const all = [...clients];
    askHearers(yours, all);
    const open = all.filter(({ isOpen }) => isOpen);
    if (!message.isText || !yours.has('broadcast')) {
      return KIT.broadcast(open, message, queue, encode);
    }
    const bytes = encode();
    askBroadcast(yours, table, net, open, message, bytes);
    for (const client of open) queue(client, bytes);
    return [{ to: open.map(({ fd }) => fd), bytes }] satisfies Broadcast[];
  };
}

/** How far a client is, as lesson 14 has it. */
function stateOf({ isOpen, phase }: Hearer): string {
  return phase === 'handshake' ? 'handshaking' : isOpen ? 'open' : 'closing';
}

function askHearers(yours: YourParts, all: readonly Hearer[]): void {
  if (!yours.has('states')) return;
  const rows = all.map((client) => ({
    state: stateOf(client),
    handshake: HANDSHAKE,
    connection: CONNECTION,
  }));
  const indexes = (list: unknown): unknown =>
    Array.isArray(list) ? list.map((one) => all[rows.indexOf(one)]?.fd ?? one) : list;
  yours.call({
    part: 'states',
    name: 'hearers',
    args: [
      all.map((one) => new Named(fill(mine['shown.state'], { fd: one.fd, state: stateOf(one) }))),
    ],
    run: (own) => own([...rows]),
    judge: (returned) => ({
      given: indexes(returned),
      expected: all.filter(({ isOpen }) => isOpen).map(({ fd }) => fd),
    }),
  });
}

function askBroadcast(
  yours: YourParts,
  table: Table,
  net: Net,
  open: readonly Hearer[],
  message: Message,
  bytes: Uint8Array,
): void {
  const to = open.map(({ fd }) => fd);
  const gone = new Set(to.filter((fd) => isGone(net, fd) !== null));
  const rows = new Map(to.map((fd) => [fd, table.row(fd)]));
  const log: unknown[] = [];
  const frames = new Set<Uint8Array>();
  // what goes out waits for the end of the turn, as everything in the room does
  const lent = lend(net, {
    send: (fd, frame) => {
      const error = isGone(net, fd);
      if (error !== null) throw error;
      log.push({ sends: fd, bytes: new Uint8Array(frame) });
      frames.add(frame);
      return frame.length;
    },
  });
  const { speaker } = table;
  yours.call({
    part: 'broadcast',
    name: 'broadcast',
    args: [new Named('net'), rows, speaker, message.text],
    run: (own) => {
      const steps = own(lent, new Map(rows), speaker, message.text) as Iterable<unknown>;
      for (const step of steps) {
        log.push(step);
        if (log.length > 2 * to.length + MORE) break; // it has no end, or says far too much
      }
    },
    judge: () => {
      const sends = to.filter((fd) => !gone.has(fd));
      const length = bytes.length;
      return {
        given: { did: inOrder(log), frames: frames.size },
        expected: {
          did: [
            { step: 'broadcast', to, bytes },
            ...sends.map((fd) => ({ sends: fd, bytes })),
            ...sends.map((fd) => ({ step: 'send', fd, length, taken: length })),
          ],
          frames: Math.min(1, sends.length), // one array serves everyone
        },
      };
    },
  });
}

/** Steps beyond those that are due, after which nothing more is asked for. */
const MORE = 16;

/** First what it told before it sent; then what it sent, and what it told of that. */
function inOrder(log: readonly unknown[]): unknown[] {
  const isSend = (one: unknown): boolean =>
    typeof one === 'object' && one !== null && 'sends' in one;
  const first = log.findIndex(isSend);
  const [before, behind] = first === -1 ? [log, []] : [log.slice(0, first), log.slice(first)];
  return [...before, ...behind.filter(isSend), ...behind.filter((one) => !isSend(one))];
}

/** Why nothing can be sent to one any more; null where it can. Asked with no bytes, so none go out. */
function isGone(net: Net, fd: Fd): SocketError | null {
  try {
    net.send(fd, NOTHING);
    return null;
  } catch (error) {
    return error instanceof SocketError && error.code !== 'EAGAIN' ? error : null;
  }
}

/** What sends what waits for a client of one room. */
export function ownDrain(yours: YourParts): Parts['drain'] {
  return (net, client, write, joiner) => {
    const { fd, outbox } = client;
    if (outbox.length === 0 || !yours.has('outbox')) return KIT.drain(net, client, write, joiner);
    let taken: number | null = null;
    let failed: unknown;
    const before = [...write];
    const watched = new FdSet(before);
    const lent = {
      get length() {
        return outbox.length;
      },
      push: () => lend(net, {}).send(fd, NOTHING),
      flush: () => {
        try {
          const now = outbox.flush(net, fd, joiner);
          taken = (taken ?? 0) + now;
          return now;
        } catch (error) {
          failed = error;
          throw error;
        }
      },
    };
    yours.call({
      part: 'outbox',
      name: 'drain',
      args: [
        new Named('net'),
        new Named(fill(mine['shown.outbox'], { fd, length: outbox.length })),
        watched,
      ],
      run: (own) => own(lend(net, {}), { fd, outbox: lent }, watched),
      judge: () => {
        const others = before.filter((one) => one !== fd);
        return {
          given: { flushed: taken !== null, write: [...watched].sort(byNumber) },
          expected: {
            flushed: true,
            write: (outbox.length > 0 ? [...others, fd] : others).sort(byNumber),
          },
        };
      },
      passes: (error) => failed !== undefined && error === failed,
    });
    if (failed !== undefined) throw failed;
    return taken ?? KIT.drain(net, client, write, joiner);
  };
}

function byNumber(a: Fd, b: Fd): number {
  return a - b;
}
