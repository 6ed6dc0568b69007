/**
 * `loopscope step`: walks through a scenario or a trace in the terminal.
 * @module
 */

import { existsSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import type { Profile } from '../scenario/simulate.js';
import { simulate } from '../scenario/simulate.js';
import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import type { TraceEvent } from '../trace/event.js';
import { strangerOf } from '../trace/maker.js';
import { readTrace, type TraceError } from '../trace/ndjson.js';
import { printable } from '../trace/text.js';
import { Failure } from './failure.js';
import { isTerminal } from './keys.js';
import { writeText } from './print.js';
import { findScenario } from './scenarios.js';
import { stepperSpeaker } from './stepper-screen.js';
import { storyLine } from './story.js';
import { Walk, type WalkOptions } from './walk.js';

/** What `loopscope step` takes. */
export interface StepOptions {
  /** Which server; for a trace, whose source is shown. */
  profile?: Profile;
  seed?: number;
  /** The `seq` of the event to open at; by default the first. */
  at?: number;
}

/**
 * Steps through a scenario or a trace; prints it where there is no terminal.
 *
 * @param what the name or the file of a scenario, or a trace
 * @throws Failure (2) for what is none, and for a step that is not in it; (1) for a trace that is wrong, when all that could be read was shown
 */
export async function stepCommand(
  what: string,
  options: StepOptions,
  language: Language = DEFAULT_LANGUAGE,
): Promise<void> {
  const { events, title, profile, error } = isTrace(what)
    ? openTrace(what, options, language)
    : await runScenario(what, options, language);
  const at = placeOf(events, options.at);
  if (isTerminal()) {
    await walkThrough({ events, title, profile, problem: error?.message ?? '', at, language });
  } else {
    writeText(transcript(events, at, language));
  }
  if (error !== null) throw new Failure(error);
}

/** The place of an event in the list, from 0. @throws Failure (2) when there is none with this seq */
function placeOf(events: readonly TraceEvent[], at: number | undefined): number {
  if (at === undefined) return 0;
  const place = events.findIndex(({ seq }) => seq === at);
  if (place !== -1) return place;
  const [first, last] = [events.at(0)?.seq, events.at(-1)?.seq];
  if (first === undefined || last === undefined) throw new Failure('step.noneThere', { at }, 2);
  throw new Failure('step.notThere', { at, first, last }, 2);
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Walks until someone quits. */
async function walkThrough(options: Omit<WalkOptions, 'onQuit'>): Promise<void> {
  let quit = (): void => {};
  const end = new Promise<void>((resolve) => {
    quit = resolve;
  });
  const walk = new Walk({ ...options, onQuit: quit });
  for (const signal of SIGNALS) process.on(signal, quit);
  try {
    walk.open();
    await end;
  } finally {
    for (const signal of SIGNALS) process.off(signal, quit);
    walk.close();
  }
}

interface Opened {
  events: readonly TraceEvent[];
  title: string;
  /** Whose source stands beside the steps; null for a stranger's, which has none here. */
  profile: Profile | null;
  error: TraceError | null;
}

/** A file is a trace unless it is JSON as a whole, which a scenario is. */
function isTrace(what: string): boolean {
  return /\.(ndjson|jsonl)$/.test(what) || (existsSync(what) && !what.endsWith('.json'));
}

function openTrace(path: string, options: StepOptions, language: Language): Opened {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    throw new Failure('file.unread', { message: (error as Error).message }, 2);
  }
  const { maker, events, error } = readTrace(text);
  const say = stepperSpeaker(language);
  const name = basename(path);
  const stranger = strangerOf(maker);
  if (options.profile === undefined && stranger !== null) {
    const title = say('title.stranger', { name, program: printable(stranger) });
    return { events, title, profile: null, error };
  }
  const profile = options.profile ?? readProfile(maker?.profile) ?? guessProfile(events);
  return { events, title: say('title.trace', { name, profile }), profile, error };
}

function readProfile(name: string | undefined): Profile | null {
  return name === 'original' || name === 'rfc6455' ? name : null;
}

/** An older trace does not say what made it, but only the original takes a backlog of 9. */
function guessProfile(events: readonly TraceEvent[]): Profile {
  const isOriginal = events.some((event) => event.step === 'listen' && event.backlog === 9);
  return isOriginal ? 'original' : 'rfc6455';
}

async function runScenario(
  what: string,
  options: StepOptions,
  language: Language,
): Promise<Opened> {
  const scenario = findScenario(what);
  const { profile = 'rfc6455', seed } = options;
  const { events } = await simulate(scenario, seed === undefined ? { profile } : { profile, seed });
  const say = stepperSpeaker(language);
  const values = { name: scenario.name, profile };
  const title =
    seed === undefined ? say('title.scenario', values) : say('title.seed', { ...values, seed });
  return { events, title, profile, error: null };
}

/** The steps from a place on with their numbers, without colour. A turn begins with select, so a blank line stands before it. */
export function transcript(
  events: readonly TraceEvent[],
  from = 0,
  language: Language = DEFAULT_LANGUAGE,
): string {
  const digits = String(events.length).length;
  const lines = events.map((event, i) => {
    const line = `${String(i + 1).padStart(digits)}  ${storyLine(event, null, language)}`;
    return `${event.step === 'select' ? '\n' : ''}${stripVTControlCharacters(line).trimEnd()}\n`;
  });
  return lines.slice(from).join('');
}
