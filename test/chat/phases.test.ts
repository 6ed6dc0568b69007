import { describe, expect, test } from 'vitest';
import { Client, type Move, type Phase } from '../../src/chat/client.js';
import { limitsOf } from '../../src/chat/limits.js';

/** A client that these have moved. */
function moved(moves: readonly Move[]): Client {
  const client = new Client(4, { host: '127.0.0.1', port: 50_000 }, limitsOf({}));
  for (const move of moves) client.move(move);
  return client;
}

describe('the phases of a client', () => {
  test.each<[Phase, Move[]]>([
    ['handshake', []],
    ['open', ['agreed']],
    ['leaving', ['agreed', 'left']],
    ['closed', ['agreed', 'left', 'sent']],
    ['draining', ['refused', 'sent']],
    ['leaving', ['agreed', 'refused', 'sent', 'fin']],
    ['closed', ['agreed', 'refused', 'sent', 'fin', 'sent']],
    ['closed', ['cut']],
  ])('it is %s after %j', (phase, moves) => {
    expect(moved(moves).phase).toBe(phase);
  });

  test.each<[Move, Phase, Move[]]>([
    ['cut', 'open', ['agreed']],
    ['agreed', 'leaving', ['left']],
    ['left', 'leaving', ['left']],
    ['sent', 'draining', ['refused', 'sent']],
    ['cut', 'closed', ['cut']],
  ])('%s does not happen to one that is %s', (move, phase, moves) => {
    expect(() => moved(moves).move(move)).toThrow(`bug: ${move} in the phase ${phase}`);
  });
});
