import { describe, expect, test } from 'vitest';
import {
  cutAt,
  cutOff,
  delay,
  everyByte,
  gather,
  only,
  type Rule,
  randomCuts,
  type Segment,
  SimNet,
} from '../../src/net/sim.js';
import { bytesOf, codeOf, text } from './net.contract.js';

/** What one end sees of a stream: each arrival with its time after the sending. */
interface Seen {
  arrivals: [ms: number, length: number][];
  text: string;
  end: string;
}

/** Sends texts, each by a send of its own at time 0, and FIN behind them, over a network with rules. */
async function send(texts: string[], ...rules: Rule[]): Promise<Seen> {
  const sim = new SimNet({ latencyMs: 10 });
  for (const rule of rules) sim.rule(rule);
  const [server, client] = [sim.host('server'), sim.host('client')];
  const listener = await server.listen({ host: '', port: 80 });
  const theirs = await client.connect({ host: 'server', port: 80 });
  await sim.settle();
  const ours = server.accept(listener);
  const start = sim.now();
  const arrivals: Seen['arrivals'] = [];
  sim.onArrive(({ name }, { kind, length }) => {
    if (name === 'server' && kind === 'bytes') arrivals.push([sim.now() - start, length]);
  });
  for (const part of texts) client.send(theirs, bytesOf(part));
  client.close(theirs);
  await sim.settle();
  let received = '';
  let end = codeOf(() => {
    for (let bytes = server.recv(ours, 9); bytes.length > 0; bytes = server.recv(ours, 9)) {
      received += text(bytes);
    }
  });
  if (end === 'no error') end = 'FIN';
  return { arrivals, text: received, end };
}

describe('a rule', () => {
  test('sees who sends what to whom, and where in the stream it is', async () => {
    const seen: Segment[] = [];
    const sim = new SimNet();
    sim.rule((segment) => void seen.push(segment));
    const [server, client] = [sim.host('server'), sim.host('client')];
    const listener = await server.listen({ host: '', port: 80 });
    const theirs = await client.connect({ host: 'server', port: 80 });
    client.send(theirs, bytesOf('abc'));
    client.send(theirs, bytesOf('de'));
    await sim.settle();
    server.send(server.accept(listener), bytesOf('f'));
    const up = { connection: 1, from: 'client', to: 'server', direction: 'up' };
    const down = { connection: 1, from: 'server', to: 'client', direction: 'down' };
    expect(seen).toEqual([
      { ...up, seq: 0, offset: 0, bytes: bytesOf('abc'), arrivesMs: 3 },
      { ...up, seq: 1, offset: 3, bytes: bytesOf('de'), arrivesMs: 3 },
      { ...down, seq: 0, offset: 0, bytes: bytesOf('f'), arrivesMs: 4 },
    ]);
  });

  test('without a word leaves everything as it is', async () => {
    const plain = {
      arrivals: [
        [10, 3],
        [10, 2],
      ],
      text: 'abcde',
      end: 'FIN',
    };
    expect(await send(['abc', 'de'])).toEqual(plain);
    expect(await send(['abc', 'de'], () => undefined)).toEqual(plain);
  });

  test('that forgets bytes loses none', async () => {
    const seen = await send(['abcde'], () => ({ pieces: [{ length: 2 }] }));
    expect(seen).toEqual({
      arrivals: [
        [10, 2],
        [10, 3],
      ],
      text: 'abcde',
      end: 'FIN',
    });
  });

  test.each([0, 6, 1.5])('that asks for a piece of %d of 5 bytes is told so', async (length) => {
    const sending = send(['abcde'], () => ({ pieces: [{ length }] }));
    await expect(sending).rejects.toThrow(`a rule asks for a piece of ${length} of 5 bytes`);
  });

  test('that delays cannot turn the order round', async () => {
    const first: Rule = ({ seq, bytes }) =>
      seq === 0 ? { pieces: [{ length: bytes.length, delayMs: 90 }] } : undefined;
    expect(await send(['abc', 'de'], first)).toEqual({
      arrivals: [
        [100, 3],
        [100, 2],
      ],
      text: 'abcde',
      end: 'FIN',
    });
  });

  test('behind another sees the pieces that it made', async () => {
    const seen = await send(['abcdef'], cutAt([2]), delay(5), cutAt([4], { gapMs: 7 }));
    expect(seen.arrivals).toEqual([
      [15, 2],
      [16, 2],
      [23, 2],
    ]);
  });

  test('can be for some segments only', async () => {
    const never = only({ from: 'client', direction: 'down' }, everyByte());
    const always = only({ from: 'client', to: 'server', connection: 1 }, everyByte());
    expect((await send(['ab'], never)).arrivals).toEqual([[10, 2]]);
    expect((await send(['ab'], always)).arrivals).toEqual([
      [10, 1],
      [11, 1],
    ]);
  });
});

