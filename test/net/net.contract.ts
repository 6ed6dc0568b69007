/**
 * What every network promises, as sentences by system call. A network joins in three lines:
 *
 *     import { netContract } from './net.contract.js';
 *     netContract('MyNet', (options) => ({ server: new MyNet(options), client: ..., end() {} }));
 *
 * No test sleeps: each waits in select for what must come, with a time-out that fails the test.
 * @module
 */

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fromUtf8Lossy } from '../../src/bytes.js';
import type { FdSetSizeOptions } from '../../src/net/fd-table.js';
import { type Fd, FdSet, type Net, type Ready, SocketError } from '../../src/net/net.js';
import { utf8 } from '../support/bytes.js';
import { PATIENCE_MS } from '../support/patience.js';

/** Two processes that reach each other. */
export interface World {
  server: Net;
  client: Net;
  /** Where the server listens, as both see it. Default 127.0.0.1. */
  host?: string;
  /** Leaves nothing behind. */
  end(): Promise<void> | void;
}

/** @param options for the server's table of descriptors */
export type MakeWorld = (options: FdSetSizeOptions) => Promise<World> | World;

const none = new FdSet();

/** Selects one descriptor for reading, and insists that it is reported. */
export async function readable(net: Net, fd: Fd): Promise<void> {
  const ready = await net.select(new FdSet([fd]), none, none, PATIENCE_MS);
  expect(ready.read, `fd ${fd} is readable`).toEqual([fd]);
}

/** Selects one descriptor for writing, and insists that it is reported. */
export async function writable(net: Net, fd: Fd): Promise<void> {
  const ready = await net.select(none, new FdSet([fd]), none, PATIENCE_MS);
  expect(ready.write, `fd ${fd} is writable`).toEqual([fd]);
}

/** Receives until FIN. */
export async function recvAll(net: Net, fd: Fd): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (;;) {
    await readable(net, fd);
    const bytes = net.recv(fd, 65_536);
    if (bytes.length === 0) return new Uint8Array(Buffer.concat(parts));
    parts.push(bytes);
  }
}

/** The code of the error that a call throws. */
export function codeOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    expect(error).toBeInstanceOf(SocketError);
    return (error as SocketError).code;
  }
  return 'no error';
}

export const text = (bytes: Uint8Array): string => fromUtf8Lossy(bytes);
export const bytesOf = (string: string): Uint8Array => utf8(string);

/** Bytes that differ from place to place, so that a lost or doubled piece shows. */
export function pattern(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = i * 31 + (i >> 8) * 7;
  return bytes;
}

const empty = { read: [], write: [], except: [] };

