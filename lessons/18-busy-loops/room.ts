/**
 * The room of this course, and one who says more at once than a turn deals with. Made for lesson 18.
 */

import {
  createRoom,
  type Fd,
  Random,
  runLoop,
  type TraceEvent,
  UNHURRIED,
  WebSocketClient,
} from 'loopscope';
import type { Networks } from 'loopscope/lesson';

/** What one turn of the room has dealt with. */
export interface Turn {
  /** Frames by client. */
  frames: Map<Fd, number>;
  /** Whose frames were in the room already when the turn began: select cannot see them. */
  pending: readonly Fd[];
}

/** What happened, and turn by turn what was dealt with once both had logged in. */
export interface Shares {
  events: TraceEvent[];
  turns: Turn[];
}

/** Bob says so many texts in one send, Ada says one behind him. */
export async function shares(
  { server: net, client, address }: Networks,
  texts: number,
): Promise<Shares> {
  const room = createRoom(net, UNHURRIED);
  const bind = (await room.listen(address)).find((step) => step.step === 'bind');
  const events: TraceEvent[] = [];
  const running = runLoop(net, room, (event) => void events.push(event));
  const people = [];
  const random = new Random(18); // a page's masks cannot be foretold; here runs have to repeat
  for (const name of ['Bob', 'Ada']) {
    const table = client(name);
    let heard = 0;
    let [wanted, tell] = [1, (): void => {}];
    const person = await WebSocketClient.connect(table, `ws://127.0.0.1:${bind?.port}`, {
      random: (bytes) => random.fill(bytes),
      onopen: () => person.send(JSON.stringify({ type: 'login', content: name })),
      onmessage: ({ text }) => {
        if (!text.includes('"handshake"') && ++heard >= wanted) tell();
      },
    });
    const hears = (count: number): Promise<void> =>
      new Promise((resolve) => {
        [heard, wanted, tell] = [0, count, resolve];
      });
    const isIn = hears(1);
    people.push({ person, hears, left: runLoop(table, person) });
    await isIn;
  }
  const begin = events.length;
  const all = people.map(({ hears }) => hears(texts + 1));
  for (const [i, { person }] of people.entries()) {
    for (let n = 0; n < (i === 0 ? texts : 1); n++) {
      person.send(JSON.stringify({ type: 'user', content: `text ${n}` }));
    }
  }
  await Promise.all(all);
  room.stop();
  await Promise.all([running, ...people.map(({ left }) => left)]);
  return { events, turns: turnsOf(events.slice(begin)) };
}

/** The turns that have dealt with texts. */
function turnsOf(events: readonly TraceEvent[]): Turn[] {
  const turns: Turn[] = [];
  let turn: Turn = { frames: new Map(), pending: [] };
  for (const event of events) {
    if (event.step === 'select') turn = { frames: new Map(), pending: event.pending ?? [] };
    if (event.step !== 'parse' || event.opcode !== 1) continue;
    turn.frames.set(event.fd, (turn.frames.get(event.fd) ?? 0) + 1);
    if (turns.at(-1) !== turn) turns.push(turn);
  }
  return turns;
}
