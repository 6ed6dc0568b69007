import { afterEach, describe, expect, test } from 'vitest';
import { type Fd, FdSet } from '../../src/net/net.js';
import { NodeNet } from '../../src/net/node.js';
import { hasTcpTable, readTcpTable, type TcpEntry, TcpState } from '../../src/php/tcp-table.js';
import { QueueSampler } from '../../src/serve/queue-sampler.js';
import { diffTraces, tracesEqual } from '../../src/trace/diff.js';
import type { SelectStep, TraceEvent } from '../../src/trace/event.js';
import { formatEvent, parseEvent } from '../../src/trace/ndjson.js';
import { until } from '../support/patience.js';

const nets: NodeNet[] = [];
afterEach(() => {
  for (const net of nets.splice(0)) net.closeAll();
});

function newNet(): NodeNet {
  const net = new NodeNet();
  nets.push(net);
  return net;
}

const select = (...read: Fd[]): TraceEvent & SelectStep => {
  const ready = { readyRead: [], readyWrite: [], scanned: read.length };
  return { v: 1, seq: 0, turn: 1, t: 0, step: 'select', read, write: [], ...ready };
};

async function readable(net: NodeNet, fd: Fd): Promise<void> {
  await net.select(new FdSet([fd]), new FdSet(), new FdSet());
}

/** A server with one client that it has accepted. */
async function connected() {
  const [net, client] = [newNet(), newNet()];
  const listener = await net.listen({ host: '127.0.0.1', port: 0 });
  const address = net.getsockname(listener);
  const theirs = await client.connect(address);
  await readable(net, listener);
  return { net, client, listener, address, ours: net.accept(listener), theirs };
}

describe.skipIf(!hasTcpTable())('a sample of the queues, on a system that has a table', () => {
  test('has what waits for recv, in Node and in the kernel, and who waits for accept', async () => {
    const { net, client, listener, address, ours, theirs } = await connected();
    client.send(theirs, new Uint8Array(10));
    await readable(net, ours);
    await client.connect(address);
    await readable(net, listener);
    const { sampled } = new QueueSampler(net, address.port).mark(
      select(listener, ours),
    ) as SelectStep;
    expect(sampled).toEqual([
      [listener, 1],
      [ours, 10],
    ]);
  });

  test('has what lies in the kernel behind the bytes that Node has taken', async () => {
    const { net, client, address, ours, theirs } = await connected();
    net.setsockopt(ours, 'SO_RCVBUF', 65_536); // so that some of it has to lie behind
    const sent = client.send(theirs, new Uint8Array(250_000));
    let seen: unknown;
    await until(
      async () => {
        await readable(net, ours);
        const step = new QueueSampler(net, address.port).mark(select(ours)) as SelectStep;
        const sampled = step.sampled?.[0]?.[1] ?? 0;
        const atPeer = readTcpTable()?.find(({ remotePort }) => remotePort === address.port);
        const here = net.queued(ours).length;
        seen = { sent, sampled, here, atPeer: atPeer?.sendQueue };
        // what does not fit at this end stays in the queue of the other
        return sampled > here && sampled + (atPeer?.sendQueue ?? 0) === sent ? true : undefined;
      },
      () => JSON.stringify(seen),
    );
  });
});

describe('a sample', () => {
  const entry = (more: Partial<TcpEntry>): TcpEntry => ({
    localPort: 0,
    remotePort: 0,
    state: TcpState.established,
    sendQueue: 0,
    recvQueue: 0,
    inode: 0,
    ...more,
  });

  async function sampledWith(...rows: Partial<TcpEntry>[]) {
    const { net, address, ours } = await connected();
    const { port } = net.getpeername(ours);
    const table = rows.map((row) => entry({ localPort: address.port, remotePort: port, ...row }));
    return (
      new QueueSampler(net, address.port, () => table).mark(select(ours, 99)) as SelectStep
    ).sampled?.map(([, length]) => length);
  }

  test('does not count FIN, which the kernel counts as a byte', async () => {
    expect(await sampledWith({ recvQueue: 6, state: TcpState.closeWait })).toEqual([5]);
    expect(await sampledWith({ recvQueue: 6 })).toEqual([6]);
  });

  test('leaves out what nobody can tell: two hosts with one port, and who is gone', async () => {
    expect(await sampledWith({ recvQueue: 1 }, { recvQueue: 2 })).toEqual([]);
    expect(await sampledWith()).toEqual([]);
  });

  test('is taken of a select alone, and not again at once; nor where there is no table', async () => {
    const net = newNet();
    let looks = 0;
    const sampler = new QueueSampler(net, 1, () => {
      looks++;
      return [];
    });
    const accept: TraceEvent = { ...select(), step: 'recv', fd: 4, bytes: new Uint8Array(0) };
    expect(sampler.mark(accept)).toBe(accept);
    expect(sampler.mark(select())).toHaveProperty('sampled', []);
    const none = new QueueSampler(net, 1, () => null);
    for (let i = 0; i < 2; i++) expect(none.mark(select())).not.toHaveProperty('sampled');
    expect(looks).toBe(1);
  });

  test('is written and read, and is no difference between two traces', () => {
    const sampled: TraceEvent = { ...select(4), sampled: [[4, 38]] };
    expect(parseEvent(formatEvent(sampled), 1)).toEqual(sampled);
    expect(tracesEqual(diffTraces([sampled], [select(4)]))).toBe(true);
    const bad = formatEvent(sampled).replace('[[4,38]]', '[[4]]');
    expect(() => parseEvent(bad, 1)).toThrow('select.sampled is [[4]]; expected a list of pairs');
  });
});
