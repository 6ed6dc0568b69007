import { describe, expect, test } from 'vitest';
import { QuietProbe } from '../../src/php/proc.js';
import { parseTcpEnds, parseTcpTable, type TcpEntry, trafficOf } from '../../src/php/tcp-table.js';
import type { Connected } from '../../src/scenario/opponent.js';

/** A client at port 50000 that has done nothing yet. */
function client(state: Partial<Connected> = {}): Connected {
  return {
    client: 'A',
    port: 50_000,
    sent: 0,
    received: 0,
    reading: true,
    ended: null,
    endedByServer: null,
    ...state,
  };
}

const ESTABLISHED = 1;
const SYN_RECV = 3;
const FIN_WAIT1 = 4;
const CLOSE_WAIT = 8;

/** The server's end of the connection of port 50000. */
function atServer(entry: Partial<TcpEntry> = {}): TcpEntry {
  const ports = { localPort: 8080, remotePort: 50_000 };
  return { ...ports, state: ESTABLISHED, sendQueue: 0, recvQueue: 0, inode: 1, ...entry };
}

/** The client's end of it. */
function atClient(entry: Partial<TcpEntry> = {}): TcpEntry {
  return atServer({ localPort: 50_000, remotePort: 8080, ...entry });
}

function listener(recvQueue = 0): TcpEntry {
  return atServer({ remotePort: 0, state: 10, recvQueue });
}

const OVER = { toServer: false, unread: false, toClients: false };

describe('/proc/net/tcp', () => {
  const head =
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n';

  test('gives ports, state and queues in hex, and the inode', () => {
    const text = `${head}   0: 0100007F:1F90 00000000:0000 0A 00000000:00000002 00:00000000 00000000     0        0 138437 1 000000004c4b1ce4 100 0 0 10 0
   1: 0100007F:1F90 0100007F:C350 01 0000001A:000000C2 01:00000014 00000000  1000        0 138440 2 00000000 20 4 30 10 -1
`;
    expect(parseTcpTable(text)).toEqual([
      { ...listener(2), inode: 138_437 },
      { ...atServer({ sendQueue: 26, recvQueue: 194 }), inode: 138_440 },
    ]);
  });

  test.each([
    ['0100007F', '127.0.0.1'],
    ['00000000', '0.0.0.0'],
    ['0000000000000000FFFF00000100007F', '127.0.0.1'],
    ['00000000000000000000000001000000', '::1'],
    ['00000000000000000000000000000000', '::'],
    ['B80D0120000000000000000001000000', '2001:db8::1'],
  ])('gives the addresses of both ends: %s', (hex, host) => {
    const text = `${head}   0: ${hex}:1F90 ${hex}:C350 01 00000000:00000000 00:00000000 00000000     0        0 7 1 0 20 4 30 10 -1\n`;
    const [local, remote] = [8080, 50_000].map((port) => ({ host, port }));
    expect(parseTcpEnds(text)).toEqual([{ inode: 7, state: ESTABLISHED, local, remote }]);
  });

  test('is read with the long addresses of IPv6 too', () => {
    const text = `${head}   0: 0000000000000000FFFF00000100007F:1F90 0000000000000000FFFF00000100007F:C350 08 00000000:00000001 00:00000000 00000000     0        0 7 1 0 20 4 30 10 -1
`;
    expect(parseTcpTable(text)).toEqual([
      { ...atServer({ state: CLOSE_WAIT, recvQueue: 1 }), inode: 7 },
    ]);
  });
});

describe('what is on its way', () => {
  const of = (table: TcpEntry[], state?: Partial<Connected>) =>
    trafficOf(table, 8080, [client(state)]);

  test('nothing, when all queues are empty', () => {
    expect(of([listener(), atServer(), atClient()])).toEqual(OVER);
  });

  test('to the server: what it has not acknowledged, FIN that is not sent, RST that has not come', () => {
    const toServer = { ...OVER, toServer: true };
    expect(of([atServer(), atClient({ sendQueue: 3 })])).toEqual(toServer);
    expect(of([atServer(), atClient()], { ended: 'close' })).toEqual(toServer);
    expect(of([atServer()], { ended: 'reset' })).toEqual(toServer);
    expect(of([], { ended: 'reset' })).toEqual(OVER);
  });

  test('to the server: a client for which there is no place in the backlog', () => {
    expect(of([atServer({ state: SYN_RECV }), atClient()])).toEqual({ ...OVER, toServer: true });
  });

  test('unread, and no more: what does not come further as the server reads nothing', () => {
    const unread = { ...OVER, unread: true };
    expect(of([atServer({ recvQueue: 9 }), atClient({ sendQueue: 9 })])).toEqual(unread);
    expect(of([listener(1), atServer({ state: SYN_RECV }), atClient()])).toEqual(unread);
  });

  test('unread: bytes, FIN (which counts as one byte), and who waits for accept', () => {
    const unread = { ...OVER, unread: true };
    expect(of([atServer({ recvQueue: 40 }), atClient()])).toEqual(unread);
    expect(of([atServer({ state: CLOSE_WAIT, recvQueue: 1 })], { ended: 'close' })).toEqual(unread);
    expect(of([listener(1), atServer(), atClient()])).toEqual(unread);
  });

  test('to a client: what it has not read, what has not come to it, FIN', () => {
    const toClients = { ...OVER, toClients: true };
    expect(of([atServer(), atClient({ recvQueue: 4 })])).toEqual(toClients);
    expect(of([atServer({ sendQueue: 4 }), atClient()])).toEqual(toClients);
    expect(of([atServer({ state: FIN_WAIT1, sendQueue: 1 }), atClient()])).toEqual(toClients);
  });

  test('to a client: what it has got and not acknowledged, as a second small write may wait for that', () => {
    const held = [atServer({ sendQueue: 8 }), atClient()];
    expect(of(held, { received: 12, sent: 100 })).toEqual({ ...OVER, toClients: true });
  });

  test('a client that does not read, or has heard of the end, is not waited for', () => {
    const full = [atServer({ sendQueue: 4 }), atClient({ recvQueue: 4 })];
    expect(of(full, { reading: false })).toEqual(OVER);
    expect(of([atClient({ recvQueue: 1 })], { endedByServer: 'fin' })).toEqual(OVER);
  });

  test('other connections do not count', () => {
    expect(of([atServer({ remotePort: 50_001, recvQueue: 9, sendQueue: 9 })])).toEqual(OVER);
  });
});

describe('a server of which only time can tell', () => {
  test('is idle when nothing has come or gone for 150 ms', () => {
    let now = 0;
    const probe = new QuietProbe(() => now);
    expect(probe.state([client()])).toBe('busy');
    now = 149;
    expect(probe.state([client()])).toBe('busy');
    now = 150;
    expect(probe.state([client()])).toBe('idle');
    expect(probe.state([client({ received: 1 })])).toBe('busy');
    now = 300;
    expect(probe.state([client({ received: 1 })])).toBe('idle');
  });
});
