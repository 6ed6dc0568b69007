/**
 * The kernel's table of TCP sockets, /proc/net/tcp, and what it says of bytes that are under way.
 * @module
 */

import type { Address } from '../net/net.js';
import type { Connected } from '../scenario/opponent.js';
import { fdTarget, listProc, readProc, statOf } from './processes.js';

/** One line of /proc/net/tcp: one end of a connection, or a listener. */
export interface TcpEntry {
  localPort: number;
  remotePort: number;
  /** The kernel's number: see `TcpState`. */
  state: number;
  /** Bytes not acknowledged yet, with FIN as one more. */
  sendQueue: number;
  /** Bytes not read yet, with FIN as one more; of a listener, connections not accepted yet. */
  recvQueue: number;
  inode: number;
}

/** The states that are asked for here; include/net/tcp_states.h. */
export const TcpState = {
  established: 1,
  synRecv: 3,
  finWait1: 4,
  closeWait: 8,
  lastAck: 9,
  listen: 10,
  closing: 11,
} as const;

/** Reads a table as the kernel prints it. */
export function parseTcpTable(text: string): TcpEntry[] {
  const row =
    /^\s*\d+: [\dA-F]+:([\dA-F]{4}) [\dA-F]+:([\dA-F]{4}) ([\dA-F]{2}) ([\dA-F]{8}):([\dA-F]{8}) \S+ \S+\s+\d+\s+\d+ (\d+)/gm;
  return Array.from(text.matchAll(row), ([, ...fields]) => {
    const [localPort = 0, remotePort = 0, state = 0, sendQueue = 0, recvQueue = 0] = fields
      .slice(0, 5)
      .map((field) => Number.parseInt(field, 16));
    return { localPort, remotePort, state, sendQueue, recvQueue, inode: Number(fields[5]) };
  });
}

/** Both ends of a connection, or a listener, as one line of the table has them. */
export interface TcpEnds {
  readonly inode: number;
  /** The kernel's number: see `TcpState`. */
  readonly state: number;
  readonly local: Address;
  readonly remote: Address;
}

/** Reads the addresses out of a table as the kernel prints it. */
export function parseTcpEnds(text: string): TcpEnds[] {
  const row =
    /^\s*\d+: ([\dA-F]{8}|[\dA-F]{32}):([\dA-F]{4}) ([\dA-F]{8}|[\dA-F]{32}):([\dA-F]{4}) ([\dA-F]{2}) \S+ \S+ \S+\s+\d+\s+\d+ (\d+)/gm;
  return Array.from(
    text.matchAll(row),
    ([, host = '', port = '', far = '', farPort = '', ...rest]) => {
      const [state = '', inode] = rest;
      return {
        ...{ inode: Number(inode), state: Number.parseInt(state, 16) },
        local: { host: hostOf(host), port: Number.parseInt(port, 16) },
        remote: { host: hostOf(far), port: Number.parseInt(farPort, 16) },
      };
    },
  );
}

/**
 * The kernel's tables of sockets. It takes milliseconds to make one, however few sockets there are:
 * the kernel looks through its whole hash table, which is sized by the machine's memory.
 */
export const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'];

/** Sockets of this machine; null where there is no such table. */
export function readTcpTable(paths: readonly string[] = TABLES): TcpEntry[] | null {
  const texts = paths.map(readProc).filter((text) => text !== null);
  return texts.length === 0 ? null : parseTcpTable(texts.join(''));
}

/** What is still on its way between the clients and the server. */
export interface Traffic {
  /** Sent by a client, and not yet in the server's queue, which is empty: it will come there. */
  toServer: boolean;
  /** In the server's queues, and not yet taken out by recv or accept. */
  unread: boolean;
  /**
   * Sent by the server to a client that reads, and not yet read; or read, and not yet acknowledged. The
   * kernel does not tell one from the other: a second small write is held back until the first is
   * acknowledged (Nagle's algorithm, RFC 896), which the receiver may put off for 40 ms and more. It
   * always comes, so it is waited for.
   */
  toClients: boolean;
}

/** Works out what is on its way. Ports tell the connections apart: a client's is used once. */
export function trafficOf(
  table: readonly TcpEntry[],
  port: number,
  connections: readonly Connected[],
): Traffic {
  const serverEnds = serverEndsOf(table, port);
  const clientEnds = new Map<number, TcpEntry>();
  for (const entry of table) if (entry.remotePort === port) clientEnds.set(entry.localPort, entry);
  const backlog = table.filter((entry) => isListener(entry, port) && entry.recvQueue > 0);
  const traffic: Traffic = { toServer: false, unread: backlog.length > 0, toClients: false };
  for (const client of connections) {
    const [atServer, atClient] = [serverEnds.get(client.port), clientEnds.get(client.port)];
    if ((atServer?.recvQueue ?? 0) > 0) traffic.unread = true;
    else if (atServer?.state === TcpState.synRecv && backlog.length > 0) traffic.unread = true;
    else if (isOnWayToServer(client, atServer, atClient)) traffic.toServer = true;
    if (isOnWayToClient(client, atServer, atClient)) traffic.toClients = true;
  }
  return traffic;
}