describe('the rules at hand', () => {
  test('cutAt cuts at offsets of the stream, wherever the segments begin', async () => {
    const rule = cutAt([6, 2, 3, 99]);
    expect((await send(['abc', 'def', 'gh'], rule)).arrivals).toEqual([
      [10, 2],
      [11, 1],
      [12, 3],
      [13, 2],
    ]);
    expect((await send(['abcd'], cutAt([2], { gapMs: 20 }))).arrivals).toEqual([
      [10, 2],
      [30, 2],
    ]);
  });

  test('everyByte sends each by itself', async () => {
    const { arrivals, text } = await send(['abc', 'de'], everyByte());
    expect(arrivals).toEqual([10, 11, 12, 13, 14].map((ms) => [ms, 1]));
    expect(text).toBe('abcde');
  });

  test('randomCuts are the same for the same seed, and for a stream whatever the others do', async () => {
    const words = Array.from({ length: 20 }, (_, i) => `word ${i} of twenty`);
    const once = await send(words, randomCuts(1));
    expect(once.text).toBe(words.join(''));
    expect(new Set(once.arrivals.map(([, length]) => length)).size).toBeGreaterThan(5);
    expect(await send(words, randomCuts(1))).toEqual(once);
    expect((await send(words, randomCuts(2))).arrivals).not.toEqual(once.arrivals);
  });

  test('delay and gather', async () => {
    expect((await send(['ab'], delay(5))).arrivals).toEqual([[15, 2]]);
    const later: Rule = ({ seq, bytes }) => ({
      pieces: [{ length: bytes.length, delayMs: seq * 30 }],
    });
    // sent at 30 on the world's clock, so they come at 40, 70, 100 and 130; stretches end at 100, 200
    const seen = await send(['a', 'bc', 'def', 'ghij'], later, gather(100));
    expect(seen.arrivals).toEqual([
      [70, 1],
      [70, 2],
      [70, 3],
      [170, 4],
    ]);
  });

  test('cutOff resets both ends behind so many bytes', async () => {
    const rules = cutOff(4);
    expect(await send(['abc', 'de', 'fg'], rules)).toEqual({
      arrivals: [
        [10, 3],
        [10, 1],
      ],
      text: 'abcd',
      end: 'ECONNRESET',
    });
    expect(await send(['abc'], rules)).toMatchObject({ text: 'abc', end: 'FIN' });
    expect(await send(['abc'], cutOff(0))).toMatchObject({ arrivals: [], end: 'ECONNRESET' });
  });

  test('cutOff into silence tells nobody', async () => {
    const seen = await send(['abc', 'de'], cutOff(4, 'silence'));
    expect(seen).toEqual({
      arrivals: [
        [10, 3],
        [10, 1],
      ],
      text: 'abcd',
      end: 'EAGAIN',
    });
  });

  test('a cut by one rule goes behind the pieces of the next', async () => {
    const seen = await send(['abcdef'], cutOff(4), everyByte());
    expect(seen).toMatchObject({ text: 'abcd', end: 'ECONNRESET' });
    expect(seen.arrivals).toHaveLength(4);
    expect(await send(['abcdef'], everyByte(), cutOff(2))).toMatchObject({ text: 'ab' });
  });
});
