/**
 * The room, put together from a student's parts where there are some, and from the kit's.
 * @module
 */

import type { ServerOptions } from '../chat/limits.js';
import { KIT, type Parts } from '../chat/parts.js';
import { Room } from '../chat/room.js';
import { Server } from '../chat/server.js';
import type { Net, Ready } from '../net/net.js';
import type { Step } from '../trace/event.js';
import { OwnConnection } from './control.js';
import { ownBroadcast, ownDrain } from './fan-out.js';
import { ownFrames } from './frames.js';
import { ownHandshake } from './head.js';
import { OwnNet } from './net.js';
import { Table } from './table.js';
import type { YourParts } from './your-parts.js';

/**
 * Makes a room with a student's parts in it. It is the room in all else, with its limits.
 *
 * @param yours the parts, for this room alone
 */
export function createOwnRoom(net: Net, yours: YourParts, options: ServerOptions = {}): Server {
  const table = new Table();
  const front = new OwnNet(net, yours, table);
  const frames = ownFrames(yours);
  const parts: Parts = {
    handshake: (given) => ownHandshake(yours, given),
    connection: (given) => new OwnConnection(yours, frames, given),
    encode: frames.encode,
    broadcast: ownBroadcast(yours, table, net),
    drain: ownDrain(yours),
    waitAtMost: ownWait(yours),
  };
  // a frame that is compressed is each client's own, and lesson 13 makes one for all
  return new OwnServer(front, yours, table, { ...options, parts, deflate: null });
}

/** Tells, beside the room's steps, of the calls of one's own, and whose work a step was. */
class OwnServer extends Server {
  readonly #yours: YourParts;
  readonly #table: Table;

  constructor(net: Net, yours: YourParts, table: Table, options: ServerOptions) {
    super(net, new Room(), options);
    this.#yours = yours;
    this.#table = table;
    yours.isWatched = () => this.watched;
  }

  override *turn(ready: Ready): Generator<Step, void, void> {
    for (const step of super.turn(ready)) {
      if (step.step === 'deal') this.#table.dealt(step);
      yield* this.#yours.takeCalls();
      yield this.#yours.did(step.step) ? withYou(step) : step;
    }
    yield* this.#yours.takeCalls();
  }
}

function withYou(step: Step): Step {
  const marked = { ...step, by: 'you' as const };
  return marked;
}

/** How long select may wait: lesson 18. To sleep without end may be written as Infinity, and a time in whole ms. */
function ownWait(yours: YourParts): Parts['waitAtMost'] {
  return (now, deadlines) => {
    const due = KIT.waitAtMost(now, deadlines);
    let wait: unknown = due;
    const answer = yours.call({
      part: 'time-out',
      name: 'waitAtMost',
      args: [now, [...deadlines]],
      judge: (returned) => {
        wait = returned === Number.POSITIVE_INFINITY ? null : returned;
        const isNear = typeof wait === 'number' && wait >= 0 && Math.abs(wait - (due ?? -1)) < 1;
        return { given: wait, expected: isNear ? wait : due };
      },
    });
    return answer === null ? due : (wait as number | null);
  };
}
