/** Faults that a server is given while it is watched, and what is seen of it. */

import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { NodeNet } from '../../src/net/node.js';
import { FaultClients, type Sighting } from '../../src/record/fault-clients.js';
import { FAULTS, type Fault } from '../../src/record/fault-names.js';
import { injection } from '../../src/record/faults.js';
import { runIn } from '../support/command.js';

const noStrace = spawnSync('strace', ['-qq', 'true']).status !== 0;

let server: Server | null = null;
const sockets = new Set<Socket>();
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  server?.close();
});

/** What is seen of a server that treats each of its clients so. */
async function seen(fault: Fault, serve: (socket: Socket) => void): Promise<Sighting['code'][]> {
  server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    serve(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  return await seenAt(fault, port);
}

async function seenAt(fault: Fault, port: number): Promise<Sighting['code'][]> {
  const net = new NodeNet();
  const codes: Sighting['code'][] = [];
  const saw = ({ code }: Sighting) => codes.push(code);
  try {
    await new FaultClients(net, { host: '127.0.0.1', port }, saw).play(fault);
  } finally {
    net.closeAll();
  }
  return codes;
}

const echo = (socket: Socket): void => {
  socket.pipe(socket);
};

/** Answers a request once it is whole, and then echoes bytes that are frames. */
const upgrade = (socket: Socket): void => {
  let head = '';
  socket.on('data', (bytes) => {
    if (head.endsWith('\r\n\r\n')) {
      socket.write(bytes);
      return;
    }
    head += bytes.toString('latin1');
    if (head.endsWith('\r\n\r\n')) socket.write('HTTP/1.1 101 Switching Protocols\r\n\r\n');
  });
};

describe('what is seen of a server from outside', () => {
  test.each<[string, (socket: Socket) => void, Sighting['code']]>([
    ['waits for its end', upgrade, 'split.answered'],
    [
      'takes each piece for all',
      (socket) => void socket.once('data', () => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n')),
      'split.early',
    ],
    ['ends at a piece', (socket) => void socket.once('data', () => socket.end()), 'split.ended'],
    ['speaks something else', echo, 'split.other'],
  ])('a handshake in pieces: one that %s', async (_, serve, code) => {
    expect(await seen('split-handshake', serve)).toEqual([code]);
  });

  test('a client that says nothing is sent away, and others are served', async () => {
    const codes = await seen('silent-client', (socket) => {
      if (sockets.size === 1) socket.end();
      else echo(socket);
    });
    expect(codes).toEqual(['served', 'silent.ended']);
  });

  test('connections that are reset do no harm', async () => {
    expect(await seen('reset', upgrade)).toEqual(['resets', 'served']);
  });

  test('ten messages are answered', async () => {
    expect(await seen('slow-syscalls', echo)).toEqual(['slower']);
  });

  test('a slow reader is queued for, where others are served', async () => {
    const talk = (socket: Socket) =>
      socket.on('data', (bytes) => [...sockets].map((to) => to.write(bytes)));
    expect(await seen('slow-reader', talk)).toEqual(['slow.queued', 'served']);
  });

  test('nobody is there', async () => {
    expect(await seenAt('reset', 1)).toEqual(['absent']);
  });
});

test('a fault that clients make has real results, and no call is made up', () => {
  const made = FAULTS.filter((fault) => injection(fault).length > 0);
  expect(made).toEqual(['emfile', 'short-write', 'slow-syscalls']);
});

describe('watch --fault', () => {
  test('with a name that is none gets the list', () => {
    const { status, stderr } = runIn('.', 'watch', '--fault', 'fire', '--', 'true');
    expect(status).toBe(2);
    for (const name of FAULTS) expect(stderr).toContain(name);
  });

  test('is for a server that runs', () => {
    const { status, stderr } = runIn('.', 'watch', '--fault', 'emfile', '--read', 'calls.txt');
    expect(stderr).toBe(
      'loopscope: --fault is for a server that runs, and not for a file that strace wrote\n',
    );
    expect(status).toBe(2);
  });

  test.skipIf(noStrace)('emfile: what this server does, from its calls; it ends by itself', () => {
    const path = fileURLToPath(new URL('../../examples/servers/node_net.mjs', import.meta.url));
    const { status, stdout, stderr } = runIn(
      ...(['.', 'watch', '--fault', 'emfile', '--format', 'json', '--'] as const),
      ...[process.execPath, path, '0'],
    );
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const { fault, loops } = JSON.parse(stdout);
    expect(fault).toEqual({ name: 'emfile', saw: [{ code: 'served', values: {} }] });
    const found = loops[0].findings.find(({ code }: { code: string }) => code === 'accept-fails');
    expect(found).toMatchObject({ values: { code: 'EMFILE', count: 200 } });
  });
});
