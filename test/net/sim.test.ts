import { describe, expect, test, vi } from 'vitest';
import { type Fd, FdSet } from '../../src/net/net.js';
import { type SimArrival, type SimHost, SimNet, type SimNetOptions } from '../../src/net/sim.js';
import {
  bytesOf,
  codeOf,
  netContract,
  pattern,
  readable,
  recvAll,
  text,
  writable,
} from './net.contract.js';

netContract('SimNet', (options) => {
  const world = new SimNet();
  return { server: world.host('server', options), client: world.host('client'), end() {} };
});

netContract('SimNet of two machines, with jitter', (options) => {
  const world = new SimNet({ seed: 7, latencyMs: 3, jitterMs: 4 });
  const server = world.host('server', { ...options, address: '10.0.0.1' });
  return {
    server,
    client: world.host('client', { address: '10.0.0.2' }),
    host: '10.0.0.1',
    end() {},
  };
});

const none = new FdSet();
const PORT = 8_080;

/** Lets virtual time pass on a host. */
const sleep = (net: SimHost, ms: number) => net.select(none, none, none, ms);

/** A server that listens and one client, each a host. */
async function world(options: SimNetOptions = {}, backlog = 511) {
  const sim = new SimNet(options);
  const [server, client] = [sim.host('server'), sim.host('client')];
  const listener = await server.listen({ host: '', port: PORT }, { backlog });
  return { sim, server, client, listener };
}

/** One more connection. */
async function connection(
  server: SimHost,
  listener: Fd,
  client: SimHost,
): Promise<{ ours: Fd; theirs: Fd }> {
  const theirs = await client.connect({ host: server.name, port: PORT });
  await readable(server, listener);
  return { ours: server.accept(listener), theirs };
}

describe('the clock', () => {
  test('jumps to the next event: an hour is over when nothing else is to come', async () => {
    const { sim, server } = await world();
    await sleep(server, 3_600_000);
    expect(sim.now()).toBe(3_600_000);
  });

  test('a connect takes two latencies, and bytes take one', async () => {
    const { sim, server, client, listener } = await world({ latencyMs: 20 });
    const { ours, theirs } = await connection(server, listener, client);
    expect(sim.now()).toBe(60); // the third is the ACK that fills the accept queue
    client.send(theirs, bytesOf('x'));
    await readable(server, ours);
    expect(sim.now()).toBe(80);
  });

  test('each link has its own latency', async () => {
    const { sim, server, client, listener } = await world();
    const far = sim.host('far');
    sim.link('far', 'server', { latencyMs: 100 });
    const slow = connection(server, listener, far);
    const theirs = await client.connect({ host: 'server', port: PORT });
    expect(sim.now()).toBe(2);
    await readable(server, listener);
    const ours = server.accept(listener);
    await slow;
    expect(sim.now()).toBe(300);
    far.send(3, bytesOf('far'));
    client.send(theirs, bytesOf('near'));
    await readable(server, ours);
    expect(sim.now()).toBe(301);
    await readable(server, 5);
    expect(sim.now()).toBe(400);
  });

  test('jitter is by the seed, and keeps the order within a connection', async () => {
    const arrivals = async (seed: number) => {
      const { sim, server, client, listener } = await world({ seed, jitterMs: 50 });
      const { ours, theirs } = await connection(server, listener, client);
      const times: number[] = [];
      sim.onArrive((_, { kind }) => kind === 'bytes' && times.push(sim.now()));
      const sent = pattern(20);
      for (let i = 0; i < sent.length; i++) client.send(theirs, sent.subarray(i, i + 1));
      client.close(theirs);
      expect(await recvAll(server, ours)).toEqual(sent);
      return times;
    };
    const once = await arrivals(1);
    expect(new Set(once).size).toBeGreaterThan(2);
    expect(await arrivals(1)).toEqual(once);
    expect(await arrivals(2)).not.toEqual(once);
  });

  test('a loop that never waits lets time pass: 0.01 ms a turn', async () => {
    const { server, client, listener } = await world();
    const { ours, theirs } = await connection(server, listener, client);
    client.send(theirs, bytesOf('x'));
    const read = new FdSet([ours]);
    let turns = 0;
    while ((await server.select(read, none, none, 0)).read.length === 0) turns++;
    expect(turns).toBe(99);
  });

  test('who waits a moment is not late for its deadline by the turn before', async () => {
    const { sim, server } = await world();
    await sleep(server, 1);
    await sleep(server, 1);
    expect(sim.now()).toBe(2);
  });
});

