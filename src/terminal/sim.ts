/**
 * `loopscope sim`: plays a scenario on the simulated network and tells the story, or tries it with
 * its streams cut at every place.
 * @module
 */

import { type CutReport, type FatalCut, tryEveryCut } from '../scenario/cuts.js';
import { type SimulatedRun, type SimulateOptions, simulate } from '../scenario/simulate.js';
import { lamportSvg } from '../trace/lamport-svg.js';
import { lamportText } from '../trace/lamport-text.js';
import { formatEvent } from '../trace/ndjson.js';
import { pc } from './colours.js';
import { Failure } from './failure.js';
import { writeNew } from './new-file.js';
import { writeJson, writeText } from './print.js';
import { findScenario } from './scenarios.js';
import { storyLine, terminalWidth } from './story.js';

/** What `loopscope sim` takes. */
export interface SimOptions {
  seed: number;
  profile: 'rfc6455' | 'original';
  /** The path of a file for the trace. */
  trace?: string;
  /** Draws a Lamport diagram: on the terminal, or as SVG into this file. */
  diagram?: string | true;
  /** Whether a file may be written over. */
  force?: boolean;
  format: 'text' | 'json';
  cut?: 'every';
}

/**
 * Simulates a scenario; with `cut`, sets exit code 1 when a cut changes the outcome.
 *
 * @throws Failure for an unknown scenario (2), and for a file that is there already or cannot be written
 */
export async function sim(name: string, options: SimOptions): Promise<void> {
  const scenario = findScenario(name);
  const { seed, profile, trace, format, force } = options;
  const how: SimulateOptions = { seed, profile };
  if (options.cut !== undefined) {
    if (trace !== undefined || options.diagram !== undefined) {
      throw new Failure('--cut plays many runs; it writes no --trace and draws no --diagram', 2);
    }
    const report = await tryEveryCut(scenario, how);
    if (format === 'json') writeJson(toJson(report));
    else writeText(reportOf(report, profile));
    if (report.fatal.length > 0) process.exitCode = 1;
    return;
  }
  const run = await simulate(scenario, how);
  if (trace !== undefined) {
    const text = run.events.map((event) => `${formatEvent(event)}\n`).join('');
    writeNew(trace, 'trace', text, force);
  }
  if (options.diagram === true) {
    writeText(lamportText(run.events, { width: terminalWidth() ?? 100 }));
    return;
  }
  if (options.diagram !== undefined) {
    writeNew(options.diagram, 'diagram', lamportSvg(run.events), force);
  }
  if (format === 'json') writeJson(toJson(runToJson(run)));
  else writeText(story(run));
}

/** A blank line stands before each thing that a client does, for that begins something new. */
function story({ events, scenario }: SimulatedRun): string {
  const lines = events.map((event) => {
    const time = pc.dim(`${event.t.toFixed(2).padStart(9)} ms `);
    const width = terminalWidth();
    const line = storyLine(event, width === null ? null : width - 13);
    return `${event.step === 'act' ? '\n' : ''}${time}${line}\n`;
  });
  return `${pc.bold(scenario.name)}: ${scenario.description}\n\n${lines.join('')}`;
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

function reportOf({ scenario, tried, fatal }: CutReport, profile: string): string {
  const head = `${pc.bold(scenario)} on ${profile}: ${tried} cuts tried, one at a time\n`;
  if (fatal.length === 0) return `${head}${pc.green('The outcome is always the same.')}\n`;
  const lines = rangesOf(fatal).map(({ first, last }) => {
    const end = last === first ? '' : ` to byte ${lastByte(last)}`;
    return cutLine(`  ${first.client}  ${first.within}${end}:`, first.difference);
  });
  return `${head}${pc.red(`${fatal.length} of them change the outcome:`)}\n${lines.join('')}`;
}

/** Where a line is too long for the terminal, what differs stands below. */
function cutLine(where: string, difference: string): string {
  const line = `${where} ${difference}`;
  return line.length > (terminalWidth() ?? line.length)
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
