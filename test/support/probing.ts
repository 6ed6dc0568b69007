/** Probes of servers: on a simulated network in virtual time, and over real sockets. */

import type { Application } from '../../src/chat/members.js';
import type { Fd, Net } from '../../src/net/net.js';
import { FdSet, SocketError } from '../../src/net/net.js';
import { NodeNet } from '../../src/net/node.js';
import { nodeCompression } from '../../src/net/node-deflate.js';
import { type SimHost, SimNet, type SimNetOptions } from '../../src/net/sim.js';
import type { Outcome } from '../../src/probe/judge.js';
import { type ProbeOptions, type ProbeReport, probe } from '../../src/probe/probe.js';
import { RULES } from '../../src/probe/rules.js';
import type { Step } from '../../src/trace/event.js';
import { type Program, runLoop } from '../../src/trace/loop.js';

/** A program that listens. */
export interface Listening extends Program {
  listen(address: { host: string; port: number }): Promise<Step[]>;
}

/** What a probe may be told otherwise than usual. */
export type Ways = Partial<ProbeOptions> & { world?: SimNetOptions };

/** Sends each message back. */
export const ECHO: Application = {
  opened: () => [],
  received(members, client, message) {
    members.sendMessage(client, message);
    return [];
  },
  left: () => [],
};

function asked(
  net: Net,
  address: { host: string; port: number },
  ways: Ways,
): Promise<ProbeReport> {
  return probe({
    net,
    target: { ...address, path: '/', fields: [] },
    url: `ws://${address.host}:${address.port}/`,
    patienceMs: 5_000,
    compression: nodeCompression,
    ...ways,
  });
}

/** Probes a server that runs in virtual time; `begin` is given its host. */
export async function probeSim(
  begin: (host: SimHost) => Promise<void>,
  ways: Ways = {},
): Promise<ProbeReport> {
  const world = new SimNet(ways.world);
  const host = world.host('server', { address: '10.0.0.1', beyondFdSetSize: 'ignore' });
  await begin(host);
  const client = world.host('client', { address: '10.0.0.2' });
  return asked(client, { host: 'server', port: 8080 }, ways);
}

/** Probes one of our own servers in virtual time. */
export function probeProgram(
  make: (host: SimHost) => Listening,
  ways: Ways = {},
): Promise<ProbeReport> {
  return probeSim(async (host) => {
    const program = make(host);
    await program.listen({ host: '', port: 8080 });
    void runLoop(host, program).catch(closedMeanwhile);
  }, ways);
}

/** Probes what listens on a port of the loopback. */
export async function probePort(port: number, ways: Ways = {}): Promise<ProbeReport> {
  const net = new NodeNet();
  try {
    return await asked(net, { host: '127.0.0.1', port }, ways);
  } finally {
    net.closeAll();
  }
}

/** Only the rules with these names. */
export function only(...ids: string[]): Pick<ProbeOptions, 'rules'> {
  return { rules: ids.map((id) => RULES.find((rule) => rule.id === id) ?? fail(id)) };
}

function fail(id: string): never {
  throw new Error(`there is no rule ${id}`);
}

/** The names of rules that came out so. */
export function named(report: ProbeReport, outcome: Outcome): string[] {
  return report.results.filter((result) => result.outcome === outcome).map(({ id }) => id);
}

/** Why a rule came out as it did, by code. */
export function whyOf(report: ProbeReport, id: string): string | undefined {
  return report.results.find((result) => result.id === id)?.why?.code;
}

/** One client of a server that is written by hand. */
export interface Peer {
  fd: Fd;
  send(bytes: Uint8Array): void;
  end(how?: 'fin' | 'reset'): void;
}

/**
 * A server by hand: says what to do with the bytes that came, which are empty when a connection is new.
 * What it sends has to fit into the buffers.
 */
export function byHand(
  act: (peer: Peer, bytes: Uint8Array, host: SimHost) => void,
): (host: SimHost) => Promise<void> {
  return async (host) => {
    const listener = await host.listen({ host: '', port: 8080 });
    void serve(host, listener, act).catch(closedMeanwhile);
  };
}

async function serve(
  host: SimHost,
  listener: Fd,
  act: Parameters<typeof byHand>[0],
): Promise<void> {
  const read = new FdSet([listener]);
  const none = new FdSet();
  const peerOf = (fd: Fd): Peer => ({
    fd,
    send: (bytes) => void host.send(fd, bytes),
    end: (how = 'fin') => {
      read.delete(fd);
      if (how === 'fin') host.close(fd);
      else host.reset(fd);
    },
  });
  for (;;) {
    for (const fd of (await host.select(read, none, none)).read) {
      if (fd === listener) {
        const client = host.accept(listener);
        read.add(client);
        act(peerOf(client), new Uint8Array(0), host);
      } else if (read.has(fd)) handle(host, peerOf(fd), act);
    }
  }
}

function handle(host: SimHost, peer: Peer, act: Parameters<typeof byHand>[0]): void {
  try {
    const bytes = host.recv(peer.fd, 65_536);
    if (bytes.length === 0) peer.end();
    else act(peer, bytes, host);
  } catch (error) {
    if (!(error instanceof SocketError)) throw error;
    peer.end();
  }
}

/** A test that lets a server die closes its descriptors under it. */
function closedMeanwhile(error: unknown): void {
  if (error instanceof SocketError && error.code === 'EBADF') return;
  throw error;
}
