import {
  AF_INET,
  SimNet,
  SOCK_STREAM,
  SOL_TCP,
  type Socket,
  type SocketFunctions,
  socketFunctions,
} from 'loopscope';
import type { Check, Checker } from 'loopscope/node';
import type { After } from './exercise.js';
import recorded from './recorded.json' with { type: 'json' };

type Exercise = typeof import('./exercise.js');

/** The recorded calls that the exercise asks for; the third and the last two are not among them. */
const CALLS = [0, 1, 3, 4, 5, 6].map((i) => recorded.calls[i] as After);

/** Keys as text: who writes '2' for 2 knows what he says. */
const text = (keys: unknown): string => (Array.isArray(keys) ? keys.map(String).join() : 'null');

/** What is probably believed by someone who fills in one call so. */
function misconception(call: number, given: Partial<After>, right: After): string {
  const read = text(given.read);
  if (read === text(right.read) && text(given.write) === text(right.write)) return 'wrong.count';
  if (call === 1 && read === 'listener') return 'wrong.timeout-leaves';
  if ((call === 3 || call === 4) && (read === '0' || read === '1')) return 'wrong.renumbered';
  if (call === 4 && read === '') return 'wrong.once';
  if (call === 5 && read === '') return 'wrong.write-waits';
  if (call === 6 && read === '') return 'wrong.leaver';
  return 'wrong.not-taken-out';
}

function checkCalls(given: readonly After[], t: Checker): void {
  const list = Array.isArray(given) ? given : [];
  for (const [i, right] of CALLS.entries()) {
    const call = i + 1;
    t.step(`step.call.${call}`);
    const { returned, read, write } = list[i] ?? ({} as Partial<After>);
    const answer = { returned, read: text(read), write: text(write) };
    const expected = { returned: right.returned, read: text(right.read), write: text(right.write) };
    const values = { call, php: recorded.php, returned: right.returned };
    t.equal(answer, expected, misconception(call, list[i] ?? {}, right), values);
  }
}

/** A server with its listener and two clients in the table, on the simulated network. */
async function openRoom(world: SimNet) {
  const net = world.host('server');
  const php = socketFunctions(net);
  const listener = php.socket_create(AF_INET, SOCK_STREAM, SOL_TCP);
  php.socket_bind(listener, 'server', 8080);
  await php.socket_listen(listener, 9);
  const sockets = new Map<string, Socket>([['listener', listener]]);
  const speak = new Map<string, () => void>();
  for (const name of ['ada', 'ming']) {
    const client = world.host(name);
    const fd = await client.connect({ host: 'server', port: 8080 });
    speak.set(name, () => client.send(fd, Uint8Array.of(33)));
    await world.settle();
    const socket = php.socket_accept(listener);
    if (socket !== false) sockets.set(name, socket);
  }
  return { php, sockets, speak };
}

async function checkKeys(readableKeys: Exercise['readableKeys'], t: Checker): Promise<void> {
  const world = new SimNet({ latencyMs: 20 });
  const { php, sockets, speak } = await openRoom(world);
  const table = [...sockets.keys()];
  for (const [names, keys] of [
    [['ming'], ['ming']],
    [['ada'], ['ada', 'ming']], // Ming's bytes are still there
  ] as const) {
    for (const name of names) {
      t.step('step.speaks', { name });
      speak.get(name)?.();
    }
    if (keys.length > 1) await world.settle(); // else the call has to wait for what is on its way
    t.step('step.keys');
    const given = await readableKeys(counted(php, t), sockets);
    const left = [...sockets.keys()].join(' ') || 'nothing';
    t.equal([...sockets.keys()], table, 'wrong.table-shrinks', { left });
    t.expect(Array.isArray(given), 'wrong.keys');
    t.equal(given, keys, given.length === 0 ? 'wrong.polls' : 'wrong.keys');
  }
}

/** PHP's functions, with an end to a loop that polls. */
function counted(php: SocketFunctions, t: Checker): SocketFunctions {
  let calls = 0;
  return {
    ...php,
    socket_select(...sets: Parameters<SocketFunctions['socket_select']>) {
      if (++calls > 100) t.fail('wrong.polls');
      return php.socket_select(...sets);
    },
  };
}

export default (async ({ afterSelect, readableKeys }, t) => {
  checkCalls(afterSelect(), t);
  await checkKeys(readableKeys, t);
}) satisfies Check<Exercise>;
