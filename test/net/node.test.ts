import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { FdSet } from '../../src/net/net.js';
import { NodeNet } from '../../src/net/node.js';
import { memoryNow } from '../support/memory.js';
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

netContract('NodeNet', (options) => {
  const [server, client] = [new NodeNet(options), new NodeNet()];
  return { server, client, end: () => [server, client].forEach((net) => void net.closeAll()) };
});

const none = new FdSet();
const host = '127.0.0.1';
let net = new NodeNet();
const peers: Socket[] = [];
afterEach(() => {
  vi.useRealTimers();
  for (const peer of peers.splice(0)) peer.destroy();
  net.closeAll();
  net = new NodeNet();
});

/** A connection whose other end is a plain socket of Node. */
async function withRawPeer(): Promise<{ fd: number; peer: Socket }> {
  const listener = await net.listen({ host, port: 0 });
  const peer = connect({ ...net.getsockname(listener), allowHalfOpen: true });
  peer.on('error', () => {});
  peers.push(peer);
  await Promise.all([once(peer, 'connect'), readable(net, listener)]);
  return { fd: net.accept(listener), peer };
}

/** The handles of sockets that keep this process alive. */
const handles = () => process.getActiveResourcesInfo().filter((kind) => kind.startsWith('TCP'));

/** Lets the loop go round, so that handles which were closed are gone. */
async function polls(count: number): Promise<void> {
  for (let i = 0; i < count; i++) await net.select(none, none, none, 0);
}

/** Takes all that came first, while more waits behind it. @returns its memory, held weakly */
async function takenFromFlood(fd: number, peer: Socket): Promise<WeakRef<ArrayBufferLike>> {
  const has = (least: number) => vi.waitUntil(() => lengthQueued(fd) >= least, PATIENT);
  peer.write(new Uint8Array(40_000));
  await has(40_000);
  peer.write(new Uint8Array(1));
  await has(40_001);
  return new WeakRef(net.recv(fd, 40_000).buffer);
}

function lengthQueued(fd: number): number {
  const queued = net.queued(fd);
  return queued.kind === 'bytes' ? queued.length : 0;
}

const PATIENT = { timeout: 60_000, interval: 1 };

describe('NodeNet with plain sockets', () => {
  test('talks to a peer that knows nothing of it', async () => {
    const { fd, peer } = await withRawPeer();
    peer.end('hello');
    expect(text(await recvAll(net, fd))).toBe('hello');
    net.send(fd, bytesOf('world'));
    net.close(fd);
    const [answer] = await once(peer, 'data');
    expect(String(answer)).toBe('world');
  });

  test('joins chunks up to the length that is asked for', async () => {
    const { fd, peer } = await withRawPeer();
    const bytes = pattern(300_000);
    net.setsockopt(fd, 'SO_RCVBUF', 1_000_000);
    peer.end(bytes);
    let received = 0;
    for (let length = 1; received < bytes.length; length = (length * 3) % 70_001) {
      await readable(net, fd);
      const part = net.recv(fd, length);
      expect(Buffer.compare(part, bytes.subarray(received, received + part.length))).toBe(0);
      received += part.length;
    }
  });

  test('a chunk is given as it came, without a copy', async () => {
    const { fd, peer } = await withRawPeer();
    peer.write('abcdef');
    await readable(net, fd);
    const [first, second] = [net.recv(fd, 2), net.recv(fd, 100)];
    expect(text(second)).toBe('cdef');
    expect(first.buffer).toBe(second.buffer);
  });

  test('what was taken is let go, though more has come each time', async () => {
    const { fd, peer } = await withRawPeer();
    const taken = await takenFromFlood(fd, peer);
    for (let i = 0; i < 100 && taken.deref() !== undefined; i++) {
      await polls(1);
      memoryNow(); // collects
    }
    expect(taken.deref()).toBeUndefined();
    expect(net.recv(fd, 10), 'it was never empty').toHaveLength(1);
  });

  test('a connection that Node loses on the way in is given by accept, and recv tells why', async () => {
    const listener = await net.listen({ host, port: 0 });
    const peer = connect(net.getsockname(listener));
    await Promise.all([once(peer, 'connect'), readable(net, listener)]);
    peer.resetAndDestroy();
    await polls(5);
    const fd = net.accept(listener);
    expect(net.getpeername(fd).host).toBe(host);
    await readable(net, fd);
    expect(codeOf(() => net.recv(fd, 1))).toBe('ECONNRESET');
  });

  test('what arrived behind a full receive buffer is kept when RST follows', async () => {
    const { fd, peer } = await withRawPeer();
    net.setsockopt(fd, 'SO_RCVBUF', 1);
    peer.write('a');
    await readable(net, fd);
    peer.write('bcd');
    await polls(5);
    peer.resetAndDestroy();
    let received = '';
    for (let code = 'no error'; code === 'no error'; ) {
      await readable(net, fd);
      code = codeOf(() => {
        received += text(net.recv(fd, 1));
      });
    }
    expect(received).toBe('abcd');
  });
});

describe('NodeNet SO_RCVBUF', () => {
  test('a full buffer lets nothing in until half of it is free', async () => {
    const { fd, peer } = await withRawPeer();
    net.setsockopt(fd, 'SO_RCVBUF', 10_000);
    peer.write(pattern(10_000));
    await vi.waitUntil(() => lengthQueued(fd) === 10_000, PATIENT);
    peer.write(pattern(10_000));
    expect(net.recv(fd, 4_999)).toHaveLength(4_999);
    await polls(20);
    expect(net.recv(fd, 100_000)).toHaveLength(5_001);
    await readable(net, fd);
    expect(net.recv(fd, 100_000)).toHaveLength(10_000);
  });

  test('takes several chunks of libuv by itself, one after the other', async () => {
    const { fd, peer } = await withRawPeer();
    peer.write(pattern(300_000));
    await vi.waitUntil(() => lengthQueued(fd) === 300_000, PATIENT);
  });
});

