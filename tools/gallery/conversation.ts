/**
 * What is done to each server of the gallery, and recorded: three clients and ten messages; a client that
 * does not read; more clients than there are descriptors; a write that takes only a part. Each runs under
 * strace in the form in which `watch` runs it, so that the same layers tell what was recorded.
 * @module
 */

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { GalleryVariant } from '../../src/watch/gallery.js';
import { enter, type Guest } from './guests.js';
import { Recording, ShortWrites } from './recording.js';
import { freePort, type GalleryServer } from './servers.js';

/** Clients of a chat. */
const CLIENTS = 3;
/** Messages of a chat; the clients take turns. */
const MESSAGES = 10;
/** Clients for whom a server has descriptors left, and clients that come. */
const ROOM = 4;
const CROWD = 16;
/** Lines of who speaks at length in a recording, which is to be small; and the characters of each. */
const LINES = 118;
/** Lines that no server's buffers hold. */
export const MANY_LINES = 250;
const LINE = 1_000;
/** Milliseconds in which tries are counted, and for which one does not read. */
export const WATCHED_MS = 1_000;

/** Connections that were accepted. */
function accepted(calls: string): number {
  return calls.match(/\baccept4?(?:\(| resumed).*\) += \d+/g)?.length ?? 0;
}

/** What may be done: what is recorded for the gallery, and writes of which strace says that they took 8 bytes. */
export type Done = GalleryVariant | 'short-write';

/** What was recorded. */
export interface Recorded {
  /** The lines of strace, raw. */
  readonly calls: string;
  /** Whether the server ended before it was asked to. */
  readonly died: boolean;
}

/**
 * Records one server in one variant.
 *
 * @param lines what is said past a client that does not read
 * @throws Error when the server does not come up
 */
export async function recordCalls(
  server: GalleryServer,
  program: string,
  variant: Done,
  lines = LINES,
): Promise<Recorded> {
  const folder = mkdtempSync(join(tmpdir(), 'loopscope-gallery-'));
  const port = await freePort();
  const command = server.command(program, port, folder);
  const recording = variant === 'short-write' ? new ShortWrites(folder) : new Recording();
  try {
    await recording.start(command);
    await recording.until((calls) => isListening(calls, port));
    if (recording.hasEnded) throw new Error(`${server.file} ended before it listened`);
    if (variant === 'chat') await chat(recording, server, port);
    else if (variant === 'short-write') await shortWrites(recording, server, port);
    else if (variant === 'slow-reader') await slowReader(recording, server, port, lines);
    else await crowd(recording, port);
    const died = recording.hasEnded;
    return { calls: await recording.stop(), died };
  } finally {
    await recording.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

function isListening(calls: string, port: number): boolean {
  return new RegExp(`listen\\(\\d+<TCP:\\[127.0.0.1:${port}\\]>, \\d+\\) += 0`).test(calls);
}

async function chat(
  recording: Recording,
  { protocol }: GalleryServer,
  port: number,
): Promise<void> {
  const guests: Guest[] = [];
  while (guests.length < CLIENTS) {
    guests.push(await enter(protocol, port));
    await recording.until((calls) => accepted(calls) >= guests.length);
    await delay(20); // its turn is over, so that each comes in a turn of its own
  }
  for (let i = 0; i < MESSAGES; i++) {
    const speaker = guests[i % guests.length] as Guest;
    const hearers = protocol === 'http' ? [speaker] : guests;
    const heard = Promise.all(hearers.map((guest) => guest.hear()));
    speaker.say(`message ${i}`);
    await heard;
  }
  for (const guest of guests) {
    await delay(20);
    await guest.leave();
  }
  await delay(50);
}

/** The same, but nobody waits for what they are to hear: it may be lost. */
async function shortWrites(
  recording: Recording,
  { protocol }: GalleryServer,
  port: number,
): Promise<void> {
  const guests: Guest[] = [];
  while (guests.length < CLIENTS && !recording.hasEnded) {
    guests.push(await enter(protocol, port));
    await recording.until((calls) => accepted(calls) >= guests.length);
  }
  for (let i = 0; i < MESSAGES; i++) {
    guests[i % guests.length]?.say(`a longer message ${i}`);
    await delay(50);
  }
}

/** A client with small buffers, which reads nothing more until a line comes on its standard input. */
const SLEEPER = `
import socket, sys
s = socket.socket()
s.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 536)
s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2304)
s.connect(("127.0.0.1", int(sys.argv[1])))
s.sendall(sys.argv[2].encode())
print("here", flush=True)
sys.stdin.readline()
while s.recv(65536):
    pass
`;

/** What a listener says first, and how one speaks. */
const LISTENS = { lines: '', redis: 'SUBSCRIBE room\r\n' };

/** One speaks at length, one hears it, one sleeps for a second and reads then. */
async function slowReader(
  recording: Recording,
  { protocol }: GalleryServer,
  port: number,
  lines: number,
): Promise<void> {
  if (protocol !== 'lines' && protocol !== 'redis')
    throw new Error(`bug: ${protocol} has no sleeper`);
  const sleeper = spawn('python3', ['-c', SLEEPER, String(port), LISTENS[protocol]], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(sleeper.stdout, 'data');
  await recording.until((calls) => accepted(calls) >= 1);
  const [speaker, hearer] = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
  for (const socket of [speaker, hearer])
    socket
      .setNoDelay()
      .on('error', () => {})
      .resume();
  hearer.write(LISTENS[protocol]);
  await recording.until((calls) => accepted(calls) >= 3);
  await delay(50);
  for (let i = 0; i < lines && !recording.hasEnded; i++) {
    const line = `${i} `.repeat(LINE).slice(0, LINE); // each piece is told from those of the next
    speaker.write(protocol === 'redis' ? `PUBLISH room ${line}\r\n` : `${line}\n`);
    await delay(1);
  }
  await delay(WATCHED_MS);
  sleeper.stdin.write('\n');
  await delay(200);
  for (const socket of [speaker, hearer]) socket.end();
  await delay(100);
  sleeper.kill();
  await delay(50);
}

/** Leaves the server descriptors for a few clients, and lets more come, who stay. */
async function crowd(recording: Recording, port: number): Promise<void> {
  await delay(100); // all of its processes wait
  const pids = new Set([...recording.calls.matchAll(/^(\d+) /gm)].map(([, pid = '']) => pid));
  for (const pid of pids) {
    if (!existsSync(`/proc/${pid}/fd`)) continue; // a thread, or one that has ended
    const used = new Set(readdirSync(`/proc/${pid}/fd`).map(Number));
    let most = 3;
    for (let free = 0; free < ROOM; most++) if (!used.has(most)) free++;
    spawnSync('prlimit', ['--pid', pid, `--nofile=${most}:${most}`]);
  }
  const guests: Socket[] = [];
  for (let i = 0; i < CROWD; i++) guests.push(connect(port, '127.0.0.1').on('error', () => {}));
  await recording.until((calls) => calls.includes('EMFILE'), 5_000);
  await delay(WATCHED_MS);
  for (const guest of guests) guest.destroy();
}
