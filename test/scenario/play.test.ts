import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { NodeNet } from '../../src/net/node.js';
import type { Opponent } from '../../src/scenario/opponent.js';
import { play } from '../../src/scenario/play.js';
import type { Scenario } from '../../src/scenario/scenario.js';

test('a step whose expected bytes have come is over only when the server has taken all that was sent', async () => {
  const server = createServer((socket) => socket.on('data', () => socket.write('ok')));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('bug: no port');
  const seen: string[] = [];
  const opponent: Opponent = {
    address: { host: '127.0.0.1', port: address.port },
    state: () => 'idle',
    hasTaken: ([client]) => {
      seen.push(`sent ${client?.sent}, received ${client?.received}`);
      return seen.length === 3;
    },
    pause: () => {},
    resume: () => {},
  };
  const scenario: Scenario = {
    name: 'two-bytes',
    description: 'One act.',
    steps: [[{ do: 'connect', client: 'A' }], [{ do: 'send', client: 'A', hex: '0102' }]],
  };
  const expected = [{ step: 1, client: 'A', hex: '6f6b' }];
  const net = new NodeNet();
  const wire = await play(scenario, net, opponent, { expected });
  net.closeAll();
  server.close();
  expect(wire).toEqual(expected);
  expect(seen).toEqual(Array(3).fill('sent 2, received 2'));
});