describe('the order of programs', () => {
  test('is that of the events that wake them, not that of the calls', async () => {
    const { sim, server, listener } = await world();
    const hosts = ['a', 'b', 'c'].map((name) => sim.host(name));
    for (const host of hosts) await connection(server, listener, host);
    const order: string[] = [];
    const waiting = hosts.map(async (host) => {
      await readable(host, 3);
      order.push(host.name);
    });
    for (const fd of [6, 4, 5]) server.send(fd, bytesOf('x'));
    await Promise.all(waiting);
    expect(order).toEqual(['c', 'a', 'b']);
  });

  test('one runs until it waits again, however many awaits it takes', async () => {
    const { sim } = await world();
    const log: string[] = [];
    const program = async (host: SimHost, awaits: number) => {
      for (let turn = 0; turn < 3; turn++) {
        await sleep(host, 1);
        log.push(`${host.name} begins`);
        for (let i = 0; i < awaits; i++) await null;
        log.push(`${host.name} ends`);
      }
    };
    const all = [program(sim.host('a'), 50), program(sim.host('b'), 0), program(sim.host('c'), 7)];
    await Promise.all(all);
    const turn = ['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends'];
    expect(log).toEqual([...turn, ...turn, ...turn]);
  });

  test('all that arrives at one moment is seen in one turn', async () => {
    const { sim, server, client, listener } = await world();
    const first = await connection(server, listener, client);
    const second = await connection(server, listener, sim.host('other'));
    const waiting = server.select(new FdSet([second.ours, first.ours]), none, none);
    client.send(first.theirs, bytesOf('a'));
    client.send(first.theirs, bytesOf('b'));
    client.send(first.theirs, bytesOf('c'));
    server.send(first.ours, bytesOf('not this'));
    expect((await waiting).read).toEqual([first.ours]);
    expect(text(server.recv(first.ours, 100))).toBe('abc');
  });
});

describe('who drives the world', () => {
  test('settle lets everything under way arrive, and no time-out end', async () => {
    const { sim, server, client, listener } = await world();
    const theirs = await client.connect({ host: 'server', port: PORT });
    let over = false;
    void sleep(server, 1_000).then(() => {
      over = true;
    });
    client.send(theirs, bytesOf('x'));
    expect(sim.isIdle).toBe(false);
    await sim.settle();
    expect([sim.now(), sim.isIdle, over]).toEqual([3, true, false]);
    const ours = server.accept(listener);
    expect(text(server.recv(ours, 9))).toBe('x');
    await sim.settle();
    expect(sim.now()).toBe(3);
  });

  test('run goes to a time, with the time-outs until then', async () => {
    const sim = new SimNet({ driven: true });
    const server = sim.host('server');
    const turns: number[] = [];
    const loop = async () => {
      for (;;) {
        await sleep(server, 10);
        turns.push(sim.now());
      }
    };
    void loop();
    await sim.run(35);
    expect([sim.now(), turns]).toEqual([35, [10, 20, 30]]);
    await sim.run(40);
    expect(turns).toEqual([10, 20, 30, 40]);
  });

  test('a driven world moves only then', async () => {
    const sim = new SimNet({ driven: true });
    const host = sim.host('a');
    let woken = 0;
    void sleep(host, 10).then(() => woken++);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect([sim.now(), woken]).toEqual([0, 0]);
    await sim.run(10);
    expect([sim.now(), woken]).toEqual([10, 1]);
  });

  test('a held world stands still, settle too, until all have let go', async () => {
    const { sim, client } = await world();
    const release = [sim.hold(), sim.hold()];
    const connecting = client.connect({ host: 'server', port: PORT });
    let settled = false;
    const settling = sim.settle().then(() => {
      settled = true;
    });
    release[0]?.();
    release[0]?.(); // a second time changes nothing
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect([sim.now(), settled]).toEqual([0, false]);
    release[1]?.();
    await Promise.all([connecting, settling]);
    expect(settled).toBe(true);
  });

  test('a paused host stands still while bytes pile up, and then sees them at once', async () => {
    const { sim, server, client, listener } = await world();
    const { ours, theirs } = await connection(server, listener, client);
    const turns: string[] = [];
    const loop = async () => {
      const read = new FdSet([ours]);
      for (;;) {
        await server.select(read, none, none);
        turns.push(text(server.recv(ours, 100)));
      }
    };
    void loop();
    server.pause();
    for (const word of ['one ', 'two ', 'three']) {
      client.send(theirs, bytesOf(word));
      await sleep(client, 10);
    }
    await sim.settle();
    expect(turns).toEqual([]);
    expect(server.waiting).toEqual([{ read: [ours], write: [] }]);
    server.resume();
    await sim.settle();
    expect(turns).toEqual(['one two three']);
  });
});

