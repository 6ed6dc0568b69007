/**
 * `loopscope step`: walks through a scenario or a trace in the terminal.
 * @module
 */

import { stripVTControlCharacters } from 'node:util';
import { TWO_LOOPS } from '../scenario/shipped.js';
import type { Profile } from '../scenario/simulate.js';
import { simulate } from '../scenario/simulate.js';
import { simulateTwoLoops } from '../scenario/two-loops.js';
import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import type { TraceEvent } from '../trace/event.js';
import { Failure } from './failure.js';
import { isTerminal } from './keys.js';
import type { WalkLoop } from './loop-walk.js';
import { isTrace, type Opened, openTrace, walkLoopOf } from './open-trace.js';
import { warn, writeText } from './print.js';
import { findScenario } from './scenarios.js';
import { stepperSpeaker } from './stepper-say.js';
import { storyLine } from './story.js';
import { Walk, type WalkOptions } from './walk.js';

/** What `loopscope step` takes. */
export interface StepOptions {
  /** Which server; for a trace, whose source is shown. */
  profile?: Profile;
  seed?: number;
  /** The `seq` of the event to open at; by default the first. */
  at?: number;
  /** Which loop of a recording by strace, from 1; by default the one with the most steps. */
  loop?: number;
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
  const opened = isTrace(what)
    ? await openTrace(what, options, language)
    : what === TWO_LOOPS
      ? await runTwoLoops(options, language)
      : await runScenario(what, options, language);
  const { loops, profile, notes, error } = opened;
  const loop = loopOf(opened, options.loop);
  const { events } = loops[loop - 1] as WalkLoop;
  const at = placeOf(events, options.at);
  if (isTerminal()) {
    const problem = [...notes, ...(error === null ? [] : [error.message])].join(' ');
    await walkThrough({ loops, loop, profile, problem, at, language });
  } else {
    if (loops.length > 1) {
      const key = what === TWO_LOOPS ? 'machines.printed' : 'loops.printed';
      warn(stepperSpeaker(language)(key, { loop, loops: loops.length }));
    }
    for (const note of notes) warn(note);
    writeText(transcript(events, at, language));
  }
  if (error !== null) throw new Failure(error);
}

/** The number of the loop that is shown first. @throws Failure (2) where there is none of that number */
function loopOf({ loops, busiest }: Opened, asked = busiest): number {
  if (asked >= 1 && asked <= loops.length) return asked;
  throw new Failure('step.noLoop', { loop: asked, loops: loops.length }, 2);
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

/** Three machines, each with a loop of its own. @throws Failure (2) for the mirror, which knows no broker */
async function runTwoLoops(
  { profile = 'rfc6455', seed = 0 }: StepOptions,
  language: Language,
): Promise<Opened> {
  if (profile === 'original') throw new Failure('sim.loopsAlone', {}, 2);
  const { traces } = await simulateTwoLoops(seed);
  const loops = traces.map((trace) => walkLoopOf(TWO_LOOPS, trace, language));
  return { loops, busiest: 1, profile, notes: [], error: null };
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
  return { loops: [{ events, title }], busiest: 1, profile, notes: [], error: null };
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
