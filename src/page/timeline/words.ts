/**
 * What a mark says in words, and the few of them that stand beside it.
 * @module
 */

import { saidAt } from '../../trace/lamport-says.js';
import { describeStep, printable } from '../../trace/text.js';
import { language } from '../language.js';
import { comma, say, twoPlaces } from '../texts.js';
import { type Marks, OUTSIDE, type Row, SERVER } from './marks.js';

/** No more are named. */
const MOST_NAMED = 4;
/** A message may be as long as it likes. */
const LONGEST = 240;

/** Who a row is. What a peer wrote is kept from moving what stands around it. */
export function nameOf({ key, fd, name, isBroker }: Row): string {
  if (key === 'server') return say('timeline.server');
  if (key === 'outside') return say('timeline.outside');
  if (isBroker) return say('loop.state.broker');
  return name === '' ? say('timeline.fd', { fd: String(fd) }) : `\u2068${printable(name)}\u2069`;
}

/** A moment: milliseconds, and of a long run the seconds, and the minutes. */
export function timeOf(ms: number): string {
  if (ms < 10_000) return say('timeline.ms', { t: twoPlaces(ms) });
  if (ms < 600_000) return say('timeline.s', { t: twoPlaces(ms / 1_000) });
  const min = Math.floor(ms / 60_000);
  return say('timeline.min', { min, t: twoPlaces((ms - min * 60_000) / 1_000) });
}

/** What an event did, by names: `Ada → "hello"`. */
export function wordsAt(marks: Marks, index: number): string {
  const event = marks.events[index];
  const row = marks.rows[marks.rowOf[index] ?? SERVER];
  if (event === undefined || row === undefined) return '';
  const name = nameOf(row);
  const isClient = marks.rowOf[index] !== SERVER && marks.rowOf[index] !== OUTSIDE;
  switch (event.step) {
    case 'recv':
      if (row.isBroker) break; // its own steps tell what came
      return say('timeline.says.in', { name, what: said(marks, index) });
    case 'broadcast':
      return say('timeline.says.out', { what: said(marks, index), names: namesOf(marks, index) });
    case 'accept':
      return say('timeline.says.accept', { name, fd: String(event.fd) });
    case 'handshake':
      if (!('refused' in event)) return say('timeline.says.handshake', { name });
      break;
    case 'send': {
      const { taken, length } = event;
      const key = taken === length ? 'timeline.says.send' : 'timeline.says.send.part';
      return say(key, { taken, name, rest: length - taken });
    }
    case 'act':
      return say('timeline.says.act', {
        client: printable(event.client),
        what: printable(event.do),
      });
  }
  const what = short(describeStep(event, language.value));
  return isClient && (row.isBroker || row.name !== '')
    ? say('timeline.says.of', { name, what })
    : what;
}

/** What stands beside a mark where there is room; '' for most. */
export function labelAt(marks: Marks, index: number): string {
  const event = marks.events[index];
  if (event?.step === 'act') return printable(event.do);
  return said(marks, index);
}

function said({ events, rows, rowOf }: Marks, index: number): string {
  if (rows[rowOf[index] ?? SERVER]?.isBroker && events[index]?.step === 'recv') return '';
  return short(saidAt(events, index, language.value));
}

function short(text: string): string {
  if (text.length <= LONGEST) return text;
  return `${[...text.slice(0, LONGEST)].slice(0, -1).join('')} …`;
}

function namesOf(marks: Marks, index: number): string {
  const rows = marks.targetsOf(index);
  if (rows.length === 0) return say('timeline.says.nobody');
  const names = rows.slice(0, MOST_NAMED).map((row) => nameOf(marks.rows[row] as Row));
  const n = rows.length - names.length;
  return n === 0 ? names.join(comma()) : say('timeline.says.more', { names, n });
}
