/**
 * Opens a file to be stepped through: a trace, or what strace wrote, which is told into one trace a loop.
 * @module
 */

import { closeSync, createReadStream, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import type { Profile } from '../scenario/simulate.js';
import type { MachineTrace } from '../scenario/two-loops.js';
import type { Language } from '../texts/language.js';
import type { TraceEvent } from '../trace/event.js';
import { strangerOf, type TraceMaker } from '../trace/maker.js';
import { readTrace, type TraceError } from '../trace/ndjson.js';
import { isStrace } from '../watch/recognise.js';
import { busiestOf, Recording } from '../watch/recording.js';
import { watchSpeaker } from '../watch/words.js';
import { Failure } from './failure.js';
import type { WalkLoop } from './loop-walk.js';
import { type StepperSay, stepperSpeaker } from './stepper-say.js';

/** What can be stepped through. */
export interface Opened {
  /** One, or each loop of a program that has several. */
  loops: readonly WalkLoop[];
  /** The number of the one with the most steps, from 1. */
  busiest: number;
  /** Whose source stands beside the steps; null for a stranger's, which has none here. */
  profile: Profile | null;
  /** What is to be said beside, a sentence each. */
  notes: readonly string[];
  /** What is wrong with a trace, when all that could be read is here. */
  error: TraceError | null;
}

/** So much of a file tells what it is, in bytes. */
const HEAD = 65_536;

/** A file is a trace unless it is JSON as a whole, which a scenario is. */
export function isTrace(what: string): boolean {
  return /\.(ndjson|jsonl)$/.test(what) || (existsSync(what) && !what.endsWith('.json'));
}

/**
 * Opens it.
 *
 * @param profile whose source to show, in place of what the trace says
 * @throws Failure (2) for a file that cannot be read; (1) for what strace wrote of a program without a loop
 */
export async function openTrace(
  path: string,
  { profile }: { profile?: Profile },
  language: Language,
): Promise<Opened> {
  try {
    if (isStrace(headOf(path))) return await openStrace(path, language);
    return openNdjson(path, readFileSync(path, 'utf8'), profile, language);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    throw new Failure('file.unread', { message }, 2);
  }
}

function headOf(path: string): string {
  const fd = openSync(path, 'r');
  try {
    const head = Buffer.alloc(HEAD);
    return head.subarray(0, readSync(fd, head)).toString('latin1');
  } finally {
    closeSync(fd);
  }
}

function openNdjson(
  path: string,
  text: string,
  asked: Profile | undefined,
  language: Language,
): Opened {
  const { maker, events, error } = readTrace(text);
  const say = stepperSpeaker(language);
  const name = basename(path);
  const one = (title: string, profile: Profile | null): Opened => {
    return { loops: [{ events, title }], busiest: 1, profile, notes: [], error };
  };
  const stranger = strangerOf(maker);
  if (asked === undefined && maker !== null && stranger !== null) {
    return one(titleOf(name, maker, say), null);
  }
  const profile = asked ?? readProfile(maker?.profile) ?? guessProfile(events);
  const isOfMachine = maker?.machine !== undefined;
  const title = isOfMachine ? titleOf(name, maker, say) : say('title.trace', { name, profile });
  return one(title, profile);
}

/** One loop of a world of several machines. @param name of the world */
export function walkLoopOf(name: string, trace: MachineTrace, language: Language): WalkLoop {
  const { maker, events } = trace;
  const title = titleOf(name, maker, stepperSpeaker(language));
  return { events, title, profile: readProfile(maker.profile) };
}

/** The file, the program, and which of its loops it is, where it has several. */
function titleOf(file: string, maker: TraceMaker, say: StepperSay): string {
  const { program, pid = 0, loop = 1, loops = 0, machine } = maker;
  if (machine !== undefined) return say('title.machine', { name: file, machine, loop, loops });
  const name = program === file ? file : say('title.stranger', { name: file, program });
  if (maker.loop === undefined || loops < 2) return name;
  return say('title.loop', { name, loop, loops, pid });
}

function readProfile(name: string | undefined): Profile | null {
  return name === 'original' || name === 'rfc6455' ? name : null;
}

/** An older trace of ours does not say what made it, but only the original takes a backlog of 9. */
function guessProfile(events: readonly TraceEvent[]): Profile {
  const isOriginal = events.some((event) => event.step === 'listen' && event.backlog === 9);
  return isOriginal ? 'original' : 'rfc6455';
}

async function openStrace(path: string, language: Language): Promise<Opened> {
  const recording = new Recording(basename(path));
  for await (const piece of createReadStream(path, { encoding: 'latin1', highWaterMark: HEAD })) {
    if (!recording.push(String(piece))) break;
  }
  recording.end();
  const { loops, unread, lost, isFull, blocking } = recording;
  const says = watchSpeaker(language);
  if (loops.length === 0) {
    throw new Failure(blocking > 0 ? says('none.blocking', { calls: blocking }) : says('none'));
  }
  const say = stepperSpeaker(language);
  const name = basename(path);
  const steps = loops.reduce((sum, { events }) => sum + events.length, 0);
  return {
    loops: loops.map(({ maker, events }) => ({ events, title: titleOf(name, maker, say) })),
    busiest: busiestOf(loops),
    profile: null,
    notes: [
      ...(unread > 0 ? [says('unread', { lines: unread })] : []),
      ...(lost > 0 ? [says('lost', { calls: lost })] : []),
      ...(isFull ? [says('full', { steps })] : []),
    ],
    error: null,
  };
}
