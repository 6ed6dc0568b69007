import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { fromUtf8Lossy } from '../../src/bytes.js';
import { SocketError } from '../../src/net/net.js';
import { NodeNet } from '../../src/net/node.js';
import { socketFunctions } from '../../src/net/socket-select.js';
import {
  AF_INET,
  PHP_NORMAL_READ,
  type Ref,
  SOCK_STREAM,
  SOL_TCP,
  SOL_UDP,
  type Socket,
  type SocketSet,
} from '../../src/net/socket-values.js';
import { findPhp } from '../../src/php/server.js';
import { utf8 } from '../support/bytes.js';

const RECORDINGS = new URL('../recordings/', import.meta.url);
/** What PHP did, call by call: see recordings/record-functions.php. */
const recorded: { php: string; calls: object[] } = JSON.parse(
  readFileSync(new URL('socket-functions.json', RECORDINGS), 'utf8'),
);
const php8 = await findPhp();
const net = new NodeNet();
const php = socketFunctions(net);
afterEach(() => net.closeAll());

const tcp = (): Socket => php.socket_create(AF_INET, SOCK_STREAM, SOL_TCP);
const text = (bytes: Uint8Array | null | false): unknown =>
  bytes instanceof Uint8Array ? fromUtf8Lossy(bytes) : bytes;
const read = (socket: Socket, length: number): unknown => text(php.socket_read(socket, length));
const write = (socket: Socket, data: string): unknown[] => [
  php.socket_write(socket, data),
  php.socket_last_error(socket),
];
function recv(socket: Socket, length = 10): unknown[] {
  const buffer: Ref<Uint8Array | null> = { value: utf8('old') };
  const returned = php.socket_recv(socket, buffer, length, 0);
  return [returned, text(buffer.value), php.socket_last_error(socket)];
}
/** What socket_select returned, and the keys that are left. */
async function select(
  reads: object,
  writes: object | null,
  seconds: number | null,
  microseconds = 0,
): Promise<unknown[]> {
  const sets = [reads, writes] as [SocketSet, SocketSet | null]; // some hold what is no socket
  const returned = await php.socket_select(...sets, null, seconds, microseconds);
  const keys = (set: object | null): unknown =>
    set && (Array.isArray(set) ? Object.keys(set).map(Number) : Object.keys(set));
  return [returned, keys(reads), keys(writes)];
}
const arrived = (socket: Socket): unknown => php.socket_select([socket], null, null, 5);

async function listening(): Promise<{ listener: Socket; port: number }> {
  const listener = tcp();
  php.socket_bind(listener, '127.0.0.1', 0);
  await php.socket_listen(listener, 9);
  const [host, port] = [{ value: '' }, { value: 0 }];
  php.socket_getsockname(listener, host, port);
  return { listener, port: port.value };
}

