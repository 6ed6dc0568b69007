/**
 * Computes the numbers that the guides name.
 * @module
 */

import { readdirSync, readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { LIFE_MS } from '../src/broker/directory.js';
import { LINK_LIMITS } from '../src/broker/link.js';
import { MAX_TEXT } from '../src/broker/resp.js';
import { BURST, BYTES_PER_SECOND } from '../src/chat/announcements.js';
import { type Limits, limitsOf } from '../src/chat/limits.js';
import { MAX_NAME, MAX_PARTS } from '../src/chat/vocabulary.js';
import { MAX_RECORD_BYTES } from '../src/class/folder.js';
import { MAX_PER_ADDRESS, MAX_PERSONS, MAX_RECORDS } from '../src/class/state.js';
import { STREAM_LIMITS } from '../src/serve/event-stream.js';
import { PAGE_LIMITS } from '../src/serve/page-server.js';
import { type City, city } from '../test/support/city.js';

const limits = limitsOf({});

/** A limit in seconds. */
const secondsOf = (name: keyof Limits) => () => Number(limits[name]) / 1_000;

/** The sources, by their paths under src. */
const sources = new Map(
  readdirSync(new URL('../src/', import.meta.url), { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.tsx?$/.test(path))
    .map((path) => [path, readFileSync(new URL(`../src/${path}`, import.meta.url), 'utf8')]),
);

/** The tables of texts in English. */
const tables = [...sources.keys()].filter((path) => path.endsWith('.en.ts')).length;
/** The files that hand tables to who speaks. */
const placesOfTables = [...sources.values()].filter((text) => /\{ en: \w+[ ,]/.test(text)).length;

/** The cities of from-a-class-to-a-city.md, by their loops. */
const cities = new Map<number, Promise<City>>();

function ofCity(loops: number, figure: keyof City): () => Promise<number> {
  return async () => {
    const one = cities.get(loops) ?? city(loops);
    cities.set(loops, one);
    return (await one)[figure];
  };
}

/** What docs/speed.md has in a table, as it stands there. @param row how it begins @param column from 1 */
function measured(workload: string, row: string, column: number): () => string {
  return () => {
    const text = readFileSync(new URL('speed.md', import.meta.url), 'utf8');
    const part = text.split(`\n## ${workload}\n`)[1]?.split('\n## ')[0] ?? '';
    const cells = part.split('\n').find((line) => line.startsWith(`| ${row} |`));
    const value = cells?.split(' | ')[column];
    if (value === undefined) throw new Error(`docs/speed.md, ${workload}: there is no row ${row}`);
    return value;
  };
}

/** As a number, of a table of docs/speed.md. */
function figureOf(row: string, column = 1): number {
  return Number(measured('two-loops', row, column)().replaceAll(',', ''));
}

const oneLoop = (clients: string): number => figureOf(`${clients} clients: loopscope`);
const twoLoops = (clients: string): number =>
  figureOf(`${clients} clients: loopscope, 2 and Redis`);
const wsRelay = (): number => figureOf('2 clients: ws, 2 and Redis') - figureOf('2 clients: ws');

export default {
  oneLoopCost: () => Math.round(oneLoop('1,000')),
  oneLoopRate: () => Math.round(1e5 / oneLoop('1,000')) * 10,
  twoLoopsTimes: () => (twoLoops('1,000') / oneLoop('1,000')).toFixed(1),
  relayCost: () => Math.round(twoLoops('2') - oneLoop('2')),
  relayRedis: () => Math.round(figureOf('2 clients: loopscope, 2 and Redis', 4)),
  relayWs: () => Math.round(wsRelay()),
  cityCopies2: ofCity(2, 'copies'),
  cityCopies10: ofCity(10, 'copies'),
  cityCopies100: ofCity(100, 'copies'),
  cityLists2: ofCity(2, 'listBytes'),
  cityLists10: ofCity(10, 'listBytes'),
  cityLists100: ofCity(100, 'listBytes'),
  cityLogin2: ofCity(2, 'loginBytes'),
  cityLogin10: ofCity(10, 'loginBytes'),
  cityLogin100: ofCity(100, 'loginBytes'),
  cityBack: ofCity(100, 'backSeconds'),
  cityBackAtOnce: ofCity(100, 'backAtOnce'),
  tables: () => tables,
  placesOfTables: () => placesOfTables,
  languageFiles: () => 1 + tables + placesOfTables,
  maxClients: () => limits.maxClients,
  maxClientsPerAddress: () => limits.maxClientsPerAddress,
  maxHandshakeLength: () => limits.maxHandshakeLength,
  maxMessageLength: () => limits.maxMessageLength,
  maxFragments: () => limits.maxFragments,
  maxFramesPerSecond: () => limits.maxFramesPerSecond,
  maxFramesPerTurn: () => limits.maxFramesPerTurn,
  maxBytesPerTurn: () => limits.maxBytesPerTurn,
  maxName: () => MAX_NAME,
  maxParts: () => MAX_PARTS,
  announcementBurst: () => BURST / 2 ** 20,
  announcementRate: () => BYTES_PER_SECOND / 2 ** 20,
  loopLife: () => LIFE_MS / 1_000,
  brokerLook: () => LINK_LIMITS.lookMs / 1_000,
  loopGone: () => (LIFE_MS + LINK_LIMITS.lookMs) / 1_000,
  brokerSilence: () => LINK_LIMITS.silenceMs / 1_000,
  brokerLastTry: () => LINK_LIMITS.lastTryMs / 1_000,
  brokerMessages: () => LINK_LIMITS.messagesPerTurn,
  brokerOutbox: () => LINK_LIMITS.maxOutbox,
  brokerText: () => MAX_TEXT,
  maxOutbox: () => limits.maxOutbox,
  pageConnections: () => PAGE_LIMITS.connections,
  pageConnectionsPerAddress: () => PAGE_LIMITS.connectionsPerAddress,
  pageHeadersTimeout: () => PAGE_LIMITS.headersTimeoutMs / 1_000,
  pageIdleTimeout: () => PAGE_LIMITS.idleTimeoutMs / 1_000,
  readers: () => STREAM_LIMITS.readers,
  readersPerAddress: () => STREAM_LIMITS.readersPerAddress,
  classPersons: () => MAX_PERSONS,
  classPersonsPerAddress: () => MAX_PER_ADDRESS,
  classRecords: () => MAX_RECORDS,
  classMebibytes: () => MAX_RECORD_BYTES / 2 ** 20,
  handshakeTimeout: secondsOf('handshakeTimeoutMs'),
  pingInterval: secondsOf('pingIntervalMs'),
  pongTimeout: secondsOf('pongTimeoutMs'),
  closeTimeout: secondsOf('closeTimeoutMs'),
  /** What a peer sends that would become a message of a gigabyte. */
  bombKiB: () => Math.round(deflateRawSync(new Uint8Array(1 << 30)).length / 1_024),
};
