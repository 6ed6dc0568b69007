import {
  type Address,
  type Net,
  SimNet,
  SO_REUSEADDR,
  SOL_SOCKET,
  type Socket,
  socketFunctions,
  Tape,
  type TraceEvent,
} from 'loopscope';
import type { Check, Checker } from 'loopscope/lesson';
import type { ListenerCalls } from './exercise.js';

const ADDRESS = { host: '127.0.0.1', port: 8080 };
/** As the messages say it: a port is a name, and has no comma for its thousands. */
const SAID = { ...ADDRESS, port: String(ADDRESS.port) };

/** A machine on which a server has just ended, so that its port is in TIME_WAIT. */
async function makeMachine(): Promise<{ world: SimNet; server: Net }> {
  const world = new SimNet();
  const server = world.host('server');
  const listener = await server.listen(ADDRESS);
  const client = world.host('client');
  const theirs = await client.connect(ADDRESS);
  await world.settle();
  const ours = server.accept(listener);
  for (const fd of [ours, listener]) server.close(fd);
  await world.settle();
  client.close(theirs);
  await world.settle();
  return { world, server };
}

/** Connects some clients. @returns how many got in; call it again after each accept */
async function knock(world: SimNet, address: Address, clients: number): Promise<() => number> {
  let connected = 0;
  for (let i = 1; i <= clients; i++) {
    const connect = world.host(`client-${i}`).connect(address);
    connect.then(
      () => connected++,
      () => {},
    );
  }
  await world.settle();
  return () => connected;
}

/** PHP's functions, which tell the history and what Linux would have said. */
class Calls {
  /** The misconception that shows in the calls so far. */
  problem: string | null = null;
  readonly php: ListenerCalls;

  constructor(t: Checker, net: Net) {
    const php = socketFunctions(net);
    let reuses = false;
    let isBound = false;
    this.php = {
      socket_create: (domain, type, protocol) => {
        t.step('step.create');
        return php.socket_create(domain, type, protocol);
      },
      socket_set_option: (socket, level, option, value) => {
        t.step('step.option', { option, value });
        reuses ||= level === SOL_SOCKET && option === SO_REUSEADDR && value === 1;
        return php.socket_set_option(socket, level, option, value);
      },
      socket_bind: (socket, host, port = 0) => {
        t.step('step.bind', { host, port: String(port) });
        if (!reuses) this.problem ??= 'wrong.option';
        isBound = true;
        // bind(2) asks for the option: here the port is in TIME_WAIT
        return reuses && php.socket_bind(socket, host, port);
      },
      socket_listen: (socket, backlog) => {
        t.step('step.listen', { backlog: backlog ?? 0 });
        if (!isBound) this.problem ??= 'wrong.bind';
        return php.socket_listen(socket, backlog);
      },
    };
  }
}

/** A trace of those who came and did not all get in. */
function traceOf(world: SimNet, server: Net, fd: number, backlog: number): TraceEvent[] {
  const tape = new Tape(() => server.now());
  tape.record({ step: 'socket', fd, domain: 'AF_INET', type: 'SOCK_STREAM', protocol: 'SOL_TCP' });
  tape.record({ step: 'bind', fd, ...ADDRESS });
  tape.record({ step: 'listen', fd, backlog });
  world.onArrive((host, step) => {
    if (host.name === 'server') tape.record(step);
  });
  return tape.events;
}

export default (async ({ openListener, getIn }, t: Checker) => {
  for (const clients of [10, 1, 3]) {
    const { world, server } = await makeMachine();
    t.step('step.open', { clients });
    const calls = new Calls(t, server);
    let fd: unknown;
    try {
      const socket: Socket | undefined = await openListener(calls.php, ADDRESS, clients);
      fd = socket?.fd;
    } catch (error) {
      if (calls.problem === null) throw error; // else it threw because of that
    }
    if (calls.problem !== null) t.fail(calls.problem, SAID);
    t.expect(typeof fd === 'number', 'wrong.bind', SAID);
    t.equal(server.getsockname(fd), ADDRESS, 'wrong.bind', SAID);
    t.step('step.knock', { clients: clients + 3 });
    t.trace = traceOf(world, server, fd, clients - 1);
    const connected = await knock(world, ADDRESS, clients + 3);
    t.equal(connected(), clients, 'wrong.backlog', { clients });
  }

  const { server } = await makeMachine();
  await server.listen(ADDRESS);
  t.step('step.taken');
  let refused = false;
  try {
    await openListener(new Calls(t, server).php, ADDRESS, 10);
  } catch {
    refused = true;
  }
  t.expect(refused, 'wrong.ignored', SAID);

  for (const [backlog, clients, accepted] of [
    [9, 12, 0],
    [9, 12, 1],
    [9, 12, 5],
    [9, 8, 0],
    [0, 3, 0],
    [4, 20, 3],
    [511, 20, 0],
  ] as const) {
    const world = new SimNet();
    const net = world.host('server');
    const listener = await net.listen(ADDRESS, { backlog });
    const trace = traceOf(world, net, listener, backlog);
    const connected = await knock(world, ADDRESS, clients);
    for (let i = 0; i < accepted; i++) {
      net.accept(listener);
      await world.settle();
    }
    t.step('step.get-in', { backlog, clients, accepted });
    t.trace = trace;
    const got = getIn(backlog, clients, accepted);
    t.equal(got, connected(), 'wrong.get-in', { backlog, room: backlog + 1, accepted });
  }
}) satisfies Check<typeof import('./exercise.js')>;