/** The same calls as in record-functions.php, in the same order. */
async function ours(): Promise<object[]> {
  const calls: object[] = [];
  const call = async (what: string, run: () => unknown): Promise<void> => {
    php.socket_clear_error();
    try {
      calls.push({ what, gives: (await run()) ?? null });
    } catch (error) {
      if (!(error instanceof SocketError)) throw error;
      calls.push({ what, throws: true });
    }
  };
  const { listener, port } = await listening();
  const pair = async (): Promise<[Socket, Socket]> => {
    const client = tcp();
    await php.socket_connect(client, '127.0.0.1', port);
    await arrived(listener);
    return [client, php.socket_accept(listener) as Socket];
  };
  const resetPair = async (): Promise<Socket> => {
    const [client, server] = await pair();
    net.reset(client.fd ?? -1); // PHP: SO_LINGER with 0, and close
    await arrived(server);
    return server;
  };

  const wrong = (value: number): never => value as never;
  await call('create: a domain that there is not', () =>
    php.socket_create(wrong(99), SOCK_STREAM, SOL_TCP),
  );
  await call('create: a type that there is not', () =>
    php.socket_create(AF_INET, wrong(99), SOL_TCP),
  );

  let [client, server] = await pair();
  await call('write: a length of -1', () => php.socket_write(server, 'abc', -1));
  await call('write: a length of 0', () => php.socket_write(server, 'abc', 0));
  await call('write: more than there is', () => php.socket_write(server, 'abc', 99));
  await call('write: nothing', () => php.socket_write(server, ''));
  await call('send: a length of -1', () => php.socket_send(server, 'abc', -1, 0));
  await call('send: two of three', () => php.socket_send(server, 'def', 2, 0));
  await call('send: more than there is', () => php.socket_send(server, 'g', 99, 0));
  await arrived(client);
  const error = (): string => php.socket_last_error(client);
  await call('read: a length of -1', () => [read(client, -1), error()]);
  await call('read: a length of 0', () => [read(client, 0), error()]);
  await call('recv: a length of 0', () => recv(client, 0));
  await call('read: two bytes', () => read(client, 2));
  await call('read: the rest', () => read(client, 100));

  const twice = () => ({ a: server, b: server });
  await call('select: one socket twice, and nothing came', () => select(twice(), null, 0));
  php.socket_write(client, 'hi');
  await arrived(server);
  await call('select: one socket twice, and bytes came', () => select(twice(), null, 0));
  await call('select: one socket in two sets, twice', () => select(twice(), [server, server], 0));
  const one = () => ({ a: server });
  await call('select: -1 seconds', async () => [
    ...(await select(one(), null, -1)),
    php.socket_last_error(),
    php.socket_last_error(server),
  ]);
  await call('select: -1 microseconds', async () => [
    ...(await select(one(), null, 0, -1)),
    php.socket_last_error(),
  ]);
  await call('select: a second, and -1 microseconds', () => select(one(), null, 1, -1));
  await call('select: no seconds, and -5 microseconds', () => select(one(), null, null, -5));
  await call('select: more microseconds than a second has', () =>
    select(one(), null, 0, 1_500_000),
  );
  await call('select: null in a set', () => select([null], null, 0));
  await call('select: null behind a socket', () => select([server, null], null, 0));
  await call('select: a text in a set', () => select(['x'], null, 0));
  await call('select: a number in the second set', () => select([server], [5], 0));
  await call('select: an object that is no socket', () => select([{}], null, 0));
  await call('select: an empty set beside one', () => select([], [server], 0));
  await call('select: no socket, and -1 seconds', () => select([], null, -1));
  await call('select: a closed socket', () => {
    const socket = tcp();
    php.socket_close(socket);
    return select([socket], null, 0);
  });

  server = await resetPair();
  await call('RST: recv', () => recv(server));
  await call('RST: recv again', () => recv(server));
  php.socket_clear_error(server);
  await call('RST: the error is cleared, and recv gives the end', () => recv(server));
  await call('RST: it is still readable, and writable', () => select([server], [server], null));
  await call('RST: write', () => write(server, 'x'));
  await call('RST: whose peer it is', () => [
    php.socket_getpeername(server, { value: '' }),
    php.socket_last_error(server),
  ]);
  server = await resetPair();
  await call('RST: write meets it', () => write(server, 'x'));
  await call('RST: write again', () => write(server, 'x'));
  php.socket_clear_error(server);
  await call('RST: and recv gives the end', () => recv(server));
  server = await resetPair();
  await call('RST: read', () => [read(server, 10), php.socket_last_error(server)]);
  await call('RST: read again', () => read(server, 10));

  [client, server] = await pair();
  await call('shutdown: 7', () => [php.socket_shutdown(server, 7), php.socket_last_error(server)]);
  await call('shutdown: writing', () => php.socket_shutdown(server, 1));
  await arrived(client);
  await call('shutdown: the other end is told', () => read(client, 10));
  await call('shutdown: nothing more goes out', () => write(server, 'x'));
  php.socket_write(client, 'yy');
  await arrived(server);
  await call('shutdown: but it still reads', () => read(server, 10));
  [client, server] = await pair();
  await call('shutdown: both', () => php.socket_shutdown(server));
  await call('shutdown: at its end', () => read(server, 10));
  await call('shutdown: and so readable', () => select([server], null, null));
  [client, server] = await pair();
  await call('shutdown: reading', () => php.socket_shutdown(server, 0));
  await call('shutdown: nothing has come', () => read(server, 10));
  await call('shutdown: it still writes', () => php.socket_write(server, 'x'));
  await call('shutdown: without a connection', () => {
    const socket = tcp();
    return [php.socket_shutdown(socket), php.socket_last_error(socket)];
  });

  const box = () => [{ value: '' }, { value: -1 }] as const;
  await call('getsockname: before there is an address', () => {
    const [address, number] = box();
    return [php.socket_getsockname(tcp(), address, number), address.value, number.value];
  });
  await call('getpeername: without a connection', () => {
    const socket = tcp();
    return [php.socket_getpeername(socket, { value: '' }), php.socket_last_error(socket)];
  });
  [client, server] = await pair();
  await call('the ends of a connection', () => {
    const [[host, hostPort], [peer, peerPort], [own, ownPort]] = [box(), box(), box()];
    php.socket_getsockname(client, host, hostPort);
    php.socket_getpeername(server, peer, peerPort);
    php.socket_getsockname(server, own, ownPort);
    const same = [host.value === peer.value, hostPort.value === peerPort.value];
    return [host.value, ...same, own.value, ownPort.value === port];
  });

  const connect = async (socket: Socket, to: number): Promise<unknown[]> => [
    await php.socket_connect(socket, '127.0.0.1', to),
    php.socket_last_error(socket),
  ];
  await call('connect: nobody listens', async () => {
    const free = await listening();
    php.socket_close(free.listener);
    return connect(tcp(), free.port);
  });
  await call('connect: a second time', () => connect(client, port));
  await call('connect: a listener', () => connect(listener, port));
  await call('connect: without a port', () => php.socket_connect(tcp(), '127.0.0.1'));

  php.socket_clear_error(server);
  await call('set_nonblock', () => php.socket_set_nonblock(server));
  await call('nothing has come: recv', () => recv(server));
  await call('nothing has come: read', () => read(server, 10));
  await call('clear_error: of a socket', () => {
    php.socket_clear_error(server);
    return php.socket_last_error(server);
  });
  php.socket_clear_error(listener);
  const accept = (socket: Socket): unknown[] => [
    php.socket_accept(socket),
    php.socket_last_error(),
    php.socket_last_error(socket),
  ];
  await call('nobody waits: accept', () => accept(listener));
  await call('accept: a socket that does not listen', () => accept(tcp()));
  await call('without a connection: recv', () => recv(tcp()));
  await call('without a connection: write', () => write(tcp(), 'x'));
  await call('a listener: recv', () => recv(listener));
  await call('a listener: write', () => write(listener, 'x'));
  php.socket_close(client);
  await arrived(server);
  await call('FIN: recv', () => recv(server));
  await call('FIN: read', () => read(server, 10));
  php.socket_close(server);
  const names = ['close', 'last_error', 'clear_error', 'shutdown', 'set_nonblock'] as const;
  for (const name of names)
    await call(`closed: socket_${name}`, () => php[`socket_${name}`](server));
  await call('closed: socket_recv', () => recv(server));
  return calls;
}

