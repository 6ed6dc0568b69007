/**
 * What `watch` says of the servers of the gallery, as a table: each runs under strace, with three clients
 * and ten messages, with one client that does not read, and without descriptors. A server that this machine
 * cannot run is passed over. Linux, with strace.
 *
 *     npx tsx tools/watch-table.ts
 *     npx tsx tools/watch-table.ts --chat
 *
 * With `--chat` only what the three clients show.
 * @module
 */

import type { TraceEvent } from '../src/trace/event.js';
import { CallReader } from '../src/watch/calls.js';
import { type RecordedLoop, readRecording } from '../src/watch/recording.js';
import { MANY_LINES, type Recorded, recordCalls, WATCHED_MS } from './gallery/conversation.js';
import { type GalleryServer, programFor, SERVERS } from './gallery/servers.js';

const isShort = process.argv[2] === '--chat';
if (process.argv.length > (isShort ? 3 : 2)) {
  console.error('watch-table: it takes --chat, or nothing');
  process.exit(2);
}

/** The loops of a recording. */
function loopsOf(calls: string): readonly RecordedLoop[] {
  return readRecording(calls, 'server').loops;
}

/** The steps of all of them. */
function eventsOf(calls: string): readonly TraceEvent[] {
  return loopsOf(calls).flatMap(({ events }) => events);
}

/** What three clients show: a loop's figures, and for several loops their calls apart. */
function chatCells({ calls }: Recorded): string[] {
  const loops = loopsOf(calls);
  const summaries = loops.map(({ summary }) => summary);
  const [first] = summaries;
  if (first === undefined) throw new Error('no loop was seen');
  const sum = (of: 'messages' | 'waits' | 'empty') =>
    summaries.reduce((count, one) => count + one[of], 0);
  const asked = first.timeouts.map((ms) => (ms === null ? 'none' : `${Math.round(ms)} ms`));
  const gaps = summaries.flatMap(({ findings }) =>
    findings.flatMap(({ code, values }) => (code === 'delayed-ack' ? Number(values.gaps) : [])),
  );
  return [
    first.call ?? '',
    asked.join(', '),
    (sum('waits') / sum('messages')).toFixed(1),
    String(sum('empty')),
    loops
      .map(({ events }) => String(events.reduce((count, one) => count + callsOf(one), 0)))
      .join(' + '),
    first.accept,
    gaps.length === 0 ? 'none' : String(gaps.reduce((count, one) => count + one)),
  ];
}

/** Calls on sockets, and those that wait. */
function callsOf(event: TraceEvent): number {
  if (event.step === 'select') return 1 + (event.polls ?? 0) + (event.changes ?? 0);
  if (event.step === 'other') return event.fd === undefined ? 0 : event.count;
  return /^(?:accept|recv|send|again|fault|setsockopt|disconnect)$/.test(event.step) ? 1 : 0;
}

/** What becomes of the others while one reads nothing. */
function sleeperCell({ calls, died }: Recorded): string {
  const events = eventsOf(calls);
  const stands = events.filter((event) => event.step === 'block');
  const [longest] = stands.sort((one, other) => (other.took ?? 0) - (one.took ?? 0));
  if (longest !== undefined) {
    const seconds = ((longest.took ?? 0) / 1_000).toFixed(1);
    return `all stand ${seconds} s in ${longest.call}`;
  }
  if (died) return 'the program dies';
  const lost = loopsOf(calls).reduce((sum, { summary }) => sum + summary.lost, 0);
  return lost === 0 ? 'kept, until it can be written' : `${lost.toLocaleString('en')} bytes lost`;
}

/** How often accept was tried in a second in which there was no descriptor. */
function triesCell({ calls, died }: Recorded): string {
  const reader = new CallReader();
  const told = [...reader.push(calls), ...reader.end()];
  const tries = told.flatMap((call) =>
    call.state === 'returned' && call.name.startsWith('accept') && call.error === 'EMFILE'
      ? call.began
      : [],
  );
  const [first = 0] = tries;
  const count = tries.filter((began) => began < first + WATCHED_MS / 1_000).length;
  return died ? `dies at ${count}` : count.toLocaleString('en');
}

/** What becomes of the rest where strace says that a write took 8 bytes. */
function shortCell({ calls }: Recorded): string {
  const events = eventsOf(calls);
  const at = events.findIndex(
    (event) => event.step === 'send' && event.injected === true && event.taken < event.length,
  );
  const short = events[at];
  if (short?.step !== 'send') return '';
  const { fd, bytes, taken, length } = short;
  const behind = events.slice(at + 1);
  const next = behind.findIndex(
    (event) => 'fd' in event && event.fd === fd && event.step !== 'other',
  );
  const then = behind[next];
  if (then?.step === 'block') return `waits in ${then.call}`;
  const rest = bytes?.subarray(taken);
  const isRest =
    then?.step === 'send' && rest?.every((byte, i) => byte === then.bytes?.[i]) === true;
  if (!isRest) return `${length - taken} bytes lost`;
  const waits = behind.slice(0, next).some((event) => event.step === 'select');
  return waits ? 'sent when there is room' : 'sent again at once';
}

async function cellsOf(server: GalleryServer, program: string): Promise<string[]> {
  const cells = chatCells(await recordCalls(server, program, 'chat'));
  if (isShort) return cells;
  const canSleep = server.protocol === 'lines' || server.protocol === 'redis';
  return [
    ...cells,
    canSleep ? sleeperCell(await recordCalls(server, program, 'slow-reader', MANY_LINES)) : '',
    triesCell(await recordCalls(server, program, 'no-descriptors')),
    canSleep ? shortCell(await recordCalls(server, program, 'short-write')) : '',
  ];
}

const HEAD = [
  'server',
  'waits in',
  'time-outs',
  'waits a message',
  'empty',
  'calls',
  'accept',
  'gaps',
];
const MORE = isShort ? [] : ['a client that does not read', 'tries in 1 s', 'short write'];
const rowOf = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
console.log(rowOf([...HEAD, ...MORE]));
console.log(
  rowOf(
    [...HEAD, ...MORE].map((_, i) => (i > 2 && i !== 6 && i !== 8 && i !== 10 ? '---:' : '---')),
  ),
);
for (const server of SERVERS) {
  const program = programFor(server);
  if (program === null) console.error(`${server.file}: there is no ${server.needs[0]?.[0]} here`);
  else console.log(rowOf([`\`${server.file}\``, ...(await cellsOf(server, program))]));
}
