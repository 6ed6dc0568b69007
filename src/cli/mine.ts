/**
 * `loopscope mine`: a student's own server. Lists its parts, opens it on a port, plays a scenario on it.
 * @module
 */

import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Server, ServerOptions } from '../chat/server.js';
import { allLessons, fileIn } from '../lesson/lesson.js';
import { guarded, type Loaded, loadParts, type Unloaded } from '../mine/load.js';
import { oneFile } from '../mine/one-file.js';
import { PARTS, passedParts } from '../mine/parts.js';
import { type OwnParts, withOwnParts } from '../mine/play.js';
import { createOwnRoom } from '../mine/room.js';
import { type Fault, type Surroundings, YourParts } from '../mine/your-parts.js';
import type { Net } from '../net/net.js';
import { TWO_LOOPS } from '../scenario/shipped.js';
import type { ServeOptions } from '../serve/options.js';
import { serve } from '../serve/serve.js';
import { pc } from '../terminal/colours.js';
import { Failure } from '../terminal/failure.js';
import { writeNew } from '../terminal/new-file.js';
import { warn, writeText } from '../terminal/print.js';
import { findScenario } from '../terminal/scenarios.js';
import { type SimOptions, sim } from '../terminal/sim.js';

import { Student, shownPath } from '../terminal/student.js';
import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import { mine as mineTexts } from '../texts/mine.en.js';
import { mine as mineTextsZh } from '../texts/mine.zh.js';
import { type Say, speaker } from '../texts/say.js';
import { pad } from '../trace/columns.js';
import { describeStep } from '../trace/text.js';

/** What `loopscope mine serve` takes. */
export type MineServeOptions = Omit<
  ServeOptions,
  'profile' | 'broker' | 'deflate' | 'ping' | 'allowOrigin' | 'allowHost' | 'maxClients'
>;

/** What `loopscope mine play` takes. */
export type MinePlayOptions = Pick<SimOptions, 'seed' | 'trace' | 'force' | 'format' | 'cut'>;

type MineSay = Say<keyof typeof mineTexts>;

function mineSpeaker(language: Language): MineSay {
  return speaker({ en: mineTexts, zh: mineTextsZh }, language, { grouping: false });
}

/** Lists the parts: whose each is, what it adds, and where the next is made. */
export function mine(language: Language): void {
  const say = mineSpeaker(language);
  const { progress } = new Student(language);
  const passed = passedParts(progress);
  const states = [say('row.yours'), say('row.kit')];
  const rows = PARTS.map((part) => {
    const isYours = passed.includes(part);
    const state = pad(say(isYours ? 'row.yours' : 'row.kit'), widthOf(states));
    const adds = say(`part.${part.id}`);
    const row = `${String(part.lesson).padStart(4)}  ${part.id.padEnd(PART_COLUMNS)}`;
    return `${row}  ${isYours ? pc.green(state) : pc.dim(state)}  ${adds}`;
  });
  const next = PARTS.find((part) => !passed.includes(part));
  const foot = [
    ...(next === undefined
      ? []
      : [say('next', { command: `npx loopscope lesson ${next.lesson}` })]),
    say('serve', { command: 'npx loopscope mine serve' }),
  ];
  writeText(`${countOf(passed.length, say)}\n\n${rows.join('\n')}\n\n${foot.join('\n')}\n`);
}

const PART_COLUMNS = Math.max(...PARTS.map(({ id }) => id.length));

function widthOf(texts: readonly string[]): number {
  return Math.max(...texts.map((text) => text.length));
}

function countOf(yours: number, say: MineSay): string {
  return pc.bold(say('count', { yours, all: PARTS.length }));
}

/** Opens it on a port, with the limits of the room in front. @throws Failure as `serve` does */
export async function mineServe(options: MineServeOptions, language: Language): Promise<void> {
  const say = mineSpeaker(language);
  const { own, paths } = await parts(say, language);
  writeText(`${countOf(own.size, say)}\n`);
  if (own.size === 0) writeText(`${noneYours(say)}\n`);
  nameStrays(paths, say);
  const make = (net: Net, limits: ServerOptions): Server => {
    return createOwnRoom(net, new YourParts(own, aroundOf(say, language)), limits);
  };
  await serve({ ...options, profile: 'rfc6455' }, language, null, make);
}