describe('the socket functions beside PHP 8.2', () => {
  test('give, throw and note the same, call by call', async () => {
    expect(await ours()).toEqual(recorded.calls);
  });

  test.runIf(php8?.sockets === true && php8.versionId >= 80_100)(
    'the PHP that is here says what was recorded',
    () => {
      const script = fileURLToPath(new URL('record-functions.php', RECORDINGS));
      const { calls } = JSON.parse(execFileSync(php8?.path ?? '', [script], { encoding: 'utf8' }));
      expect(calls).toEqual(recorded.calls);
    },
  );
});

describe('what PHP has and is refused here', () => {
  test('UDP and IPv6, with what would do', () => {
    const create =
      (...kind: number[]) =>
      () =>
        php.socket_create(...(kind as unknown as Parameters<typeof php.socket_create>));
    expect(create(AF_INET, 2, SOL_UDP)).toThrow(
      'socket ESOCKTNOSUPPORT: only streams are here, not type 2: give AF_INET, SOCK_STREAM, SOL_TCP',
    );
    expect(create(AF_INET, SOCK_STREAM, SOL_UDP)).toThrow('socket EPROTONOSUPPORT');
    expect(create(10, SOCK_STREAM, SOL_TCP)).toThrow('socket EAFNOSUPPORT');
    expect(php.socket_create(AF_INET, SOCK_STREAM, 0).fd).toBeNull();
  });

  test('a read to the end of a line, which would wait', async () => {
    const { port } = await listening();
    const socket = tcp();
    await php.socket_connect(socket, '127.0.0.1', port);
    expect(php.socket_read(socket, 10, PHP_NORMAL_READ)).toBe(false);
    expect(php.socket_last_error(socket)).toBe('EOPNOTSUPP');
  });
});

describe('what is no socket', () => {
  test('is told with the set and its place', async () => {
    const { listener } = await listening();
    const set = { door: listener, ada: null } as unknown as SocketSet;
    await expect(php.socket_select(null, set, null, 0)).rejects.toThrow(
      'select EINVAL: $write has null at ada: only sockets; PHP throws a TypeError',
    );
  });

  test('given to a function is told as what it is', () => {
    expect(() => php.socket_close(false as never)).toThrow('socket EINVAL: a boolean is no socket');
  });
});
