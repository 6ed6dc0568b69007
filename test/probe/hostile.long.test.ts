/** Servers that die, hang, are slow, or mean harm: the probe ends, and blames nobody wrongly. */

import { describe, expect, test } from 'vitest';
import { joinBytes } from '../../src/bytes.js';
import type { Application } from '../../src/chat/members.js';
import { createRoom } from '../../src/chat/room.js';
import { Server } from '../../src/chat/server.js';
import { encodeFrame, Opcode } from '../../src/websocket/frame.js';
import { ServerHandshake } from '../../src/websocket/handshake.js';
import { headBytes } from '../../src/websocket/http.js';
import { byHand, ECHO, named, only, probeProgram, probeSim, whyOf } from '../support/probing.js';

const LIMIT = { timeout: 120_000 };

/** Shakes hands, and then does this with whatever comes. */
function opened(
  behind: (peer: Parameters<Parameters<typeof byHand>[0]>[0], bytes: Uint8Array) => void,
  greeting: Uint8Array = new Uint8Array(0),
): ReturnType<typeof byHand> {
  const shaken = new Set<number>();
  return byHand((peer, bytes) => {
    if (bytes.length === 0) shaken.delete(peer.fd);
    else if (shaken.has(peer.fd)) behind(peer, bytes);
    else {
      shaken.add(peer.fd);
      const answer = new ServerHandshake().feed(bytes);
      if (answer !== null) peer.send(joinBytes([answer.bytes, greeting]));
    }
  });
}

describe('a server that dies', LIMIT, () => {
  const DYING = 'ping-126';

  test('is named once, with the rule that it did not survive', async () => {
    const report = await probeSim(
      async (host) => {
        const room = createRoom(host);
        await room.listen({ host: '', port: 8080 });
        const { runLoop } = await import('../../src/trace/loop.js');
        const dies = (event: { step: string; closeCode?: number }): void => {
          if (event.step === 'error') host.closeAll();
        };
        void runLoop(host, room, dies).catch(() => {});
      },
      only('text-1', DYING, 'ping-short', 'close-1000'),
    );
    expect(report.stopped).toEqual({ how: 'gone', rule: DYING });
    expect(report.results.map(({ outcome }) => outcome)).toEqual([
      ...['pass', 'fail', 'unseen', 'unseen'],
    ]);
    expect(whyOf(report, DYING)).toBe('died');
    expect(whyOf(report, 'close-1000')).toBe('not-run');
  });
});

describe('a server that hangs', LIMIT, () => {
  test('from the beginning is asked nothing', async () => {
    const report = await probeSim(byHand(() => {}));
    expect(report.stopped).toEqual({ how: 'stuck', rule: null });
    expect(report.counts).toMatchObject({ pass: 0, fail: 0, noted: 0 });
  });

  test('later is not blamed for what it did not say', async () => {
    const application: Application = {
      ...ECHO,
      received(members, client, message) {
        if (message.isText && message.text === '7') hanging?.pause();
        return ECHO.received(members, client, message);
      },
    };
    let hanging: { pause(): void } | null = null;
    const report = await probeProgram(
      (host) => {
        hanging = host;
        return new Server(host, application);
      },
      only('text-0', 'text-1', 'text-125'),
    );
    expect(report.stopped).toEqual({ how: 'stuck', rule: 'text-1' });
    expect(report.results.map(({ why }) => why?.code)).toEqual([undefined, undefined, 'stuck']);
    expect(report.counts.fail).toBe(0);
  });
});

describe('a server that ends each connection', LIMIT, () => {
  const SURVIVED = ['claim-2-gib', 'claim-2-53', 'claim-2-62', 'ends-in-frame', 'resets'];

  test.each(['fin', 'reset'] as const)('at once, with %s, hung up', async (how) => {
    const report = await probeSim(ending(how));
    expect(report.stopped).toEqual({ how: 'hung-up', rule: null });
    expect(report.counts).toMatchObject({ pass: 0, fail: 0, noted: 0 });
  });

  test.each([
    ['with FIN', ending('fin', true), 'fin'],
    ['with RST', ending('reset', true), 'reset'],
  ] as const)('behind its 101, %s, has survived nothing', async (_, server, how) => {
    const report = await probeSim(server, only(...SURVIVED, 'ping-126'));
    expect(named(report, 'pass')).toEqual([]);
    expect(whyOf(report, 'claim-2-gib')).toBe('not-sent');
    for (const { came } of report.results) expect(came).toContainEqual({ kind: 'end', how });
  });

  test('with a frame that no one may send has survived nothing', async () => {
    const giant = Uint8Array.of(0x82, 0x7f, 0, 0, 0, 0, 0x40, 0, 0, 0);
    const report = await probeSim(
      opened(() => {}, giant),
      only(...SURVIVED),
    );
    expect(named(report, 'unseen')).toEqual(SURVIVED);
  });
});

