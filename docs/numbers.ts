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

export default {
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
