import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NodeNet } from '../../src/net/node.js';
import { type SocketFunctions, socketFunctions } from '../../src/net/socket-select.js';
import {
  AF_INET,
  type Ref,
  SO_RCVBUF,
  SO_REUSEADDR,
  SO_SNDBUF,
  SOCK_STREAM,
  SOL_SOCKET,
  SOL_TCP,
  type Socket,
} from '../../src/net/socket-values.js';
import { bytesOf, codeOf, pattern, readable, recvAll, text } from './net.contract.js';

const host = '127.0.0.1';
let net: NodeNet;
let clients: NodeNet;
let php: SocketFunctions;

beforeEach(() => {
  [net, clients] = [new NodeNet(), new NodeNet()];
  php = socketFunctions(net);
});
afterEach(() => {
  net.closeAll();
  clients.closeAll();
});

async function listening(): Promise<Socket> {
  const server = php.socket_create(AF_INET, SOCK_STREAM, SOL_TCP);
  expect(php.socket_bind(server, host)).toBe(true);
  expect(await php.socket_listen(server)).toBe(true);
  return server;
}

const connectTo = (server: Socket) => clients.connect(net.getsockname(server.fd ?? -1));

/** An accepted socket, and the client's end. */
async function accepted(server: Socket): Promise<{ socket: Socket; fd: number }> {
  const fd = await connectTo(server);
  await readable(net, server.fd ?? -1);
  const socket = php.socket_accept(server);
  if (socket === false) throw new Error(php.socket_last_error(server));
  return { socket, fd };
}

describe('a server as one writes it in PHP', () => {
  test('accepts, receives, answers and forgets', async () => {
    const { socket_create, socket_set_option, socket_bind, socket_listen } = php;
    const { socket_select, socket_accept, socket_recv, socket_write, socket_close } = php;

    const server = socket_create(AF_INET, SOCK_STREAM, SOL_TCP);
    socket_set_option(server, SOL_SOCKET, SO_REUSEADDR, 1);
    socket_bind(server, host, 0);
    await socket_listen(server);

    const ours = [await connectTo(server), await connectTo(server)];
    for (const fd of ours) clients.send(fd, bytesOf(`I am ${fd}`));
    for (const fd of ours) clients.shutdown(fd);

    const sockets = new Map<string, Socket>([['server', server]]);
    let gone = 0;
    while (gone < 2) {
      const read = new Map(sockets);
      const [write, except] = [null, null];
      await socket_select(read, write, except, null);
      for (const [key, socket] of read) {
        if (key === 'server') {
          const client = socket_accept(socket);
          if (client !== false) sockets.set(`client ${sockets.size}`, client);
          continue;
        }
        const buffer: Ref<Uint8Array | null> = { value: null };
        const length = socket_recv(socket, buffer, 2048, 0);
        if (length === 0 || length === false || buffer.value === null) {
          socket_close(socket);
          sockets.delete(key);
          gone++;
          continue;
        }
        socket_write(socket, `${key}: `);
        socket_write(socket, buffer.value, length);
      }
    }

    const answers = [];
    for (const fd of ours) answers.push(text(await recvAll(clients, fd)));
    expect(answers).toEqual(['client 1: I am 3', 'client 2: I am 4']);
    expect([...sockets.keys()]).toEqual(['server']);
  });
});