describe('arrive', () => {
  test('tells what waits where; what is not accepted yet waits at the listener', async () => {
    const { sim, server, client, listener } = await world();
    const seen: [string, number, SimArrival][] = [];
    sim.onArrive((host, step) => seen.push([host.name, sim.now(), step]));
    const theirs = await client.connect({ host: 'server', port: PORT });
    client.send(theirs, bytesOf('early'));
    await sim.settle();
    const ours = server.accept(listener);
    client.send(theirs, bytesOf('late'));
    client.shutdown(theirs);
    server.send(ours, bytesOf('hi'));
    await sim.settle();
    client.reset(theirs);
    await sim.settle();
    const arrive = (fd: Fd, kind: SimArrival['kind'], length = 0) => ({
      step: 'arrive',
      fd,
      kind,
      length,
      connection: 1,
    });
    expect(seen).toEqual([
      ['server', 3, arrive(listener, 'connect')],
      ['server', 3, arrive(listener, 'bytes', 5)],
      ['server', 4, arrive(ours, 'bytes', 4)],
      ['server', 4, arrive(ours, 'fin')],
      ['client', 4, arrive(theirs, 'bytes', 2)],
      ['server', 5, arrive(ours, 'reset')],
    ]);
  });
});

describe('the accept queue', () => {
  test('a backlog of 9 admits ten of twelve connects; accept lets in the next', async () => {
    const { sim, server, client, listener } = await world({}, 9);
    const stands: number[] = [];
    const connects = Array.from({ length: 12 }, (_, i) =>
      client.connect({ host: 'server', port: PORT }).then(() => stands.push(i)),
    );
    await sim.settle();
    expect(stands).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const [first, second] = [server.accept(listener), server.accept(listener)];
    await Promise.all(connects);
    expect(stands.slice(10)).toEqual([10, 11]);
    await sim.settle();
    const ports = [first, second].map((fd) => server.getpeername(fd).port);
    while (codeOf(() => ports.push(server.getpeername(server.accept(listener)).port)) !== 'EAGAIN');
    expect(ports).toEqual(Array.from({ length: 12 }, (_, i) => 49_152 + i)); // in order of connecting
  });

  test('who waits in front of a listener is refused when it closes, who is in the queue is reset', async () => {
    const { sim, server, client, listener } = await world({}, 0);
    const first = await client.connect({ host: 'server', port: PORT });
    const second = client.connect({ host: 'server', port: PORT });
    const refused = expect(second).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await sim.settle();
    server.close(listener);
    await refused;
    expect(codeOf(() => client.recv(first, 1))).toBe('ECONNRESET');
  });

  test('a listener that closes during a handshake resets it', async () => {
    const { sim, server, client, listener } = await world();
    const connecting = client.connect({ host: 'server', port: PORT });
    await sim.run(1);
    server.close(listener);
    const theirs = await connecting;
    await sim.settle();
    expect(codeOf(() => client.recv(theirs, 1))).toBe('ECONNRESET');
  });
});

