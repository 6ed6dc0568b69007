/** What the probe says of servers that are known: ours, the mirror, and ws. */

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { DEFECTS } from '../../src/chat/defects.js';
import { UNHURRIED } from '../../src/chat/limits.js';
import { OriginalServer } from '../../src/chat/original.js';
import { createRoom } from '../../src/chat/room.js';
import { Server } from '../../src/chat/server.js';
import { NodeNet } from '../../src/net/node.js';
import { nodeCompression } from '../../src/net/node-deflate.js';
import { RULES } from '../../src/probe/rules.js';
import { runLoop } from '../../src/trace/loop.js';
import { ECHO, named, only, probePort, probeProgram, whyOf } from '../support/probing.js';
import { run } from '../support/room.js';

const SLOW = { timeout: 300_000 };

/** Longer than any machine is busy: nobody is blamed for that. */
const PATIENT = { patienceMs: 60_000 };

const BIG = { maxMessageLength: 64 << 20, maxOutbox: 256 << 20 };

/** Without what takes long, and tells nothing of these. */
const SMALL = RULES.filter(({ group }) => group !== 'limits');

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

describe('our room', SLOW, () => {
  test('keeps every rule; what cannot be seen of one that does not echo is not held against it', async () => {
    const report = await probeProgram((host) => createRoom(host, { deflate: nodeCompression }));
    expect(named(report, 'fail')).toEqual([]);
    expect(named(report, 'noted')).toEqual([]);
    expect(report.manners).toMatchObject({
      opens: true,
      pongs: true,
      closes: true,
      deflates: true,
    });
    // what the farewell brings is no answer to a rule
    const refused = report.results.find(({ id }) => id === 'ping-126');
    expect(refused?.came).toMatchObject([{ opcode: 8, code: 1002 }]);
    const unseen = new Set(named(report, 'unseen').map((id) => whyOf(report, id)));
    expect([...unseen].sort()).toEqual(['no-echo', 'own-rule']);
    expect(named(report, 'pass').length).toBeGreaterThan(200);
  });

  test('without permessage-deflate is not asked about it', async () => {
    const rules = RULES.filter(({ group }) => group === 'deflate');
    const report = await probeProgram((host) => createRoom(host, UNHURRIED), { rules });
    expect(new Set(report.results.map(({ why }) => why?.code))).toEqual(new Set(['declined']));
  });

  test('twice gives the same report', async () => {
    const [one, two] = await Promise.all(
      [1, 2].map(() => probeProgram((host) => createRoom(host), { rules: SMALL })),
    );
    expect(one).toEqual(two);
  });
});

describe('our echo server', SLOW, () => {
  test('keeps every rule, all of them seen, on real sockets', async () => {
    const running = await run(
      (net) => new Server(net, ECHO, { ...UNHURRIED, ...BIG, deflate: nodeCompression }),
    );
    cleanups.push(() => running.stop());
    const report = await probePort(running.port, PATIENT);
    expect(report.results.filter(({ outcome }) => outcome !== 'pass')).toEqual([]);
    expect(report.counts.pass).toBe(RULES.length);
  });
});