/** Ends each connection: behind its answer, or as soon as it is there. */
function ending(how: 'fin' | 'reset', answers = false): ReturnType<typeof byHand> {
  return byHand((peer, bytes) => {
    if (answers && bytes.length === 0) return;
    const answer = answers ? new ServerHandshake().feed(bytes) : null;
    if (answer !== null) peer.send(answer.bytes);
    peer.end(how);
  });
}

describe('a slow server', LIMIT, () => {
  test('that answers within the patience is judged like any other', async () => {
    const world = { latencyMs: 700 };
    const report = await probeProgram((host) => new Server(host, ECHO), { world });
    expect(named(report, 'fail')).toEqual([]);
    expect(report.stopped).toBeNull();
  });

  test('that is slower than the patience is not blamed', async () => {
    const report = await probeProgram((host) => createRoom(host), {
      world: { latencyMs: 4_000 },
    });
    expect(report.counts.fail).toBe(0);
    expect(report.stopped?.how).toBe('stuck');
  });
});

describe('a server that means harm', LIMIT, () => {
  test('with bytes without end is read up to a bound', async () => {
    const zeros = new Uint8Array(60_000);
    const report = await probeSim(
      async (host) => {
        const listener = await host.listen({ host: '', port: 8080 });
        void pourInto(host, listener, zeros);
      },
      { ...only('right', 'text-1'), patienceMs: 1_000 },
    );
    expect(report.manners.opens).toBe(false);
    expect(report.counts.pass).toBe(0);
  });

  test('with one byte now and then does not hold the probe for ever', async () => {
    const dripping = opened((peer) => peer.send(Uint8Array.of(0x81)), Uint8Array.of(0x81, 0x7e));
    const report = await probeSim(dripping, only('text-1', 'close-1000'));
    expect(report.counts.pass).toBe(0);
    expect(whyOf(report, 'close-1000')).toBeDefined();
  });

  test('with messages without end is asked no further', async () => {
    const frames = joinBytes(
      Array.from({ length: 20_000 }, () => encodeFrame(Opcode.text, Uint8Array.of(0x61))),
    );
    const report = await probeSim(
      async (host) => {
        const listener = await host.listen({ host: '', port: 8080 });
        void pourInto(host, listener, frames, true);
      },
      { ...only('close-1000', 'close-1001'), patienceMs: 1_000 },
    );
    expect(report.manners.opens).toBe(true);
    expect(report.stopped).toEqual({ how: 'flood', rule: 'close-1000' });
    expect(whyOf(report, 'close-1001')).toBe('not-run');
  });

  test.each([
    ['a masked frame', encodeFrame(Opcode.text, Uint8Array.of(0x61), { maskingKey: 1 }), '5.1'],
    ['a frame of 1 EiB', Uint8Array.of(0x82, 0x7f, 0x10, 0, 0, 0, 0, 0, 0, 0), '7.4.1'],
    ['a reserved bit', Uint8Array.of(0xc1, 0x00), '5.2'],
  ])('with %s has itself broken the RFC', async (_, bytes, section) => {
    const report = await probeSim(
      opened((peer) => peer.send(bytes)),
      only('text-125', 'text-126'),
    );
    expect(report.counts.fail).toBe(2);
    expect(report.results[0]?.why).toMatchObject({ code: 'broke', values: { section } });
  });

  test('in what it writes reaches nobody raw', async () => {
    const head = headBytes(['HTTP/1.1 200 \u001b[2J', 'X: y']);
    const report = await probeSim(
      byHand((peer, bytes) => void (bytes.length > 0 && peer.send(head))),
      only('right'),
    );
    expect(JSON.stringify(report)).not.toContain('\u001b');
    expect(report.counts.fail).toBe(1);
  });
});

/** Sends to every connection without end, behind a handshake or at once. */
async function pourInto(
  host: import('../../src/net/sim.js').SimHost,
  listener: number,
  bytes: Uint8Array,
  shakes = false,
): Promise<void> {
  const { FdSet, SocketError } = await import('../../src/net/net.js');
  const read = new FdSet([listener]);
  const write = new FdSet();
  const offsets = new Map<number, number>();
  for (;;) {
    const ready = await host.select(read, write, new FdSet());
    for (const fd of ready.read) {
      if (fd !== listener) {
        const answer = new ServerHandshake().feed(host.recv(fd, 65_536));
        if (answer !== null) host.send(fd, answer.bytes);
        read.delete(fd);
        offsets.set(fd, 0);
        write.add(fd);
      } else if (shakes) read.add(host.accept(listener));
      else write.add(host.accept(listener));
    }
    for (const fd of ready.write) {
      try {
        const at = offsets.get(fd) ?? 0; // a send may take a part
        offsets.set(fd, (at + host.send(fd, bytes.subarray(at))) % bytes.length);
      } catch (error) {
        if (!(error instanceof SocketError)) throw error;
        write.delete(fd);
        host.close(fd);
      }
    }
  }
}