describe('the limit of descriptors', () => {
  test('accept fails with EMFILE, and the connection stays in the queue', async () => {
    const sim = new SimNet();
    const server = sim.host('server', { maxFds: 5 });
    const client = sim.host('client');
    const listener = await server.listen({ host: '', port: PORT });
    const { ours } = await connection(server, listener, client);
    const theirs = await client.connect({ host: 'server', port: PORT });
    await readable(server, listener);
    expect(() => server.accept(listener)).toThrow(
      'accept EMFILE: all 5 descriptors are taken: close one first',
    );
    await readable(server, listener);
    server.close(ours);
    expect(server.accept(listener)).toBe(ours);
    expect(codeOf(() => server.accept(listener))).toBe('EAGAIN');
    expect(server.getpeername(ours)).toEqual(client.getsockname(theirs));
  });

  test('connect and listen fail with EMFILE, and those under way count', async () => {
    const { sim } = await world();
    const host = sim.host('small', { maxFds: 5 });
    const connects = [1, 2].map(() => host.connect({ host: 'server', port: PORT }));
    const error = { code: 'EMFILE' };
    await expect(host.connect({ host: 'server', port: PORT })).rejects.toMatchObject(error);
    await expect(host.listen({ host: '', port: 0 })).rejects.toMatchObject(error);
    expect(await Promise.all(connects)).toEqual([3, 4]);
    host.close(3);
    await expect(host.connect({ host: 'server', port: 9 })).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    });
    expect(await host.listen({ host: '', port: 0 })).toBe(3);
  });
});

