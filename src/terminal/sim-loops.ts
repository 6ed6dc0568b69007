/**
 * `loopscope sim two-loops`: the story of three machines, each line with the machine whose it is.
 * @module
 */

import stringWidth from 'string-width';
import { type MachineEvent, simulateTwoLoops } from '../scenario/two-loops.js';
import type { Language } from '../texts/language.js';
import { speaker } from '../texts/say.js';
import { sim as simTexts } from '../texts/sim.en.js';
import { sim as simTextsZh } from '../texts/sim.zh.js';
import { formatEvent } from '../trace/ndjson.js';
import { pc } from './colours.js';
import { Failure } from './failure.js';
import { writeJson, writeText } from './print.js';
import { storyLine, terminalWidth } from './story.js';

/** Its name among the scenarios: it has two servers, so it is none of those that play against one. */
export const TWO_LOOPS = 'two-loops';

/** What `loopscope sim` takes, as far as this looks at it. */
interface TwoLoopsOptions {
  seed: number;
  profile: 'rfc6455' | 'original';
  format: 'text' | 'json';
  trace?: string;
  diagram?: string | true;
  cut?: string;
}

/** Plays it. @throws Failure (2) for what is asked of one server alone */
export async function simTwoLoops(options: TwoLoopsOptions, language: Language): Promise<void> {
  const { seed, profile, trace, diagram, cut, format } = options;
  if ((profile === 'original' || trace) ?? diagram ?? cut)
    throw new Failure('sim.loopsAlone', {}, 2);
  const { events, heard } = await simulateTwoLoops(seed);
  if (format === 'json') {
    const lines = events.map(({ machine, event }) => ({
      machine,
      ...JSON.parse(formatEvent(event)),
    }));
    const value = { scenario: TWO_LOOPS, seed, heard: Object.fromEntries(heard), events: lines };
    writeJson(`${JSON.stringify(value, null, 2)}\n`);
    return;
  }
  const say = speaker({ en: simTexts, zh: simTextsZh }, language, { grouping: false });
  const head = say('head', { name: pc.bold(TWO_LOOPS), about: say('loops.about') });
  const ends = [...heard].flatMap(([name, messages]) => [
    `\n${say('loops.heard', { name: pc.bold(name) })}\n`,
    ...messages.map((message) => `  ${message}\n`),
  ]);
  writeText(
    `${head}\n${events.map((one, i) => line(one, events[i - 1], language)).join('')}${ends.join('')}`,
  );
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