describe('NodeNet close', () => {
  test('a peer that does not read keeps it for 2 seconds at most', async () => {
    await polls(5); // what tests before have closed is gone
    const { fd, peer } = await withRawPeer();
    net.setsockopt(fd, 'SO_SNDBUF', 50_000_000);
    net.send(fd, new Uint8Array(50_000_000));
    const before = handles().length;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    net.close(fd);
    vi.advanceTimersByTime(1_999);
    await polls(5);
    expect(handles()).toHaveLength(before);
    vi.advanceTimersByTime(1);
    await polls(5);
    expect(handles()).toHaveLength(before - 1);
    let received = 0;
    peer.on('data', (chunk) => {
      received += chunk.length;
    });
    await once(peer, 'end').catch(() => {}); // what it sees of RST is up to its own libuv
    expect(received).toBeLessThan(50_000_000);
  });

  test('what the peer sends to a closed descriptor is thrown away', async () => {
    const { fd, peer } = await withRawPeer();
    net.setsockopt(fd, 'SO_SNDBUF', 8_000_000);
    net.send(fd, new Uint8Array(8_000_000));
    net.close(fd);
    peer.write(pattern(100_000));
    let received = 0;
    peer.on('data', (chunk) => {
      received += chunk.length;
    });
    await once(peer, 'end');
    expect(received).toBe(8_000_000);
  });

  test('a select that watches what is closed meanwhile fails with EBADF', async () => {
    const { fd } = await withRawPeer();
    const waiting = net.select(new FdSet([fd]), none, none);
    await net.select(none, none, none, 0);
    net.close(fd);
    await expect(waiting).rejects.toMatchObject({ syscall: 'select', code: 'EBADF' });
  });

  test('closeAll leaves no handle, whatever state the sockets were in', async () => {
    await polls(5);
    const before = handles();
    const listener = await net.listen({ host, port: 0 });
    const address = net.getsockname(listener);
    for (let i = 0; i < 5; i++) await net.connect(address);
    await readable(net, listener);
    const [shut, lingering, failing] = [
      net.accept(listener),
      net.accept(listener),
      net.accept(listener),
    ];
    net.shutdown(shut);
    net.setsockopt(lingering, 'SO_SNDBUF', 50_000_000);
    net.send(lingering, new Uint8Array(50_000_000));
    net.close(lingering);
    net.reset(failing);
    const connecting = net.connect(address);
    net.closeAll();
    await expect(connecting).rejects.toMatchObject({ syscall: 'connect', code: 'ECONNABORTED' });
    await polls(5);
    expect(handles()).toEqual(before);
  });
});

describe('NodeNet select', () => {
  test('looks at what is ready, not at what is open', async () => {
    const listener = await net.listen({ host, port: 0 });
    const address = net.getsockname(listener);
    const clients = new NodeNet();
    const read = new FdSet([listener]);
    const theirs: number[] = [];
    while (theirs.length < 500) {
      theirs.push(await clients.connect(address));
      await readable(net, listener);
      read.add(net.accept(listener));
    }
    clients.send(theirs[7] ?? 0, bytesOf('x'));
    clients.send(theirs[400] ?? 0, bytesOf('x'));
    await readable(net, 4 + 7);
    await readable(net, 4 + 400);
    const ready = await net.select(read, none, none);
    expect(ready).toMatchObject({ read: [11, 404], scanned: 501, examined: 2 });
    clients.closeAll();
  });

  test('several may wait at once', async () => {
    const listener = await net.listen({ host, port: 0 });
    const waiting = [1, 2, 3].map(() => net.select(new FdSet([listener]), none, none, 5_000));
    await net.connect(net.getsockname(listener));
    for (const ready of await Promise.all(waiting)) expect(ready.read).toEqual([listener]);
  });

  test('does not starve timers and other sockets', async () => {
    const busy = await withRawPeer();
    const other = await withRawPeer();
    busy.peer.write('x');
    const timer = new Promise((resolve) => setTimeout(resolve, 1));
    let done = false;
    void Promise.all([timer, once(other.peer, 'data')]).then(() => {
      done = true;
    });
    net.send(other.fd, bytesOf('y'));
    let turns = 0;
    while (!done && turns++ < 100_000) await readable(net, busy.fd); // ready at once, every time
    expect(done).toBe(true);
  });

  test('a send buffer made smaller while bytes wait becomes writable in the end', async () => {
    const { fd, peer } = await withRawPeer();
    const write = new FdSet([fd]);
    const bytes = pattern(10_000);
    do {
      net.setsockopt(fd, 'SO_SNDBUF', 262_144);
      net.send(fd, bytes);
      net.setsockopt(fd, 'SO_SNDBUF', 1_000);
    } while ((await net.select(none, write, none, 0)).write.length > 0);
    peer.resume();
    await writable(net, fd);
  });
});

describe('NodeNet listen', () => {
  test.each([
    ['192.0.2.1', 'EADDRNOTAVAIL', 'is no address of this machine'],
    ['name.invalid', 'ENOTFOUND', 'is no known name'],
  ])('%s fails with %s', async (address, code, detail) => {
    const listening = net.listen({ host: address, port: 0 });
    await expect(listening).rejects.toMatchObject({
      syscall: 'bind',
      code,
      message: expect.stringContaining(`${address}:0 ${detail}`),
    });
  });

  test('works on IPv6', async () => {
    const listener = await net.listen({ host: '::1', port: 0 });
    const fd = await net.connect(net.getsockname(listener));
    expect(net.getpeername(fd)).toEqual(net.getsockname(listener));
  });
});