/** Runs every promise of `Net` on one network. */
export function netContract(name: string, make: MakeWorld): void {
  describe(name, () => {
    let world: World;
    let server: Net;
    let client: Net;
    let host: string;

    async function begin(options: FdSetSizeOptions = {}): Promise<void> {
      world = await make(options);
      ({ server, client } = world);
      host = world.host ?? '127.0.0.1';
    }
    beforeEach(() => begin());
    afterEach(() => world.end());

    const listen = () => server.listen({ host, port: 0 });
    const connectTo = (listener: Fd) =>
      client.connect({ host, port: server.getsockname(listener).port });

    /** One more connection: the server's end and the client's. */
    async function connection(listener: Fd): Promise<{ ours: Fd; theirs: Fd }> {
      const theirs = await connectTo(listener);
      await readable(server, listener);
      return { ours: server.accept(listener), theirs };
    }
    const pair = async () => connection(await listen());

    /** Sends until nothing more is taken. */
    function fill(net: Net, fd: Fd): number {
      const piece = pattern(65_536);
      for (let sent = 0; ; ) {
        try {
          sent += net.send(fd, piece.subarray(sent % piece.length));
        } catch (error) {
          expect(error).toMatchObject({ syscall: 'send', code: 'EAGAIN' });
          return sent;
        }
        expect(sent).toBeLessThan(2 ** 28);
      }
    }

    describe('descriptors', () => {
      test('the first is 3, and each next one the lowest that is free', async () => {
        const listener = await listen();
        expect(listener).toBe(3);
        const first = await connection(listener);
        const second = await connection(listener);
        expect([first.ours, second.ours]).toEqual([4, 5]);
        expect([first.theirs, second.theirs]).toEqual([3, 4]);
        server.close(first.ours);
        expect((await connection(listener)).ours).toBe(4);
        expect((await connection(listener)).ours).toBe(6);
      });

      test('every call on one that is not open fails with EBADF', async () => {
        const { ours } = await pair();
        server.close(ours);
        for (const fd of [ours, 99, -1]) {
          expect(codeOf(() => server.accept(fd))).toBe('EBADF');
          expect(codeOf(() => server.recv(fd, 1))).toBe('EBADF');
          expect(codeOf(() => server.send(fd, bytesOf('x')))).toBe('EBADF');
          expect(codeOf(() => server.shutdown(fd))).toBe('EBADF');
          expect(codeOf(() => server.close(fd))).toBe('EBADF');
          expect(codeOf(() => server.reset(fd))).toBe('EBADF');
          expect(codeOf(() => server.setsockopt(fd, 'SO_SNDBUF', 1))).toBe('EBADF');
          expect(codeOf(() => server.getpeername(fd))).toBe('EBADF');
          expect(codeOf(() => server.getsockname(fd))).toBe('EBADF');
        }
        expect(() => server.recv(ours, 1)).toThrow(`recv EBADF: fd ${ours} is not open`);
      });
    });

    describe('select', () => {
      test('what is still ready is reported again', async () => {
        const { ours, theirs } = await pair();
        client.send(theirs, bytesOf('abcd'));
        await readable(server, ours);
        await readable(server, ours);
        expect(text(server.recv(ours, 1))).toBe('a');
        await readable(server, ours);
      });

      test('a time-out gives three empty lists', async () => {
        const listener = await listen();
        const before = server.now();
        expect(await server.select(new FdSet([listener]), none, none, 20)).toMatchObject(empty);
        expect(server.now() - before).toBeGreaterThan(18);
      });

      test('a time-out of 0 polls', async () => {
        const { ours, theirs } = await pair();
        const read = new FdSet([ours]);
        expect(await server.select(read, none, none, 0)).toMatchObject(empty);
        client.send(theirs, bytesOf('a'));
        await readable(server, ours);
        expect((await server.select(read, none, none, 0)).read).toEqual([ours]);
      });

      test('without a time-out it waits for what comes', async () => {
        const { ours, theirs } = await pair();
        const waiting = server.select(new FdSet([ours]), none, none);
        expect(await client.select(none, none, none, 20)).toMatchObject(empty);
        client.send(theirs, bytesOf('a'));
        expect((await waiting).read).toEqual([ours]);
      });

      test('each list is in the order of its set', async () => {
        const listener = await listen();
        const a = await connection(listener);
        const b = await connection(listener);
        const c = await connection(listener);
        for (const { ours, theirs } of [b, a, c]) {
          client.send(theirs, bytesOf('x'));
          await readable(server, ours);
        }
        const order = [c.ours, a.ours, listener, b.ours];
        const ready = await server.select(new FdSet(order), new FdSet(order), none, PATIENCE_MS);
        expect(ready.read).toEqual([c.ours, a.ours, b.ours]);
        expect(ready.write).toEqual([c.ours, a.ours, b.ours]);
      });

      test('only what is watched is reported', async () => {
        const listener = await listen();
        const loud = await connection(listener);
        const quiet = await connection(listener);
        client.send(loud.theirs, bytesOf('x'));
        await readable(server, loud.ours);
        expect(await server.select(new FdSet([quiet.ours]), none, none, 20)).toMatchObject(empty);
      });

      test('scanned counts what is watched, once each', async () => {
        const listener = await listen();
        const { ours } = await connection(listener);
        const all = new FdSet([listener, ours]);
        const scanned = async (read: FdSet, write: FdSet, except: FdSet) =>
          (await server.select(read, write, except, 0)).scanned;
        expect(await scanned(all, none, none)).toBe(2);
        expect(await scanned(all, all, all)).toBe(2);
        expect(await scanned(new FdSet([listener]), new FdSet([ours]), none)).toBe(2);
        expect(await scanned(none, new FdSet([ours]), new FdSet([ours, listener]))).toBe(2);
      });

      test('interrupt ends the one that waits, with nothing ready', async () => {
        const listener = await listen();
        const waiting = server.select(new FdSet([listener]), none, none, null);
        await server.select(none, none, none, 0);
        server.interrupt();
        expect(await waiting).toMatchObject(empty);
      });

      test('interrupt without one that waits ends the next, and no other', async () => {
        const { ours, theirs } = await pair();
        client.send(theirs, bytesOf('x'));
        await readable(server, ours);
        server.interrupt();
        expect(await server.select(new FdSet([ours]), none, none)).toMatchObject(empty);
        await readable(server, ours);
      });

      test('a watched descriptor that was closed fails with EBADF until it is deleted', async () => {
        const { ours } = await pair();
        const read = new FdSet([ours]);
        await server.select(read, none, none, 0);
        server.close(ours);
        await server.select(none, none, none, 0);
        const error = {
          syscall: 'select',
          code: 'EBADF',
          message: expect.stringMatching(/delete/),
        };
        await expect(server.select(read, none, none, 0)).rejects.toMatchObject(error);
        await expect(server.select(none, read, none, 0)).rejects.toMatchObject(error);
        read.delete(ours);
        expect(await server.select(read, none, none, 0)).toMatchObject(empty);
      });

      test('a watched descriptor that was never open fails with EBADF', async () => {
        const error = { syscall: 'select', code: 'EBADF' };
        await expect(server.select(new FdSet([9]), none, none, 0)).rejects.toMatchObject(error);
        await expect(server.select(none, none, new FdSet([9]), 0)).rejects.toMatchObject(error);
      });

      test('a number that was closed and given out again is the new descriptor', async () => {
        const listener = await listen();
        const first = await connection(listener);
        const read = new FdSet([first.ours]);
        await server.select(read, none, none, 0);
        server.close(first.ours);
        const second = await connection(listener);
        expect(second.ours).toBe(first.ours);
        client.send(second.theirs, bytesOf('x'));
        expect((await server.select(read, none, none, PATIENCE_MS)).read).toEqual([second.ours]);
      });

      test('a time-out that is negative or no number fails with EINVAL', async () => {
        for (const timeoutMs of [-1, Number.NaN]) {
          await expect(server.select(none, none, none, timeoutMs)).rejects.toMatchObject({
            syscall: 'select',
            code: 'EINVAL',
          });
        }
      });
    });

    describe('select and FD_SETSIZE', () => {
      async function beyond(options: FdSetSizeOptions): Promise<void> {
        await world.end();
        await begin(options);
      }

      test('a watched descriptor of FD_SETSIZE or more fails with EINVAL', async () => {
        await beyond({ fdSetSize: 5 });
        const listener = await listen();
        const inside = await connection(listener);
        const outside = await connection(listener);
        const read = new FdSet([inside.ours]);
        expect(await server.select(read, none, none, 0)).toMatchObject(empty);
        read.add(outside.ours);
        await expect(server.select(read, none, none, 0)).rejects.toMatchObject({
          syscall: 'select',
          code: 'EINVAL',
        });
        read.delete(outside.ours);
        expect(await server.select(read, none, none, 0)).toMatchObject(empty);
      });

      test('by option it is never reported, as PHP 7.4 has it', async () => {
        await beyond({ fdSetSize: 5, beyondFdSetSize: 'ignore' });
        const listener = await listen();
        const inside = await connection(listener);
        const outside = await connection(listener);
        const all = new FdSet([outside.ours, inside.ours]);
        client.send(outside.theirs, bytesOf('lost'));
        client.send(inside.theirs, bytesOf('seen'));
        const ready = await server.select(all, all, none, PATIENCE_MS);
        expect(ready.write).toEqual([inside.ours]);
        await readable(server, inside.ours);
        expect((await server.select(all, none, none, 0)).read).toEqual([inside.ours]);
        server.recv(inside.ours, 100);
        expect(await server.select(all, none, none, 20)).toMatchObject(empty);
        expect(text(server.recv(outside.ours, 100))).toBe('lost');
      });
    });

    describe('listen', () => {
      test('a port that is taken fails with EADDRINUSE, and says what to do', async () => {
        const listener = await listen();
        const taken = server.getsockname(listener);
        await expect(server.listen(taken)).rejects.toMatchObject({
          syscall: 'bind',
          code: 'EADDRINUSE',
          message: `bind EADDRINUSE: ${host}:${taken.port} is taken: stop the other server or choose another port`,
        });
        expect((await connection(listener)).ours).toBe(4);
      });

      test('a port can be listened on again as soon as its listener is closed', async () => {
        const listener = await listen();
        const address = server.getsockname(listener);
        await connection(listener);
        server.close(listener);
        expect(await server.listen(address)).toBe(listener);
        expect(server.getsockname(listener)).toEqual(address);
        await connection(listener);
      });

      test('a port that does not exist fails with EINVAL', async () => {
        const listening = server.listen({ host, port: 65_536 });
        await expect(listening).rejects.toMatchObject({ syscall: 'bind', code: 'EINVAL' });
      });
    });

    describe('connect', () => {
      test('no listener fails with ECONNREFUSED, and leaves no descriptor', async () => {
        const listener = await listen();
        const address = server.getsockname(listener);
        server.close(listener);
        await expect(client.connect(address)).rejects.toMatchObject({
          syscall: 'connect',
          code: 'ECONNREFUSED',
          message: `connect ECONNREFUSED: ${host}:${address.port} has no listener: start the server or check the port`,
        });
        expect((await pair()).theirs).toBe(3);
      });

      test('a connection stands before it is accepted, and may send', async () => {
        const listener = await listen();
        const theirs = await connectTo(listener);
        expect(client.send(theirs, bytesOf('early'))).toBe(5);
        await readable(server, listener);
        const ours = server.accept(listener);
        await readable(server, ours);
        expect(text(server.recv(ours, 100))).toBe('early');
      });
    });

    describe('accept', () => {
      test('a listener is readable while connections wait, and gives them in order', async () => {
        const listener = await listen();
        const clients: Fd[] = [];
        for (let i = 0; i < 3; i++) {
          clients.push(await connectTo(listener));
          await readable(server, listener);
        }
        const ports: number[] = [];
        for (let i = 0; i < 3; i++) {
          await readable(server, listener);
          ports.push(server.getpeername(server.accept(listener)).port);
        }
        expect(ports).toEqual(clients.map((fd) => client.getsockname(fd).port));
        expect(await server.select(new FdSet([listener]), none, none, 0)).toMatchObject(empty);
        expect(() => server.accept(listener)).toThrow(
          `accept EAGAIN: no connection waits at fd ${listener}; select it first`,
        );
      });

      test('a connection that the peer reset while it waited is given all the same', async () => {
        const listener = await listen();
        const theirs = await connectTo(listener);
        await readable(server, listener);
        client.reset(theirs);
        const ours = server.accept(listener);
        await readable(server, ours);
        expect(codeOf(() => server.recv(ours, 1))).toBe('ECONNRESET');
      });

      test('on a connection it fails with EINVAL', async () => {
        const { ours } = await pair();
        expect(codeOf(() => server.accept(ours))).toBe('EINVAL');
      });
    });

    describe('recv', () => {
      test('gives what has arrived, up to length', async () => {
        const { ours, theirs } = await pair();
        client.send(theirs, bytesOf('abcdef'));
        await readable(server, ours);
        expect(text(server.recv(ours, 4))).toBe('abcd');
        expect(text(server.recv(ours, 100))).toBe('ef');
      });

      test('fails with EAGAIN when nothing has arrived', async () => {
        const { ours } = await pair();
        expect(() => server.recv(ours, 1)).toThrow(
          `recv EAGAIN: fd ${ours} has no bytes yet; select it first`,
        );
      });

      test('gives an empty array at FIN, again and again, behind the last bytes', async () => {
        const { ours, theirs } = await pair();
        client.send(theirs, bytesOf('last'));
        client.close(theirs);
        await readable(server, ours);
        expect(text(server.recv(ours, 100))).toBe('last');
        for (let i = 0; i < 3; i++) {
          await readable(server, ours);
          expect(server.recv(ours, 100)).toHaveLength(0);
        }
      });

      test('gives the bytes that came before RST, then fails with ECONNRESET', async () => {
        const { ours, theirs } = await pair();
        client.send(theirs, bytesOf('last'));
        await readable(server, ours);
        client.reset(theirs);
        await writable(server, ours);
        expect(text(server.recv(ours, 100))).toBe('last');
        for (let i = 0; i < 2; i++) {
          await readable(server, ours);
          expect(codeOf(() => server.recv(ours, 100))).toBe('ECONNRESET');
        }
      });

      test('on a listener it fails with ENOTCONN', async () => {
        expect(codeOf(() => server.recv(3, 1))).toBe('EBADF');
        const listener = await listen();
        expect(codeOf(() => server.recv(listener, 1))).toBe('ENOTCONN');
      });

      test('a length that is not 1 or more fails with EINVAL', async () => {
        const { ours } = await pair();
        for (const length of [0, -1, 1.5, Number.NaN]) {
          expect(codeOf(() => server.recv(ours, length))).toBe('EINVAL');
        }
      });

      test('what is not received stops the sender, and nothing is lost', async () => {
        const { ours, theirs } = await pair();
        server.setsockopt(ours, 'SO_RCVBUF', 10_000);
        let sent = 0;
        let ready: Ready;
        do {
          sent += fill(client, theirs);
          ready = await client.select(none, new FdSet([theirs]), none, 100);
          expect(sent).toBeLessThan(2 ** 28);
        } while (ready.write.length > 0);
        let received = 0;
        while (received < sent) {
          await readable(server, ours);
          received += server.recv(ours, 65_536).length;
        }
        expect(received).toBe(sent);
        await writable(client, theirs);
      });
    });

    describe('send', () => {
      test('takes no more than SO_SNDBUF has room for', async () => {
        const { ours } = await pair();
        server.setsockopt(ours, 'SO_SNDBUF', 1_000);
        expect(server.send(ours, pattern(5_000))).toBe(1_000);
      });

      test('takes 0 of no bytes', async () => {
        const { ours } = await pair();
        expect(server.send(ours, new Uint8Array(0))).toBe(0);
      });

      test('fails with EAGAIN when the buffer is full, and goes on when it is writable', async () => {
        const { ours, theirs } = await pair();
        const before = fill(server, ours);
        expect(await server.select(none, new FdSet([ours]), none, 0)).toMatchObject(empty);
        let received = 0;
        while (received < before) {
          await readable(client, theirs);
          received += client.recv(theirs, 65_536).length;
        }
        await writable(server, ours);
        expect(server.send(ours, bytesOf('more'))).toBe(4);
      });

      test.each([4_096, 20_000, 262_144])(
        '4 MB through an SO_SNDBUF of %d arrive intact',
        async (size) => {
          const { ours, theirs } = await pair();
          server.setsockopt(ours, 'SO_SNDBUF', size);
          const bytes = pattern(4_000_000);
          const received = recvAll(client, theirs);
          for (let sent = 0; sent < bytes.length; ) {
            await writable(server, ours);
            sent += server.send(ours, bytes.subarray(sent));
          }
          server.close(ours);
          expect(Buffer.compare(await received, bytes)).toBe(0);
        },
      );

      test('after shutdown it fails with EPIPE', async () => {
        const { ours } = await pair();
        server.shutdown(ours);
        await writable(server, ours);
        expect(codeOf(() => server.send(ours, bytesOf('x')))).toBe('EPIPE');
      });

      test("after the peer's reset it fails with EPIPE or ECONNRESET", async () => {
        const { ours, theirs } = await pair();
        client.reset(theirs);
        await readable(server, ours);
        await writable(server, ours);
        expect(codeOf(() => server.send(ours, bytesOf('x')))).toMatch(/^(EPIPE|ECONNRESET)$/);
      });

      test('after the peer has closed, it fails soon: the first bytes fetch the RST', async () => {
        const { ours, theirs } = await pair();
        client.close(theirs);
        await readable(server, ours);
        let code = 'no error';
        for (let i = 0; i < 1_000 && code === 'no error'; i++) {
          code = codeOf(() => server.send(ours, bytesOf('x')));
          await server.select(none, none, none, 1);
        }
        expect(code).toMatch(/^(EPIPE|ECONNRESET)$/);
      });

      test('on a listener it fails with ENOTCONN', async () => {
        const listener = await listen();
        expect(codeOf(() => server.send(listener, bytesOf('x')))).toBe('ENOTCONN');
      });
    });

    describe('shutdown', () => {
      test('the peer sees FIN and may still answer', async () => {
        const { ours, theirs } = await pair();
        client.send(theirs, bytesOf('question'));
        client.shutdown(theirs);
        expect(text(await recvAll(server, ours))).toBe('question');
        server.send(ours, bytesOf('answer'));
        server.close(ours);
        expect(text(await recvAll(client, theirs))).toBe('answer');
      });

      test('a second one changes nothing', async () => {
        const { ours, theirs } = await pair();
        client.shutdown(theirs);
        client.shutdown(theirs);
        await readable(server, ours);
        expect(server.recv(ours, 1)).toHaveLength(0);
      });

      test('on a listener it fails with ENOTCONN', async () => {
        const listener = await listen();
        expect(codeOf(() => server.shutdown(listener))).toBe('ENOTCONN');
      });
    });

    describe('close', () => {
      test('what was sent still goes out, then FIN', async () => {
        const { ours, theirs } = await pair();
        const bytes = pattern(1_000_000);
        const taken = server.send(ours, bytes);
        server.close(ours);
        const received = await recvAll(client, theirs);
        expect(Buffer.compare(received, bytes.subarray(0, taken))).toBe(0);
      });

      test("resets a listener's waiting connections", async () => {
        const listener = await listen();
        const theirs = await connectTo(listener);
        await readable(server, listener);
        server.close(listener);
        await readable(client, theirs);
        expect(codeOf(() => client.recv(theirs, 1))).toBe('ECONNRESET');
      });

      test('leaves the accepted connections of a listener alone', async () => {
        const listener = await listen();
        const { ours, theirs } = await connection(listener);
        server.close(listener);
        client.send(theirs, bytesOf('still'));
        await readable(server, ours);
        expect(text(server.recv(ours, 100))).toBe('still');
      });
    });

    describe('reset', () => {
      test('gives the peer ECONNRESET, readable and writable', async () => {
        const { ours, theirs } = await pair();
        server.reset(ours);
        await readable(client, theirs);
        await writable(client, theirs);
        expect(() => client.recv(theirs, 1)).toThrow(/^recv ECONNRESET: fd 3 lost its connection/);
      });

      test('works in the middle of a shutdown', async () => {
        const { ours, theirs } = await pair();
        server.shutdown(ours);
        server.reset(ours);
        await readable(client, theirs);
      });

      test('closes a listener', async () => {
        const listener = await listen();
        const address = server.getsockname(listener);
        server.reset(listener);
        await expect(client.connect(address)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
      });
    });

    describe('setsockopt', () => {
      test('takes the options of a chat server', async () => {
        const listener = await listen();
        const { ours } = await connection(listener);
        server.setsockopt(listener, 'SO_REUSEADDR', 1);
        server.setsockopt(ours, 'SO_KEEPALIVE', 1);
        server.setsockopt(ours, 'TCP_NODELAY', 1);
        server.setsockopt(ours, 'SO_SNDBUF', 4_096);
        server.setsockopt(ours, 'SO_RCVBUF', 4_096);
      });

      test('a buffer that is not 1 byte or more fails with EINVAL', async () => {
        const { ours } = await pair();
        for (const value of [0, -1, 1.5, Number.NaN]) {
          expect(codeOf(() => server.setsockopt(ours, 'SO_SNDBUF', value))).toBe('EINVAL');
          expect(codeOf(() => server.setsockopt(ours, 'SO_RCVBUF', value))).toBe('EINVAL');
        }
        expect(codeOf(() => server.setsockopt(ours, 'TCP_NODELAY', Number.NaN))).toBe('EINVAL');
      });

      test("a listener's options are those of what it accepts", async () => {
        const listener = await listen();
        server.setsockopt(listener, 'SO_SNDBUF', 100);
        const { ours } = await connection(listener);
        expect(server.send(ours, pattern(500))).toBe(100);
      });
    });

    describe('getpeername and getsockname', () => {
      test('each end tells its own address and the other', async () => {
        const { ours, theirs } = await pair();
        expect(server.getpeername(ours)).toEqual(client.getsockname(theirs));
        expect(server.getsockname(ours)).toEqual(client.getpeername(theirs));
        expect(server.getsockname(ours).host).toBe(host);
      });

      test("the peer's address is known after its reset", async () => {
        const { ours, theirs } = await pair();
        const address = client.getsockname(theirs);
        client.reset(theirs);
        await readable(server, ours);
        expect(server.getpeername(ours)).toEqual(address);
      });

      test('a listener has no peer: ENOTCONN', async () => {
        const listener = await listen();
        expect(codeOf(() => server.getpeername(listener))).toBe('ENOTCONN');
      });
    });
  });
}