describe('socket_select', () => {
  test('in an array, the sockets that stay keep their index', async () => {
    const server = await listening();
    const [a, b, c] = [await accepted(server), await accepted(server), await accepted(server)];
    clients.send(b.fd, bytesOf('x'));
    await readable(net, b.socket.fd ?? -1);
    const read = [a.socket, b.socket, c.socket];
    expect(await php.socket_select(read, null, null, null)).toBe(1);
    expect(Object.entries(read)).toEqual([['1', b.socket]]);
    expect(read).toHaveLength(2);
    const seen: Socket[] = [];
    read.forEach((socket) => {
      seen.push(socket);
    });
    expect(seen).toEqual([b.socket]);
  });

  test('takes an array with empty places, as an earlier call left it', async () => {
    const server = await listening();
    const { socket, fd } = await accepted(server);
    clients.send(fd, bytesOf('x'));
    const read: Socket[] = [];
    read[2] = socket;
    expect(await php.socket_select(read, null, null, 5)).toBe(1);
    expect(Object.keys(read)).toEqual(['2']);
  });

  test('a Map and a plain object keep their keys', async () => {
    const server = await listening();
    const [a, b] = [await accepted(server), await accepted(server)];
    clients.send(b.fd, bytesOf('x'));
    await readable(net, b.socket.fd ?? -1);
    const read = new Map([
      ['ann', a.socket],
      ['bob', b.socket],
    ]);
    const write = { server, bob: b.socket };
    expect(await php.socket_select(read, write, null, null)).toBe(2);
    expect([...read]).toEqual([['bob', b.socket]]);
    expect(write).toEqual({ bob: b.socket });
  });

  test('counts over the three sets', async () => {
    const server = await listening();
    const { socket, fd } = await accepted(server);
    clients.send(fd, bytesOf('x'));
    await readable(net, socket.fd ?? -1);
    const except = [socket];
    expect(await php.socket_select([socket], [socket], except, 0)).toBe(2);
    expect(except).toEqual([]);
  });

  test('a time-out empties all of them', async () => {
    const server = await listening();
    const [read, write, except] = [[server], new Map([[1, server]]), { server }];
    expect(await php.socket_select(read, write, except, 0, 20_000)).toBe(0);
    expect(read).toEqual([]);
    expect(write.size).toBe(0);
    expect(except).toEqual({});
  });

  test.each([[null], [[]]])('three sets without a socket fail with EINVAL (%j)', async (set) => {
    await expect(php.socket_select(set, null, set, 0)).rejects.toMatchObject({
      syscall: 'select',
      code: 'EINVAL',
    });
  });

  test('a socket that does not listen, or is closed, fails with EBADF and names its key', async () => {
    const server = await listening();
    const early = php.socket_create(AF_INET, SOCK_STREAM, SOL_TCP);
    const wait = (sockets: Socket[]) => php.socket_select(sockets, null, null, 0);
    await expect(wait([server, early])).rejects.toThrow(
      /select EBADF: the socket at 1 is not open/,
    );
    php.socket_close(server);
    await expect(wait([server])).rejects.toThrow(/select EBADF: the socket at 0/);
  });
});

describe('socket_listen', () => {
  test('a port that is taken gives false, and EADDRINUSE in words', async () => {
    const { port } = net.getsockname((await listening()).fd ?? -1);
    const second = php.socket_create(AF_INET, SOCK_STREAM, SOL_TCP);
    php.socket_bind(second, host, port);
    expect(await php.socket_listen(second)).toBe(false);
    expect(second.fd).toBeNull();
    expect(php.socket_last_error(second)).toBe('EADDRINUSE');
    expect(php.socket_last_error()).toBe('EADDRINUSE');
    expect(php.socket_strerror('EADDRINUSE')).toBe('Address already in use');
  });

  test('a socket is bound once: EINVAL', () => {
    const server = php.socket_create(AF_INET, SOCK_STREAM, SOL_TCP);
    expect(php.socket_last_error(server)).toBe('');
    expect(php.socket_bind(server, host)).toBe(true);
    expect(php.socket_bind(server, host)).toBe(false);
    expect(php.socket_last_error(server)).toBe('EINVAL');
  });
});

describe('socket_set_option', () => {
  test('before listen, it holds for what is accepted', async () => {
    const server = php.socket_create(AF_INET, SOCK_STREAM, SOL_TCP);
    expect(php.socket_set_option(server, SOL_SOCKET, SO_SNDBUF, 100)).toBe(true);
    await php.socket_listen(server);
    const { socket } = await accepted(server);
    expect(php.socket_write(socket, pattern(500))).toBe(100);
    expect(php.socket_set_option(socket, SOL_SOCKET, SO_RCVBUF, 0)).toBe(false);
    expect(php.socket_last_error(socket)).toBe('EINVAL');
  });

  test('a value that the option cannot have makes listen fail, and frees the descriptor', async () => {
    const server = php.socket_create(AF_INET, SOCK_STREAM, SOL_TCP);
    php.socket_set_option(server, SOL_SOCKET, SO_SNDBUF, 0);
    expect(await php.socket_listen(server)).toBe(false);
    expect((await listening()).fd).toBe(3);
  });

  test('an option that is not known gives false and ENOPROTOOPT', () => {
    const server = php.socket_create(AF_INET, SOCK_STREAM, SOL_TCP);
    expect(php.socket_set_option(server, SOL_TCP, 99, 1)).toBe(false);
    expect(php.socket_last_error(server)).toBe('ENOPROTOOPT');
  });
});

