/**
 * `loopscope sim two-loops`: the story of three machines, each line with the machine whose it is.
 * @module
 */

import stringWidth from 'string-width';
import { TWO_LOOPS } from '../scenario/shipped.js';
import { MACHINES, simulateTwoLoops, type TwoLoopsRun } from '../scenario/two-loops.js';
import type { Language } from '../texts/language.js';
import { speaker } from '../texts/say.js';
import { sim as simTexts } from '../texts/sim.en.js';
import { sim as simTextsZh } from '../texts/sim.zh.js';
import type { MachineEvent } from '../trace/lamport-machines.js';
import { machinesSvg } from '../trace/lamport-svg.js';
import { machinesText } from '../trace/lamport-text.js';
import { formatMaker } from '../trace/maker.js';
import { formatEvent } from '../trace/ndjson.js';
import { pc } from './colours.js';
import { Failure } from './failure.js';
import { numbered, writeNew } from './new-file.js';
import { writeJson, writeText } from './print.js';
import { storyLine, terminalWidth } from './story.js';

/** What `loopscope sim` takes, as far as this looks at it. */
interface TwoLoopsOptions {
  seed: number;
  profile: 'rfc6455' | 'original';
  format: 'text' | 'json';
  /** The path of a file for the first machine's trace; the others' have a number in it. */
  trace?: string;
  diagram?: string | true;
  force?: boolean;
  cut?: string;
}

/** Plays it. @throws Failure (2) for what is asked of one server alone */
export async function simTwoLoops(options: TwoLoopsOptions, language: Language): Promise<void> {
  const { seed, profile, trace, diagram, cut, format, force } = options;
  if (profile === 'original' || cut !== undefined) throw new Failure('sim.loopsAlone', {}, 2);
  const run = await simulateTwoLoops(seed);
  if (trace !== undefined) writeTraces(run, trace, force);
  if (diagram === true) {
    const width = terminalWidth() ?? 100;
    writeText(machinesText(run.events, MACHINES, { width, language }));
    return;
  }
  if (diagram !== undefined) {
    writeNew(diagram, 'diagram', machinesSvg(run.events, MACHINES, language), force);
  }
  if (format === 'json') writeJson(`${JSON.stringify(toJson(run, seed), null, 2)}\n`);
  else writeText(story(run, language));
}

/** A file for each machine, as of a program that has several loops. */
function writeTraces({ traces }: TwoLoopsRun, path: string, force: boolean | undefined): void {
  for (const [i, { maker, events }] of traces.entries()) {
    const lines = [formatMaker(maker), ...events.map(formatEvent)];
    writeNew(numbered(path, i + 1), 'trace', lines.map((one) => `${one}\n`).join(''), force);
  }
}

function toJson({ events, heard }: TwoLoopsRun, seed: number): object {
  const lines = events.map(({ machine, event }) => ({
    machine,
    ...JSON.parse(formatEvent(event)),
  }));
  return { scenario: TWO_LOOPS, seed, heard: Object.fromEntries(heard), events: lines };
}

function story({ events, heard }: TwoLoopsRun, language: Language): string {
  const say = speaker({ en: simTexts, zh: simTextsZh }, language, { grouping: false });
  const head = say('head', { name: pc.bold(TWO_LOOPS), about: say('loops.about') });
  const ends = [...heard].flatMap(([name, messages]) => [
    `\n${say('loops.heard', { name: pc.bold(name) })}\n`,
    ...messages.map((message) => `  ${message}\n`),
  ]);
  const lines = events.map((one, i) => line(one, events[i - 1], language));
  return `${head}\n${lines.join('')}${ends.join('')}`;
}

/** A blank line stands where another machine goes on, or a turn begins. */
function line(
  { machine, event }: MachineEvent,
  before: MachineEvent | undefined,
  language: Language,
): string {
  const say = speaker({ en: simTexts, zh: simTextsZh }, language, { grouping: false });
  const time = say('time', { ms: event.t.toFixed(2).padStart(9) });
  const begins = `${time} ${machine.padEnd(7)} `;
  const width = terminalWidth();
  const left = width === null ? null : width - stringWidth(begins);
  const isNew = event.step === 'select' || before?.machine !== machine;
  return `${isNew ? '\n' : ''}${pc.dim(time)} ${pc.bold(machine.padEnd(7))} ${storyLine(event, left, language)}\n`;
}
