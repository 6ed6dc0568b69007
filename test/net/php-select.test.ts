import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { NodeNet } from '../../src/net/node.js';
import { socketFunctions } from '../../src/net/socket-select.js';
import {
  AF_INET,
  type Ref,
  SO_REUSEADDR,
  SOCK_STREAM,
  SOL_SOCKET,
  SOL_TCP,
  type Socket,
} from '../../src/net/socket-values.js';
import { utf8 } from '../support/bytes.js';

/** What PHP returned and left in its arrays, call by call: see recordings/record-select.php. */
const recorded: { calls: Record<string, unknown>[] } = JSON.parse(
  readFileSync(new URL('../recordings/socket-select.json', import.meta.url), 'utf8'),
);

const nets: NodeNet[] = [];
afterEach(() => {
  for (const net of nets.splice(0)) net.closeAll();
});

function open(): NodeNet {
  const net = new NodeNet();
  nets.push(net);
  return net;
}

type Sockets = Map<unknown, Socket>;

describe('socket_select beside PHP', () => {
  test('returns the same counts and keeps the same keys in the same nine calls', async () => {
    const net = open();
    const php = socketFunctions(net);
    const calls: Record<string, unknown>[] = [];
    const record = (
      what: string,
      returned: number | false,
      read: Sockets,
      write?: Sockets,
    ): void => {
      calls.push({
        what,
        returned,
        read: [...read.keys()],
        write: write ? [...write.keys()] : null,
      });
    };

    const listener = php.socket_create(AF_INET, SOCK_STREAM, SOL_TCP);
    php.socket_set_option(listener, SOL_SOCKET, SO_REUSEADDR, 1);
    php.socket_bind(listener, '127.0.0.1', 0);
    await php.socket_listen(listener, 9);
    const { port } = net.getsockname(listener.fd ?? -1);
    const [ada, ming] = [open(), open()];

    let read: Sockets = new Map([['listener', listener]]);
    record(
      'nobody is there: a time-out empties the array',
      await php.socket_select(read, null, null, 0),
      read,
    );

    const adaFd = await ada.connect({ host: '127.0.0.1', port });
    read = new Map([['listener', listener]]);
    record(
      'a client connects: the listener is readable',
      await php.socket_select(read, null, null, 1),
      read,
    );

    const first = php.socket_accept(listener);
    const mingFd = await ming.connect({ host: '127.0.0.1', port });
    await php.socket_select([listener], null, null, 1); // libuv accepts when it polls
    const second = php.socket_accept(listener);
    if (first === false || second === false) throw new Error('nobody to accept');
    const three = (): Sockets =>
      new Map([
        [0, listener],
        [1, first],
        [2, second],
      ]);
    read = three();
    record('accepted, and nobody has spoken', await php.socket_select(read, null, null, 0), read);

    ming.send(mingFd, utf8('hello'));
    read = three();
    record(
      'the second speaks: its key 2 is kept',
      await php.socket_select(read, null, null, 1),
      read,
    );

    read = three();
    record(
      'nobody has read it: it is reported again',
      await php.socket_select(read, null, null, 1),
      read,
    );

    const buffer: Ref<Uint8Array | null> = { value: null };
    php.socket_recv(second, buffer, 2048, 0);
    const two = (a: string, b: string): Sockets =>
      new Map([
        [a, first],
        [b, second],
      ]);
    read = two('a', 'b');
    const write = two('x', 'y');
    record(
      'read, and both can be written',
      await php.socket_select(read, write, null, 0),
      read,
      write,
    );

    ada.close(adaFd);
    read = two('a', 'b');
    record(
      'the first has left: it is readable',
      await php.socket_select(read, null, null, 1),
      read,
    );

    const returned = php.socket_recv(first, buffer, 2048, 0);
    calls.push({ what: 'and a recv gives no bytes', returned, buffer: buffer.value });
    expect(calls).toEqual(recorded.calls.slice(0, -1));
  });

  test('throws where PHP 8 throws: three empty arrays', async () => {
    const php = socketFunctions(open());
    expect(recorded.calls.at(-1)).toEqual({ what: 'three empty arrays', throws: 'ValueError' });
    await expect(php.socket_select([], [], [], 0)).rejects.toMatchObject({ code: 'EINVAL' });
  });
});