/** The server's ends of the connections, by the port of the client. */
export function serverEndsOf(table: readonly TcpEntry[], port: number): Map<number, TcpEntry> {
  const entries = table.filter(({ localPort }) => localPort === port);
  return new Map(entries.map((entry) => [entry.remotePort, entry]));
}

export function isListener({ localPort, state }: TcpEntry, port: number): boolean {
  return localPort === port && state === TcpState.listen;
}

/** Whether neither end has closed, as far as this one knows. */
export function isOpen(entry: TcpEntry | undefined): entry is TcpEntry {
  return entry?.state === TcpState.established || entry?.state === TcpState.closeWait;
}

export function isOnWayToServer(
  { ended }: Connected,
  atServer: TcpEntry | undefined,
  atClient: TcpEntry | undefined,
): boolean {
  if (atServer?.state === TcpState.synRecv) return true; // there is no place in the backlog yet
  if (ended !== null && isOpen(atClient)) return true; // its FIN is not sent yet
  if (ended === 'reset' && isOpen(atServer)) return true; // RST takes the entry away
  return (atClient?.sendQueue ?? 0) > 0;
}

export function isOnWayToClient(
  client: Connected,
  atServer: TcpEntry | undefined,
  atClient: TcpEntry | undefined,
): boolean {
  const isOver = client.ended === 'close' || client.ended === 'reset';
  if (!client.reading || isOver || client.endedByServer !== null) return false;
  if ((atClient?.recvQueue ?? 0) > 0) return true;
  switch (atServer?.state) {
    case TcpState.finWait1:
    case TcpState.lastAck:
    case TcpState.closing:
      return true; // FIN comes last, and it has not come
    case TcpState.established:
    case TcpState.closeWait:
      return atServer.sendQueue > 0;
    default:
      return false;
  }
}

/**
 * Finds the process that listens on a port.
 *
 * @param group only processes of this process group
 * @returns null when there is none, more than one, or one that this user may not look at
 */
export function listenerPid(port: number, group?: number): number | null {
  const sockets = (readTcpTable() ?? [])
    .filter((entry) => isListener(entry, port))
    .map(({ inode }) => `socket:[${inode}]`);
  if (sockets.length === 0) return null;
  const holders = listProc('/proc')
    .filter((name) => /^\d+$/.test(name) && (group === undefined || statOf(name)?.group === group))
    .filter((pid) => listProc(`/proc/${pid}/fd`).some((fd) => sockets.includes(fdTarget(pid, fd))));
  return holders.length === 1 ? Number(holders[0]) : null;
}

/**
 * Where the processes of a group listen: what a server never says, the kernel knows.
 *
 * @returns each address once, as a client would call it: that of "any" is 127.0.0.1
 */
export function addressesOf(group: number): Address[] {
  const ends = parseTcpEnds(TABLES.map(readProc).join(''));
  const bySocket = new Map<string, Address>();
  for (const { inode, state, local } of ends) {
    if (state === TcpState.listen) bySocket.set(`socket:[${inode}]`, callable(local));
  }
  if (bySocket.size === 0) return [];
  const found = new Map<number, Address>();
  for (const pid of listProc('/proc')) {
    if (!/^\d+$/.test(pid) || statOf(pid)?.group !== group) continue;
    for (const fd of listProc(`/proc/${pid}/fd`)) {
      const address = bySocket.get(fdTarget(pid, fd));
      if (address !== undefined) found.set(address.port, address);
    }
  }
  return [...found.values()];
}

/** Who listens on any address, or on one of IPv6 that maps IPv4's, is called at 127.0.0.1. */
function callable({ host, port }: Address): Address {
  const isNamed = host === '::1' || (!host.includes(':') && host !== '0.0.0.0');
  return { host: isNamed ? host : '127.0.0.1', port };
}

/** An address as the table has it: words of 32 bits in hex, each in the machine's order of bytes, here the lowest first. */
function hostOf(hex: string): string {
  const bytes = Array.from({ length: hex.length / 2 }, (_, i) => {
    const at = 8 * (i >> 2) + 6 - 2 * (i & 3);
    return Number.parseInt(hex.slice(at, at + 2), 16);
  });
  if (bytes.length === 4) return bytes.join('.');
  const isMapped = bytes.slice(0, 10).every((byte) => byte === 0) && bytes[10] === 0xff;
  if (isMapped) return bytes.slice(12).join('.');
  const words = Array.from({ length: 8 }, (_, i) =>
    (256 * (bytes[2 * i] ?? 0) + (bytes[2 * i + 1] ?? 0)).toString(16),
  );
  return new URL(`http://[${words.join(':')}]`).hostname.slice(1, -1); // in its shortest form
}

/** Whether the kernel has a table of its sockets here. */
export function hasTcpTable(): boolean {
  return readTcpTable() !== null;
}
