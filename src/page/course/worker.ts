/**
 * The worker of a check or a demo. Its script begins with the student's code, a function that is called
 * `__student`; this stands behind it. It counts the passes of loops, notices when nothing is left to wait
 * for, and tells every step at once. Whatever it does, the page goes on.
 * @module
 */

import { lessons } from 'virtual:course-modules';
import { Buffer } from 'buffer/';
import { Checker } from '../../lesson/checker.js';
import { judge, toldVerdict } from '../../lesson/judge.js';
import { countPasses } from '../../lesson/loop-count.js';
import { handOver } from '../../lesson/networks.js';
import { MOST_OUTPUT, PRINT_COSTS } from '../../lesson/output.js';
import { shown } from '../../lesson/shown.js';
import { type Module, type Place, type Stacks, troubleOf } from '../../lesson/trouble.js';
import { placeless, type Trouble } from '../../lesson/trouble-kind.js';
import { rig } from '../../texts/rig.en.js';
import { rig as rigZh } from '../../texts/rig.zh.js';
import { speaker } from '../../texts/say.js';
import type { TraceEvent } from '../../trace/event.js';
import { formatEvent } from '../../trace/ndjson.js';
import { watchIdleness } from './idle.js';
import { budget, MOST_MIB } from './memory.js';
import { ImportProblem, runModule, type StudentModule } from './modules.js';
import { addSubtleCrypto } from './subtle.js';
import type { Job, Word } from './worker-words.js';

/** What is global in a worker; the types of the page know a window. */
interface WorkerScope {
  __student(...makers: readonly unknown[]): StudentModule;
  postMessage(word: Word): void;
}

const scope = globalThis as unknown as WorkerScope;
const post = scope.postMessage.bind(scope); // the student's code may put another in its place
let isOver = false;

Error.stackTraceLimit = 50; // the student's line may lie deep under the loop that called it
Object.freeze(Checker.prototype); // an exercise does not change what it is held against
Object.assign(globalThis, { Buffer }); // it is there in Node too, and in answers
addSubtleCrypto();

addEventListener('message', ({ data }: MessageEvent<Job>) => void work(data), { once: true });

function tell(word: Word): void {
  if (!isOver) post(word);
}

/** The last word: the page ends this worker. */
function last(word: Word): void {
  tell(word);
  isOver = true;
}

async function work(job: Job): Promise<void> {
  const { file, language, kind } = job;
  const stacks = stacksOf(job);
  const end = (trouble: Trouble): void => last({ type: 'trouble', trouble });
  const stop = (trouble: Trouble): never => {
    end(trouble);
    throw new Error(trouble.kind); // so that it does not go on until it is ended
  };
  const countAnew = countPasses(({ line, passes }) => {
    stop({ kind: 'endless', values: { file, passes }, line, column: null });
  });
  const idle = watchIdleness((why) => end(placeless(why.kind, { file, ...why.values })));
  const memory = budget(() => {
    const { line, column } = stacks.placeOf(new Error('memory'));
    return stop({ kind: 'memory', values: { file, size: MOST_MIB }, line, column });
  });
  const goesOn = (): void => {
    countAnew();
    memory.goesOn();
    idle.goesOn();
  };
  let kept: readonly TraceEvent[] | null = null;
  handOver({
    network: 'sim',
    realNet: null,
    language,
    keepTrace(events) {
      kept = events;
    },
  });
  print(stacks, stop, kind === 'demo' ? goesOn : () => {});
  addEventListener('error', (event) => {
    event.preventDefault();
    end(troubleOf(event.error, stacks));
  });
  addEventListener('unhandledrejection', (event) => {
    event.preventDefault();
    end(troubleOf(event.reason, stacks, 'rejected'));
  });
  const student = scope.__student(...memory.makers);
  const exercise = await load(job, student, stacks, end);
  if (exercise === null) return;
  if (kind === 'demo') {
    await settled();
    last({ type: 'end', trace: textOf(kept) });
    return;
  }
  const verdict = await judge(exercise, {
    lesson: Number.parseInt(job.lesson, 10),
    load: async () => {
      const { check, exported } = lessons[job.lesson] ?? bug(job.lesson);
      const kinds = Object.entries(exported).map(([name, kind]) => {
        return [name, kind === 'function' ? () => {} : null] as const;
      });
      return { check: (await check()).default, original: Object.fromEntries(kinds) };
    },
    stacks,
    language,
    onStep(step) {
      goesOn();
      tell({ type: 'step', step });
    },
    settled,
  });
  last({ type: 'verdict', verdict: toldVerdict(verdict) });
}

/** Runs the student's module. @returns what it exports; null where it came to no end, which was told */
async function load(
  job: Job,
  student: StudentModule,
  stacks: Stacks,
  end: (trouble: Trouble) => void,
): Promise<Module | null> {
  const { file, lesson, imports } = job;
  try {
    return await runModule(student, { lesson, imports, onLoaded: () => tell({ type: 'loaded' }) });
  } catch (error) {
    if (error instanceof ImportProblem) {
      const { message, line } = error;
      end({ kind: 'import', values: { file, message }, line, column: null });
      return null;
    }
    const trouble = troubleOf(error, stacks);
    end(trouble.kind === 'bug' ? { ...trouble, kind: 'thrown' } : trouble);
    return null;
  }
}

/** What is known of an error: the first lines of the script are the student's. */
function stacksOf({ file, lines, language }: Job): Stacks {
  const say = speaker({ en: rig, zh: rigZh }, language, { grouping: false });
  return {
    file,
    placeOf: ({ stack }) => placeIn(stack ?? '', lines),
    checkLineOf: () => null,
    shown(thrown) {
      try {
        return shown(thrown, say);
      } catch {
        return 'Object';
      }
    },
  };
}

function placeIn(stack: string, lines: number): Place {
  for (const [, line, column] of stack.matchAll(/blob:\S*?:(\d+):(\d+)/g)) {
    if (Number(line) <= lines) return { line: Number(line), column: Number(column) };
  }
  return { line: null, column: null };
}

/** Takes what the student's code prints. */
function print(stacks: Stacks, stop: (trouble: Trouble) => never, onPrint: () => void): void {
  let length = 0;
  const log = (...values: unknown[]): void => {
    const text = values.map((one) => (typeof one === 'string' ? one : stacks.shown(one))).join(' ');
    length += text.length + PRINT_COSTS;
    if (length > MOST_OUTPUT && !isOver) {
      const { values: of, line, column } = troubleOf(new Error('flood'), stacks);
      stop({ kind: 'flood', values: of, line, column });
    }
    onPrint();
    tell({ type: 'line', text });
  };
  for (const name of ['log', 'info', 'debug', 'warn', 'error'] as const) console[name] = log;
}

/** A browser tells of a promise that was rejected and left alone in a task of its own. */
async function settled(): Promise<void> {
  for (let i = 0; i < 2; i++) await new Promise((resolve) => setTimeout(resolve));
}

function textOf(events: readonly TraceEvent[] | null): string | null {
  return events === null ? null : events.map((event) => `${formatEvent(event)}\n`).join('');
}

function bug(what: string): never {
  throw new Error(`bug: no lesson ${what}`);
}