describe('addresses', () => {
  test('hosts of one address are processes of one machine and share its ports', async () => {
    const sim = new SimNet();
    const [one, two] = [sim.host('one'), sim.host('two')];
    const other = sim.host('other', { address: '10.0.0.2' });
    await one.listen({ host: '127.0.0.1', port: 80 });
    await expect(two.listen({ host: 'localhost', port: 80 })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
    await other.listen({ host: '0.0.0.0', port: 80 });
    await expect(two.listen({ host: '10.0.0.2', port: 81 })).rejects.toMatchObject({
      syscall: 'bind',
      code: 'EADDRNOTAVAIL',
    });
    const fds = [await two.connect({ host: 'one', port: 80 })];
    fds.push(await two.connect({ host: '10.0.0.2', port: 80 }));
    fds.push(await one.connect({ host: 'localhost', port: 80 }));
    expect(fds.map((fd, i) => (i < 2 ? two : one).getpeername(fd).host)).toEqual([
      '127.0.0.1',
      '10.0.0.2',
      '127.0.0.1',
    ]);
    expect(one.getsockname(4).port).toBe(49_154);
    await expect(two.connect({ host: 'nobody', port: 80 })).rejects.toMatchObject({
      syscall: 'connect',
      code: 'ENOTFOUND',
    });
    expect(() => sim.host('one')).toThrow('there is a host one already');
  });

  test('who closes first is in TIME_WAIT for a minute: bind needs SO_REUSEADDR', async () => {
    const { sim, server, client, listener } = await world();
    const { ours, theirs } = await connection(server, listener, client);
    server.close(listener);
    const again = (reuseAddress: boolean) =>
      server.listen({ host: '', port: PORT }, { reuseAddress });
    const error = {
      message: `bind EADDRINUSE: :${PORT} has connections, or is in TIME_WAIT: set SO_REUSEADDR, or wait`,
    };
    await expect(again(false)).rejects.toMatchObject(error);
    server.close(ours);
    await sim.settle();
    client.close(theirs);
    await sim.settle();
    await expect(again(false)).rejects.toMatchObject(error);
    server.close(await again(true));
    await sim.run(60_000);
    await expect(again(false)).rejects.toMatchObject(error);
    await sim.run(60_010);
    await again(false);
  });

  test('when the client closes first, or one resets, the port is free at once', async () => {
    const { sim, server, client, listener } = await world();
    const first = await connection(server, listener, client);
    const second = await connection(server, listener, client);
    server.close(listener);
    client.close(first.theirs);
    await sim.settle();
    server.close(first.ours);
    server.reset(second.ours);
    await sim.settle();
    await server.listen({ host: '', port: PORT }, { reuseAddress: false });
  });
});

describe('the buffers', () => {
  test('bytes wait at the sender until the receiver has room', async () => {
    const sim = new SimNet();
    const server = sim.host('server', { receiveBuffer: 1_000 });
    const client = sim.host('client', { sendBuffer: 1_500 });
    const listener = await server.listen({ host: '', port: PORT });
    const { ours, theirs } = await connection(server, listener, client);
    const bytes = pattern(5_000);
    const lengths: number[] = [];
    sim.onArrive((_, { length }) => lengths.push(length));

    expect(client.send(theirs, bytes)).toBe(1_500);
    expect(codeOf(() => client.send(theirs, bytes))).toBe('EAGAIN');
    await writable(client, theirs);
    expect(lengths).toEqual([1_000]);
    expect(client.send(theirs, bytes.subarray(1_500))).toBe(1_000); // 500 wait, 1,000 have left
    expect(codeOf(() => client.send(theirs, bytes))).toBe('EAGAIN');
    await sim.settle();
    expect(lengths).toEqual([1_000]);

    expect(server.recv(ours, 499)).toEqual(bytes.slice(0, 499));
    await sim.settle();
    expect(lengths).toEqual([1_000]); // a window of less than half the buffer is not announced
    server.recv(ours, 1);
    await sim.settle();
    expect(lengths).toEqual([1_000, 500]);
    client.close(theirs);
    expect(await recvAll(server, ours)).toEqual(bytes.slice(500, 2_500));
  });

  test('what is received is the receiver’s to change, also when one array went to many', async () => {
    const { server, client, listener } = await world();
    const [a, b] = [
      await connection(server, listener, client),
      await connection(server, listener, client),
    ];
    const bytes = bytesOf('shared');
    for (const { ours } of [a, b]) server.send(ours, bytes);
    await readable(client, b.theirs);
    client.recv(a.theirs, 100).fill(0);
    expect(text(client.recv(b.theirs, 100))).toBe('shared');
  });

  test('a close that throws bytes away sends RST, or FIN by option, as NodeNet does', async () => {
    for (const resetUnread of [true, false]) {
      const sim = new SimNet();
      const [server, client] = [sim.host('server', { resetUnread }), sim.host('client')];
      const listener = await server.listen({ host: '', port: PORT });
      const { ours, theirs } = await connection(server, listener, client);
      client.send(theirs, bytesOf('unread'));
      await readable(server, ours);
      server.close(ours);
      await sim.settle();
      const seen = codeOf(() => expect(client.recv(theirs, 1)).toHaveLength(0));
      expect(seen).toBe(resetUnread ? 'ECONNRESET' : 'no error');
    }
  });
});

test('in a page, which has no setImmediate, a message to itself does the same', async () => {
  vi.stubGlobal('setImmediate', undefined);
  vi.resetModules();
  const page = await import('../../src/net/sim.js');
  vi.unstubAllGlobals();
  const sim = new page.SimNet();
  const log: string[] = [];
  const programs = ['a', 'b'].map(async (name) => {
    const host = sim.host(name);
    for (let turn = 0; turn < 2; turn++) {
      await sleep(host, 1);
      for (let i = 0; i < 20; i++) await null;
      log.push(`${name} at ${sim.now()}`);
    }
  });
  await Promise.all(programs);
  expect(log).toEqual(['a at 1', 'b at 1', 'a at 2', 'b at 2']);
});

test('options that cannot be are refused', () => {
  const sim = new SimNet();
  expect(() => sim.host('a', { turnMs: 0 })).toThrow(RangeError);
  expect(() => sim.link('a', 'b', { latencyMs: -1 })).toThrow('latencyMs -1');
  expect(() => sim.run(Number.POSITIVE_INFINITY)).toThrow(RangeError);
});
