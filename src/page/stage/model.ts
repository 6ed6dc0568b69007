/**
 * What the stage shows at a step, as plain data: where the loop is, how long it waits, what the program
 * holds, the sockets that matter, and the rest folded into one. Draws nothing.
 * @module
 */

import type { Fd } from '../../net/net.js';
import type { Language } from '../../texts/language.js';
import type { SelectStep, StepName, TraceEvent } from '../../trace/event.js';
import { describeStep } from '../../trace/text.js';
import type { View } from '../../trace/view.js';
import { type Block, blocksOf, madeBlock, sign } from './blocks.js';
import { type Fold, type Lane, lanesOf } from './lanes.js';
import { type Beside, isBeside, isOfOutside, type Mood, moodOf } from './mood.js';
import { lastUpTo, type Tracks } from './tracks.js';

/** The steps that have a place on the ring. */
export const PLACES = [
  'select',
  'accept',
  'recv',
  'handshake',
  'parse',
  'deal',
  'broadcast',
  'send',
] as const;
/** Where the bead stands: at a step of the ring, or before its beginning. */
export type Place = (typeof PLACES)[number] | 'start';

/** How long the loop has stood in one call. */
export interface Wait {
  /** Milliseconds so far. */
  readonly ms: number;
  /** So much of it is over, 0 to 1; what a trace that goes on does not tell yet counts as 1. */
  readonly part: number;
  /** Whether it ended because the time-out had run out. */
  readonly isTimeOut: boolean;
}

/** The stage at a step. */
export interface Stage {
  /** The step; null before the first. */
  readonly step: StepName | null;
  /** The system call that it was, of a stranger's loop; null where that is not known. */
  readonly call: string | null;
  readonly place: Place;
  readonly mood: Mood;
  /** The step, where only a stranger's loop takes such a one. */
  readonly beside: Beside | null;
  /** Only of one that waits, or has just come back from it. */
  readonly wait: Wait | null;
  /** What the program has in its hands. */
  readonly hand: readonly Block[];
  /** What is being dealt with, in words; as it came. */
  readonly words: string;
  /** The sockets that are drawn, in the order of opening. */
  readonly lanes: readonly Lane[];
  /** All others; null when there are none. */
  readonly fold: Fold | null;
  /** So many rows the whole trace needs. */
  readonly rows: number;
  /** A function of a student's that runs, and what it returned; null for none. */
  readonly own: { readonly name: string; readonly returned: string } | null;
  /** What happened, in one sentence. */
  readonly sentence: string;
}

/**
 * The stage at the step of a view.
 *
 * @param tracks of the whole trace that the view is of
 * @param most rows at most, from 2; a fold is one
 */
export function stageAt(tracks: Tracks, view: View, most: number, language?: Language): Stage {
  const { events } = tracks;
  const index = view.position - 1;
  const { event } = view;
  const isOutside = event !== null && isOfOutside(event);
  const own = lastOwn(events, index);
  const coming = isOutside && view.blockedOn === null ? comingSelect(events, index) : null;
  return {
    step: event?.step ?? null,
    call: event !== null && 'call' in event ? (event.call ?? null) : null,
    place: placeOf(events, view, own),
    mood: moodOf(view),
    beside: event !== null && isBeside(event) ? event : null,
    wait: waitOf(events, view),
    hand: handOf(tracks, view),
    words: event?.step === 'deal' ? wordsOf(event.message || event.reply) : '',
    ...lanesOf(tracks, view, coming, most),
    rows: Math.max(1, Math.min(most, tracks.most)),
    own: event?.step === 'call' ? event : null,
    sentence: event === null ? '' : describeStep(event, language),
  };
}

/** What a message of the room says, or all of it where it is none. */
function wordsOf(message: string): string {
  try {
    const { content } = JSON.parse(message) as { content?: unknown };
    return typeof content === 'string' ? content : message;
  } catch {
    return message;
  }
}

/** The last step at or before an index that the server itself has taken; -1 for none. */
function lastOwn(events: readonly TraceEvent[], index: number): number {
  let i = Math.min(index, events.length - 1);
  while (i >= 0 && isOfOutside(events[i] as TraceEvent)) i--;
  return i;
}