/** Plays a scenario on it, or cuts its streams; sets exit code 1 when a part fell out. */
export async function minePlay(
  name: string,
  options: MinePlayOptions,
  language: Language,
): Promise<void> {
  const say = mineSpeaker(language);
  if (name === TWO_LOOPS) throw new Failure(say('play.one'), 2);
  findScenario(name); // what cannot be played is said before anything else
  const { own } = await parts(say, language);
  const fallen = new Map<number, Fault>();
  const onFault = (fault: Fault): void =>
    void (fallen.has(fault.lesson) || fallen.set(fault.lesson, fault));
  const how = withOwnParts(own, { guard: guarded, onFault });
  const server = say('play.server', { yours: own.size, all: PARTS.length });
  await sim(name, { ...options, profile: 'rfc6455', how, server }, language);
  if (own.size === 0) warn(noneYours(say));
  for (const fault of fallen.values()) warn(faultText(fault, say, language));
  if (fallen.size > 0) process.exitCode = 1;
  if (options.format === 'json' || own.size === 0) return;
  const values = {
    yours: own.size,
    all: PARTS.length,
    n: fallen.size,
    lessons: [...fallen.keys()],
  };
  const all = options.cut === undefined ? 'play.all' : 'play.all.cuts';
  writeText(`\n${say(fallen.size === 0 ? all : 'play.fell', values)}\n`);
}

/** Writes it as one file. @throws Failure where that is there already, or cannot be written */
export function mineWrite(path: string, force: boolean, language: Language): void {
  const say = mineSpeaker(language);
  const { progress, folder } = new Student(language);
  const lessons = allLessons();
  const exercises = passedParts(progress).flatMap(({ lesson: number }) => {
    const lesson = lessons.find((one) => one.number === number);
    const file = lesson === undefined ? '' : folder.exerciseOf(lesson);
    if (!existsSync(file)) return [];
    const way = relative(dirname(resolve(path)), dirname(file)).replaceAll('\\', '/');
    const from = `${way.startsWith('.') ? '' : './'}${way}/`;
    return [{ lesson: number, source: readFileSync(file, 'utf8'), from }];
  });
  const frame = readFileSync(fileIn(EXAMPLES, '08-server-of-parts.ts', language), 'utf8');
  writeNew(path, 'server', oneFile(frame, exercises), force);
  const values = { yours: exercises.length, all: PARTS.length };
  const file = shownPath(path);
  writeText(`${say('write.done', { path: file, file, ...values })}\n`);
}

/** Where the program lies that the parts are put into. */
const EXAMPLES = fileURLToPath(new URL('../../examples/', import.meta.url));

/** The parts of who is here, for a side of a comparison. */
export async function ownSide(
  language: Language = DEFAULT_LANGUAGE,
): Promise<{ own: OwnParts; around: Surroundings }> {
  const say = mineSpeaker(language);
  const { own } = await parts(say, language);
  if (own.size === 0) warn(noneYours(say));
  return { own, around: aroundOf(say, language) };
}

/** Its parts are guarded, and one that falls out is named. */
function aroundOf(say: MineSay, language: Language): Surroundings {
  return { guard: guarded, onFault: (fault) => warn(faultText(fault, say, language)) };
}

/** Loads them, and says of those that cannot be taken why. */
async function parts(say: MineSay, language: Language): Promise<Loaded> {
  const { progress, folder } = new Student(language);
  const loaded = await loadParts(allLessons(), folder, progress);
  for (const one of loaded.unloaded) warn(unloadedText(one, say));
  return loaded;
}

function noneYours(say: MineSay): string {
  return say('none.yours', { lesson: PARTS[0]?.lesson ?? 0 });
}

function unloadedText(one: Unloaded, say: MineSay): string {
  const values =
    'name' in one ? { name: one.name } : 'message' in one ? { message: one.message } : {};
  const why = say(`unloaded.${one.why}`, values);
  return say('unloaded', { lesson: one.part.lesson, path: shownPath(one.path), why });
}

function faultText(fault: Fault, say: MineSay, language: Language): string {
  const { lesson, name } = fault;
  const command = `npx loopscope check ${lesson}`;
  return say('fault', { lesson, name, what: describeStep(fault, language), command });
}

/** What a part has left running (a timer, a promise) must not end the room. */
function nameStrays(paths: Loaded['paths'], say: MineSay): void {
  const onStray = (error: unknown): void => {
    const stack = error instanceof Error ? (error.stack ?? '') : '';
    const part = PARTS.find(({ id }) => stack.includes(paths.get(id) ?? '\0'));
    if (part === undefined) throw error;
    warn(say('stray', { lesson: part.lesson, message: (error as Error).message }));
  };
  process.on('uncaughtException', onStray);
  process.on('unhandledRejection', onStray);
}
