/**
 * `loopscope probe`: asks a server every rule of the RFC, and says which it keeps.
 * @module
 */

import { parseWebSocketUrl } from '../chat/client-options.js';
import { OriginalServer } from '../chat/original.js';
import { createRoom } from '../chat/room.js';
import { type Net, SocketError } from '../net/net.js';
import { NodeNet } from '../net/node.js';
import { nodeCompression } from '../net/node-deflate.js';
import { SimNet } from '../net/sim.js';
import { type ProbeReport, probe } from '../probe/probe.js';
import type { Target } from '../probe/request.js';
import type { Group } from '../probe/rule.js';
import { RULES } from '../probe/rules.js';
import type { Profile } from '../scenario/simulate.js';
import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import { runLoop } from '../trace/loop.js';
import { Failure } from './failure.js';
import { writeJson, writeText } from './print.js';
import { ProbeLines } from './probe-lines.js';
import { terminalWidth } from './story.js';

/** What `loopscope probe` takes. */
export interface ProbeCommandOptions {
  /** Only the rules about this. */
  only?: Group;
  /** How long the server may be silent, in seconds. */
  patience: number;
  /** As a person reads it, or as a program does. */
  format: 'text' | 'json';
}

/** Columns where the output is no terminal. */
const WIDTH = 80;

/**
 * Probes a server; the exit code is 1 where it broke a MUST, or could not be asked to the end.
 *
 * @param server `ws://HOST:PORT/PATH`, or the name of one of ours, which then runs on a simulated network
 * @throws Failure 2 for what is neither; 1 where nobody listens
 */
export async function probeCommand(
  server: string,
  { only, patience, format }: ProbeCommandOptions,
  language: Language = DEFAULT_LANGUAGE,
): Promise<void> {
  const { net, target, url, close } = await placeOf(server);
  const lines = new ProbeLines(terminalWidth() ?? WIDTH, language);
  const print = (said: readonly string[]): void => {
    if (format === 'text' && said.length > 0) writeText(`${said.join('\n')}\n`);
  };
  let report: ProbeReport;
  try {
    report = await probe({
      net,
      target,
      url,
      patienceMs: patience * 1_000,
      compression: nodeCompression,
      rules: RULES.filter(({ group }) => only === undefined || group === only),
      onMeet: (manners) => print(lines.head(url, manners)),
      onResult: (result) => print(lines.result(result)),
    });
  } catch (error) {
    if (error instanceof SocketError) throw new Failure('probe.connect', { message: error });
    throw error;
  } finally {
    close();
  }
  print(lines.end(report));
  if (format === 'json') writeJson(`${JSON.stringify(report, null, 2)}\n`);
  const { counts, stopped, manners } = report;
  if (counts.fail > 0 || stopped !== null || !manners.opens) process.exitCode = 1;
}

/** Where a server is, and what it is reached over. */
interface Place {
  net: Net;
  target: Target;
  url: string;
  close(): void;
}

async function placeOf(server: string): Promise<Place> {
  if (server === 'rfc6455' || server === 'original') return simulated(server);
  const url = read(server);
  const net = new NodeNet();
  const target = {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || 80),
    path: `${url.pathname}${url.search}`,
    fields: [],
  };
  return { net, target, url: url.href, close: () => net.closeAll() };
}

/** One of ours, in virtual time. */
async function simulated(profile: Profile): Promise<Place> {
  const world = new SimNet();
  const host = world.host('server', { beyondFdSetSize: 'ignore' });
  const program =
    profile === 'original'
      ? new OriginalServer(host)
      : createRoom(host, { deflate: nodeCompression });
  await program.listen({ host: 'server', port: 8080 });
  void runLoop(host, program);
  const net = world.host('client');
  const target = { host: 'server', port: 8080, path: '/', fields: [] };
  return { net, target, url: profile, close: () => net.closeAll() };
}

function read(url: string): URL {
  try {
    return parseWebSocketUrl(url);
  } catch (error) {
    if (error instanceof TypeError) throw new Failure(error, 2);
    throw error;
  }
}