/** The select in which the server waits; null where the trace does not tell what it is. */
function comingSelect(events: readonly TraceEvent[], index: number): SelectStep | null {
  for (let i = index + 1; i < events.length; i++) {
    const event = events[i] as TraceEvent;
    if (event.step === 'select') return event;
    if (!isOfOutside(event)) return null;
  }
  return null;
}

function placeOf(events: readonly TraceEvent[], view: View, own: number): Place {
  const { event } = view;
  if (event === null || own < 0) return 'start';
  if (isOfOutside(event) && view.blockedOn === null) return 'select';
  for (let i = own; i >= 0; i--) {
    const { step } = events[i] as TraceEvent;
    switch (step) {
      case 'select':
      case 'accept':
      case 'recv':
      case 'handshake':
      case 'parse':
      case 'deal':
      case 'broadcast':
      case 'send':
        return step;
      case 'block':
        return (events[i] as TraceEvent & { step: 'block' }).syscall;
      case 'socket':
      case 'setsockopt':
      case 'bind':
      case 'listen':
        return 'start';
      case 'again':
      case 'fault': {
        const place = placeOfCall((events[i] as TraceEvent & { call: string }).call);
        if (place === null) break;
        return place;
      }
      case 'disconnect':
      case 'error':
      case 'act':
      case 'arrive':
      case 'wake':
      case 'other':
      case 'broker':
      case 'call':
      case 'unknown':
        break; // these are told of at the place where the loop was
      default:
        step satisfies never;
    }
  }
  return 'start';
}

/** Where a system call has its place on the ring; null for one that has none. */
function placeOfCall(call: string): Place | null {
  if (call.startsWith('accept')) return 'accept';
  if (/^(?:recv|read)/.test(call)) return 'recv';
  return /^(?:send|write)/.test(call) ? 'send' : null;
}

/** Select's, or a blocking call's. */
function waitOf(events: readonly TraceEvent[], view: View): Wait | null {
  const { event, position } = view;
  if (event === null) return null;
  const index = position - 1;
  if (event.step === 'select') {
    const began = events[lastOwn(events, index - 1)]?.t ?? event.t;
    const isTimeOut =
      event.readyRead.length + event.readyWrite.length + (event.pending?.length ?? 0) === 0;
    return { ms: event.waited ?? event.t - began, part: 1, isTimeOut };
  }
  if (!isOfOutside(event)) return null;
  const began = events[lastOwn(events, index)]?.t ?? 0;
  let i = index;
  while (i < events.length && isOfOutside(events[i] as TraceEvent)) i++;
  const whole = (events[i]?.t ?? event.t) - began;
  const ms = event.t - began;
  return { ms, part: whole > 0 ? Math.min(1, ms / whole) : 1, isTimeOut: false };
}

/** What the step has taken, read or made. */
function handOf(tracks: Tracks, view: View): readonly Block[] {
  const { event, position } = view;
  const index = position - 1;
  if (event === null) return [];
  const taken = (fd: Fd, from: number, to: number): readonly Block[] => {
    const track = tracks.trackAt(fd, index);
    if (track === undefined) return [];
    return blocksOf(`in-${track.opened}`, track.stream, from, to).blocks;
  };
  switch (event.step) {
    case 'accept':
      return [sign(`connection-${event.fd}`, 'connection')];
    case 'recv': {
      const { fd, bytes } = event;
      if (bytes.length === 0) return [sign(`end-${fd}`, 'fin')];
      const end = view.sockets.get(fd)?.received ?? 0;
      return taken(fd, end - bytes.length, end);
    }
    case 'handshake':
    case 'parse': {
      const track = tracks.trackAt(event.fd, index);
      const i = lastUpTo(track?.readAt ?? [], index);
      const [before = 0, end = 0] = [track?.readTo[i - 1], track?.readTo[i]];
      const length = event.step === 'parse' ? event.bytes.length : end;
      return taken(event.fd, Math.max(before, end - length), end);
    }
    case 'broadcast':
      return [madeBlock(`made-${index}`, event.bytes)];
    case 'disconnect':
      return event.cause === 'reset' || event.cause === 'fin'
        ? [sign(`end-${event.fd}`, event.cause)]
        : [];
    default:
      return [];
  }
}