describe('socket_accept, socket_recv and socket_write', () => {
  test('give false where PHP would block, with EAGAIN', async () => {
    const server = await listening();
    expect(php.socket_accept(server)).toBe(false);
    expect(php.socket_last_error()).toBe('EAGAIN');
    const { socket } = await accepted(server);
    const buffer: Ref<Uint8Array | null> = { value: bytesOf('old') };
    expect(php.socket_recv(socket, buffer, 10, 0)).toBe(false);
    expect(buffer.value).toBeNull();
    expect(php.socket_last_error(socket)).toBe('EAGAIN');
  });

  test('recv gives 0 and null at FIN', async () => {
    const { socket, fd } = await accepted(await listening());
    clients.close(fd);
    await php.socket_select([socket], null, null, 5);
    const buffer: Ref<Uint8Array | null> = { value: bytesOf('old') };
    expect(php.socket_recv(socket, buffer, 10, 0)).toBe(0);
    expect(buffer.value).toBeNull();
  });

  test('after RST they give false, and ECONNRESET in words', async () => {
    const { socket, fd } = await accepted(await listening());
    clients.reset(fd);
    await php.socket_select([socket], null, null, 5);
    expect(php.socket_recv(socket, { value: null }, 10, 0)).toBe(false);
    expect(php.socket_strerror(php.socket_last_error(socket))).toBe('Connection reset by peer');
    expect(php.socket_write(socket, 'x')).toBe(false);
  });

  test('write sends a string as UTF-8, and only the first length bytes', async () => {
    const { socket, fd } = await accepted(await listening());
    expect(php.socket_write(socket, 'né')).toBe(3);
    expect(php.socket_write(socket, 'abcdef', 2)).toBe(2);
    php.socket_close(socket);
    expect(text(await recvAll(clients, fd))).toBe('néab');
  });

  test('a socket that does not listen accepts nothing, one without a connection receives nothing', () => {
    const socket = php.socket_create(AF_INET, SOCK_STREAM, SOL_TCP);
    expect(php.socket_accept(socket)).toBe(false);
    expect(php.socket_last_error()).toBe('EINVAL');
    expect(php.socket_recv(socket, { value: null }, 1, 0)).toBe(false);
    expect(php.socket_last_error(socket)).toBe('ENOTCONN');
  });

  test('flags are refused with EOPNOTSUPP', async () => {
    const { socket } = await accepted(await listening());
    expect(php.socket_recv(socket, { value: null }, 1, 2)).toBe(false);
    expect(php.socket_last_error(socket)).toBe('EOPNOTSUPP');
  });
});

describe('socket_getpeername', () => {
  test('fills address and port', async () => {
    const { socket, fd } = await accepted(await listening());
    const [address, port] = [{ value: '' }, { value: 0 }];
    expect(php.socket_getpeername(socket, address, port)).toBe(true);
    expect({ host: address.value, port: port.value }).toEqual(clients.getsockname(fd));
    expect(php.socket_getpeername(socket, address)).toBe(true);
  });
});

describe('socket_close', () => {
  test('a closed socket cannot be used, though its number is given out again', async () => {
    const server = await listening();
    const { socket } = await accepted(server);
    php.socket_close(socket);
    const next = await accepted(server);
    expect(next.socket.fd).toBe(4);
    expect(socket.fd).toBeNull();
    expect(codeOf(() => php.socket_write(socket, 'x'))).toBe('EBADF');
    expect(codeOf(() => php.socket_close(socket))).toBe('EBADF');
  });
});
