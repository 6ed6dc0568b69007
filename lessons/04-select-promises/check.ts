import {
  AF_INET,
  FdSet,
  SimNet,
  SOCK_STREAM,
  SOL_TCP,
  type Socket,
  type SocketFunctions,
  socketFunctions,
} from 'loopscope';
import type { Check, Checker } from 'loopscope/lesson';
import type { After } from './exercise.js';
import recorded from './recorded.json' with { type: 'json' };

type Exercise = typeof import('./exercise.js');

/** The recorded calls that the exercise asks for; the third and the last two are not among them. */
const CALLS = [0, 1, 3, 4, 5, 6].map((i) => recorded.calls[i] as After);

/** Keys as text: who writes '2' for 2 knows what he says. */
const text = (keys: unknown): string => (Array.isArray(keys) ? keys.map(String).join() : 'null');

/** Whether it has the form of an entry; who leaves `$write` out means null. */
function isEntry(given: Partial<After>): boolean {
  const { returned, read, write = null } = given;
  return (
    typeof returned === 'number' && Array.isArray(read) && (write === null || Array.isArray(write))
  );
}

/** What was given in the place of six entries. */
const listOf = (given: unknown): string =>
  Array.isArray(given)
    ? `a list of ${given.length}`
    : given instanceof Object
      ? 'an object'
      : `${given}`;

/** What is probably believed by someone who fills in one call so. */
function misconception(call: number, given: Partial<After>, right: After): string {
  const read = text(given.read);
  const isRead = read === text(right.read);
  if (isRead && text(given.write) === text(right.write)) return 'wrong.count';
  if (isRead && right.write === null) return 'wrong.no-array';
  if (call === 1 && read === 'listener') return 'wrong.timeout-leaves';
  if ((call === 3 || call === 4) && (read === '0' || read === '1')) return 'wrong.renumbered';
  if (call === 4 && read === '') return 'wrong.once';
  if (call === 5 && read === '') return 'wrong.write-waits';
  if (call === 6 && read === '') return 'wrong.leaver';
  return 'wrong.not-taken-out';
}

/** Says what is believed, and not what is right: it is for the student to find. */
function checkCalls(given: readonly After[] | undefined, t: Checker): void {
  for (const [i, right] of CALLS.entries()) {
    const call = i + 1;
    t.step(`step.call.${call}`);
    const entry = Array.isArray(given) ? given[i] : undefined;
    t.expect(typeof entry === 'object' && entry !== null, 'wrong.six-entries', {
      given: listOf(given),
    });
    t.expect(isEntry(entry), 'wrong.entry', { call });
    const isRight =
      entry.returned === right.returned &&
      text(entry.read) === text(right.read) &&
      text(entry.write) === text(right.write);
    t.expect(isRight, misconception(call, entry, right), { call });
  }
}

const none = new FdSet();
/** How long nobody speaks, at most. */
const SILENCE_MS = 30_000;
/** Calls until one that waits must have waited. */
const MOST_CALLS = 100;

/** A server with its listener and two clients in the table, on the simulated network. */
async function openRoom(world: SimNet) {
  const net = world.host('server');
  const php = socketFunctions(net);
  const listener = php.socket_create(AF_INET, SOCK_STREAM, SOL_TCP);
  php.socket_bind(listener, 'server', 8080);
  await php.socket_listen(listener, 9);
  const sockets = new Map<string, Socket>([['listener', listener]]);
  const speak = new Map<string, (afterMs: number) => Promise<void>>();
  for (const name of ['ada', 'ming']) {
    const client = world.host(name);
    const fd = await client.connect({ host: 'server', port: 8080 });
    speak.set(name, async (afterMs) => {
      if (afterMs > 0) await client.select(none, none, none, afterMs);
      client.send(fd, Uint8Array.of(33));
    });
    await world.settle();
    const socket = php.socket_accept(listener);
    if (socket !== false) sockets.set(name, socket);
  }
  return { php, sockets, speak };
}

async function checkKeys(readableKeys: Exercise['readableKeys'], t: Checker): Promise<void> {
  for (const [silenceMs, says] of [
    [0, ['ming', 'ada']], // Ming's bytes are still there when Ada speaks
    [SILENCE_MS, ['ada']],
  ] as const) {
    const world = new SimNet({ latencyMs: 20 });
    const { php, sockets, speak } = await openRoom(world);
    const table = [...sockets.keys()];
    const spoken = new Set<string>();
    for (const name of says) {
      t.step(silenceMs > 0 ? 'step.speaks-late' : 'step.speaks', { name, s: silenceMs / 1000 });
      void speak.get(name)?.(silenceMs);
      spoken.add(name);
      if (spoken.size > 1) await world.settle(); // else the call has to wait for what is on its way
      t.step('step.keys');
      const calls = new Calls(php, sockets, t);
      const given = await readableKeys(calls.php, sockets);
      const left = [...sockets.keys()].join(' ') || 'nothing';
      const keys = table.filter((key) => spoken.has(key));
      const why = calls.misconception(given);
      t.expect(calls.isOver, 'wrong.not-awaited');
      const whose = calls.hadTable ? 'wrong.table-shrinks' : 'wrong.table-changed';
      t.equal([...sockets.keys()], table, whose, { left });
      t.expect(Array.isArray(given), 'wrong.keys');
      t.equal(given, keys, why, { seconds: calls.seconds ?? 0 });
    }
  }
}

/** PHP's functions, with an end to a loop that polls. */
class Calls {
  readonly php: SocketFunctions;
  /** The time-out of the last call; null for none. */
  seconds: number | null = null;
  /** Whether select was given the table itself. */
  hadTable = false;
  #calls = 0;
  #open = 0;

  constructor(php: SocketFunctions, table: Map<string, Socket>, t: Checker) {
    this.php = {
      ...php,
      socket_select: async (...sets: Parameters<SocketFunctions['socket_select']>) => {
        const [read, write, except, seconds, microseconds = 0] = sets;
        if ([read, write, except].some((set) => set === table)) this.hadTable = true;
        this.seconds = seconds === null ? null : seconds + microseconds / 1e6;
        if (++this.#calls > MOST_CALLS) {
          const why = this.seconds === null ? 'wrong.again' : 'wrong.polls';
          t.fail(why, { calls: this.#calls, seconds: this.seconds ?? 0 });
        }
        this.#open++;
        const returned = await php.socket_select(...sets);
        this.#open--;
        return returned;
      },
    };
  }

  /** Whether all calls have come back. */
  get isOver(): boolean {
    return this.#open === 0;
  }

  /** What is probably believed by someone who gives other keys. */
  misconception(given: readonly unknown[]): string {
    return given?.length === 0 && this.seconds !== null ? 'wrong.polls' : 'wrong.keys';
  }
}

export default (async ({ afterSelect, readableKeys }, t) => {
  checkCalls(afterSelect(), t);
  await checkKeys(readableKeys, t);
}) satisfies Check<Exercise>;
