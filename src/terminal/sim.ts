/**
 * `loopscope sim`: plays a scenario on the simulated network and tells the story, or tries it with
 * its streams cut at every place.
 * @module
 */

import stringWidth from 'string-width';
import { type CutReport, describeCut, type FatalCut, tryEveryCut } from '../scenario/cuts.js';
import { describeScenario } from '../scenario/shipped/script.js';
import { TWO_LOOPS } from '../scenario/shipped.js';
import {
  type Profile,
  type SimulatedRun,
  type SimulateOptions,
  simulate,
} from '../scenario/simulate.js';

import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import { speaker } from '../texts/say.js';
import { sim as simTexts } from '../texts/sim.en.js';
import { sim as simTextsZh } from '../texts/sim.zh.js';
import { lamportSvg } from '../trace/lamport-svg.js';
import { lamportText } from '../trace/lamport-text.js';
import { formatMaker } from '../trace/maker.js';
import { formatEvent } from '../trace/ndjson.js';
import { pc } from './colours.js';
import { Failure } from './failure.js';
import { writeNew } from './new-file.js';
import { writeJson, writeText } from './print.js';
import { findScenario } from './scenarios.js';
import { simTwoLoops } from './sim-loops.js';
import { storyLine, terminalWidth } from './story.js';

/** What `loopscope sim` takes. */
export interface SimOptions {
  seed: number;
  profile: Profile;
  /** The path of a file for the trace. */
  trace?: string;
  /** Draws a Lamport diagram: on the terminal, or as SVG into this file. */
  diagram?: string | true;
  /** Whether a file may be written over. */
  force?: boolean;
  format: 'text' | 'json';
  cut?: 'every';
  /** A server of one's own, in place of the profile's. */
  how?: Pick<SimulateOptions, 'program'>;
  /** What that is called. */
  server?: string;
}

/**
 * Simulates a scenario; with `cut`, sets exit code 1 when a cut changes the outcome.
 *
 * @throws Failure for an unknown scenario (2), and for a file that is there already or cannot be written
 */
export async function sim(
  name: string,
  options: SimOptions,
  language: Language = DEFAULT_LANGUAGE,
): Promise<void> {
  if (name === TWO_LOOPS) return simTwoLoops(options, language);
  const scenario = findScenario(name);
  const { seed, profile, trace, format, force } = options;
  const how: SimulateOptions = { seed, profile, ...options.how };
  if (options.cut !== undefined) {
    if (trace !== undefined || options.diagram !== undefined) {
      throw new Failure('sim.cutAlone', {}, 2);
    }
    const report = await tryEveryCut(scenario, how);
    if (format === 'json') writeJson(toJson(report));
    else writeText(reportOf(report, options.server ?? profile, language));
    if (report.fatal.length > 0) process.exitCode = 1;
    return;
  }
  const run = await simulate(scenario, how);
  if (trace !== undefined) {
    const maker = { program: 'loopscope', profile, clock: 'virtual', recorder: 'sim' } as const;
    const lines = [formatMaker(maker), ...run.events.map(formatEvent)];
    const text = lines.map((line) => `${line}\n`).join('');
    writeNew(trace, 'trace', text, force);
  }
  if (options.diagram === true) {
    writeText(lamportText(run.events, { width: terminalWidth() ?? 100, language }));
    return;
  }
  if (options.diagram !== undefined) {
    writeNew(options.diagram, 'diagram', lamportSvg(run.events, language), force);
  }
  if (format === 'json') writeJson(toJson(runToJson(run)));
  else writeText(story(run, language));
}

/** A blank line stands before each thing that a client does, for that begins something new. */
function story({ events, scenario }: SimulatedRun, language: Language): string {
  const say = speaker({ en: simTexts, zh: simTextsZh }, language, { grouping: false });
  const lines = events.map((event) => {
    const time = `${say('time', { ms: event.t.toFixed(2).padStart(9) })} `;
    const width = terminalWidth();
    const left = width === null ? null : width - stringWidth(time);
    const line = storyLine(event, left, language);
    return `${event.step === 'act' ? '\n' : ''}${pc.dim(time)}${line}\n`;
  });
  const about = describeScenario(scenario, language);
  const head = say('head', { name: pc.bold(scenario.name), about });
  return `${head}\n\n${lines.join('')}`;
}

function runToJson({ scenario, options, events, wire }: SimulatedRun): object {
  const { seed, profile } = options;
  return {
    scenario: scenario.name,
    seed,
    profile,
    wire,
    events: events.map((event) => JSON.parse(formatEvent(event))),
  };
}

function toJson(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

function reportOf(
  { scenario, tried, fatal }: CutReport,
  server: string,
  language: Language,
): string {
  const say = speaker({ en: simTexts, zh: simTextsZh }, language, { grouping: false });
  const head = `${say('cuts.tried', { scenario: pc.bold(scenario), server, tried })}\n`;
  if (fatal.length === 0) return `${head}${pc.green(say('cuts.same'))}\n`;
  const lines = rangesOf(fatal).map(({ first, last }) => {
    const { client } = first;
    const { within, difference } = describeCut(first, language);
    const where =
      last === first
        ? say('cuts.at', { client, within })
        : say('cuts.range', { client, within, last: lastByte(last) });
    return cutLine(`  ${where}`, difference);
  });
  return `${head}${pc.red(say('cuts.change', { n: fatal.length }))}\n${lines.join('')}`;
}

/** Where a line is too long for the terminal, what differs stands below. */
function cutLine(where: string, difference: string): string {
  const line = `${where} ${difference}`;
  const width = terminalWidth();
  return width !== null && stringWidth(line) > width
    ? `${where}\n     ${difference}\n`
    : `${line}\n`;
}

/** Neighbouring cuts with the same outcome, as ranges. */
function rangesOf(fatal: readonly FatalCut[]): { first: FatalCut; last: FatalCut }[] {
  const ranges: { first: FatalCut; last: FatalCut }[] = [];
  for (const cut of fatal) {
    const range = ranges.at(-1);
    const goesOn =
      range?.last.client === cut.client &&
      range.last.offset === cut.offset - 1 &&
      actionOf(range.last) === actionOf(cut) &&
      range.last.difference === cut.difference;
    if (range !== undefined && goesOn) range.last = cut;
    else ranges.push({ first: cut, last: cut });
  }
  return ranges;
}

function actionOf({ within }: FatalCut): string {
  return within.replace(/, byte.*/, '');
}

function lastByte({ within }: FatalCut): string {
  return /byte (\d+)/.exec(within)?.[1] ?? '';
}