/** What the mirror breaks, by the number of the mistake; a rule that meets several stands at the first to show. */
const BROKEN: Record<string, string[]> = {
  D01: [
    ...['text-0', 'text-1', 'binary-0', 'binary-1', 'frame-bytes', 'header-bytes', 'cut-across'],
    ...['ping-empty', 'ping-by-bytes', 'pong-empty', 'fragments-bytes', 'utf8-split'],
    ...['first-empty', 'middle-empty', 'last-empty', 'all-empty', 'close-bytes'],
  ],
  D02: [
    ...['close-empty', 'close-ends-tcp', 'close-inside'],
    ...[1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014].map(
      (code) => `close-${code}`,
    ),
    ...['close-3000', 'close-3999', 'close-4000', 'close-4999'],
  ],
  D05: ['text-65535', 'binary-65535'],
  D06: [
    ...['ping-short', 'ping-bytes', 'ping-125', 'pings-10', 'ping-between', 'ping-inside'],
    ...['utf8-ping', 'ping-126', 'ping-65536', 'pong-126', 'ping-fragment', 'pong-fragment'],
    'ping-continued',
  ],
  D07: ['continues-nothing', 'continues-finished', 'text-inside', 'binary-inside'],
  D08: [
    ...['key-missing', 'key-15-bytes', 'key-17-bytes', 'key-no-base64', 'key-twice'],
    ...['upgrade-other', 'upgrade-missing', 'connection-missing', 'connection-other', 'post'],
    ...['http-1-0', 'version-missing', 'version-99', 'host-missing', 'host-twice'],
    ...['space-before-colon', 'no-colon', 'extensions-malformed', 'plain-get', 'no-http'],
  ],
  D09: ['request-halves', 'request-bytes'],
  D11: RULES.filter(({ group }) => group === 'reserved').map(({ id }) => id),
  D12: ['unmasked', 'unmasked-later'],
  D13: [...['125-in-16', '125-in-64', '126-in-64', '65535-in-64'].map((what) => `length-${what}`)],
  D25: ['names-lower-case', 'names-upper-case'],
  D30: [
    ...['close-reason', 'close-reason-123', 'close-reason-utf8', 'close-126', 'close-twice'],
    ...['close-behind-text', 'text-behind-close', 'ping-behind-close'],
  ],
  D36: RULES.filter(({ id }) => /^utf8-[0-9a-f]+$/.test(id)).map(({ id }) => id),
};
BROKEN.D13?.push('top-bit');

describe('the mirror of the original', SLOW, () => {
  test('breaks what its table of mistakes says, rule by rule', async () => {
    const report = await probeProgram((host) => new OriginalServer(host), { rules: SMALL });
    const byNumber = Object.values(BROKEN).flat();
    expect(named(report, 'fail').sort()).toEqual([...byNumber].sort());
    expect(DEFECTS.map(({ number }) => number)).toEqual(
      expect.arrayContaining(Object.keys(BROKEN)),
    );
    expect(report.manners).toMatchObject({ opens: true, pongs: false, closes: false, talks: true });
    expect(report.counts.fail).toBeGreaterThan(RULES.length / 2);
    expect(report.stopped).toBeNull();
  });

  test('is judged alike on real sockets, where it tells the next of who has left', async () => {
    const net = new NodeNet({ beyondFdSetSize: 'ignore' });
    const mirror = new OriginalServer(net);
    const opened = await mirror.listen({ host: '127.0.0.1', port: 0 });
    const bind = opened.find(({ step }) => step === 'bind');
    if (bind?.step !== 'bind') throw new Error('it does not listen');
    const loop = runLoop(net, mirror);
    cleanups.push(async () => {
      mirror.stop();
      await loop;
      net.closeAll();
    });
    const some = only('right', 'other-key', 'names-lower-case', 'text-125', 'unmasked', 'ping-125');
    const report = await probePort(bind.port, { ...some, patienceMs: 2_000 });
    expect(report.results.map(({ outcome }) => outcome)).toEqual([
      ...['pass', 'pass', 'fail', 'unseen', 'fail', 'fail'],
    ]);
  });
});

/** What ws is known to do otherwise. The frames of 5.2 are wrong for who writes them; ws reads them. */
const WS_BREAKS = [
  ...['more-space', 'http-1-0', 'host-missing', 'host-twice'],
  ...['length-0-in-16', 'length-125-in-16', 'length-125-in-64', 'length-126-in-64'],
  'length-65535-in-64',
];

describe('ws', SLOW, () => {
  test.each([true, false])('is told apart rule by rule, with deflate %s', async (deflate) => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1', perMessageDeflate: deflate });
    cleanups.push(() => server.close());
    await once(server, 'listening');
    server.on('connection', (socket) => {
      socket.on('error', () => {});
      socket.on('message', (data, binary) => socket.send(data, { binary }));
    });
    const report = await probePort((server.address() as AddressInfo).port, {
      ...PATIENT,
      rules: deflate ? RULES : SMALL,
    });
    const known = deflate ? WS_BREAKS : [...WS_BREAKS, 'extensions-malformed'];
    expect(named(report, 'fail').sort()).toEqual(known.sort());
    expect(named(report, 'noted')).toEqual(
      expect.arrayContaining(['fail-fast-first', 'fail-fast-second', 'fail-fast-split']),
    );
    for (const client of server.clients) client.terminate();
  });
});
