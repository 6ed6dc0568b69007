/**
 * The worker of a student's own server: makes the room of its parts, and plays on it. Its script begins with
 * the parts' code, a list of functions that is called `__students`; this stands behind it. It is used once.
 * @module
 */

import { guarded } from '../../mine/guard.js';
import { type PartId, partOf } from '../../mine/parts.js';
import { type OwnParts, withOwnParts } from '../../mine/play.js';
import type { Exported, Fault } from '../../mine/your-parts.js';
import { tryEveryCut } from '../../scenario/cuts.js';
import { simulate } from '../../scenario/simulate.js';
import { mine } from '../../texts/mine.en.js';
import { fill } from '../../texts/say.js';
import { watchIdleness } from '../course/idle.js';
import { type Budget, budget, MOST_MIB } from '../course/memory.js';
import { runModule, type StudentModule } from '../course/modules.js';
import { addSubtleCrypto } from '../course/subtle.js';
import { simulated } from '../play/simulated.js';
import type { Done, Job, OwnFile, Task, Unloaded, Word } from './worker-words.js';

/** What is global in a worker; the types of the page know a window. */
interface WorkerScope {
  readonly __students: readonly ((...makers: readonly unknown[]) => StudentModule)[];
  postMessage(word: Word): void;
}

const scope = globalThis as unknown as WorkerScope;
const post = scope.postMessage.bind(scope); // a student's code may put another in its place
addSubtleCrypto();

// what a part has left running must not end the room
for (const name of ['error', 'unhandledrejection']) {
  addEventListener(name, (event) => event.preventDefault());
}

addEventListener('message', ({ data }: MessageEvent<Job>) => void work(data), { once: true });

async function work({ task, files }: Job): Promise<void> {
  try {
    post({ done: await play(task, files) });
  } catch (error) {
    post({ failed: error instanceof Error ? error.message : String(error) });
  }
}

async function play(task: Task, files: readonly OwnFile[]): Promise<Done> {
  const memory = budget(() => {
    throw new RangeError(fill(mine.memory, { size: MOST_MIB }));
  });
  const guard = <T>(run: () => T): T => {
    memory.goesOn();
    return guarded(run);
  };
  silence();
  const { own, unloaded } = await loadAll(files, memory, guard);
  const faults = new Map<number, Fault>();
  const onFault = (fault: Fault): void =>
    void (faults.has(fault.lesson) || faults.set(fault.lesson, fault));
  const { run, cuts } = await playTask(task, withOwnParts(own, { guard, onFault }));
  const outcome = { taken: [...own.keys()], unloaded, faults: [...faults.values()] };
  return { run, cuts, own: outcome };
}

async function playTask(
  { scenario, options: { rules = [], profile: _, ...options }, cut }: Task,
  program: ReturnType<typeof withOwnParts>,
): Promise<Pick<Done, 'run' | 'cuts'>> {
  const how = { ...options, rules: rules.map(simulated), ...program };
  if (cut !== null) {
    return { run: null, cuts: await tryEveryCut(scenario, { ...how, clients: cut }) };
  }
  const { events, wire } = await simulate(scenario, how);
  return { run: { events, wire }, cuts: null };
}

/** What a part prints is for nobody: the room calls it a hundred times. */
function silence(): void {
  for (const name of ['log', 'info', 'debug', 'warn', 'error'] as const) console[name] = () => {};
}

type Guard = <T>(run: () => T) => T;

/** Runs the modules. What one of them throws is told, and the others are loaded. */
async function loadAll(
  files: readonly OwnFile[],
  memory: Budget,
  guard: Guard,
): Promise<{ own: OwnParts; unloaded: Unloaded[] }> {
  const own = new Map<PartId, Exported>();
  const unloaded: Unloaded[] = [];
  const nothingComes = new Promise<null>((resolve) => watchIdleness(() => resolve(null)));
  const load = async (file: OwnFile, i: number): Promise<void> => {
    const { part } = file;
    const tell = (why: Unloaded['why'], values: Unloaded['values'] = {}): void =>
      void unloaded.push({ part, why, values });
    try {
      const student = scope.__students[i]?.(...memory.makers);
      if (student === undefined) throw new Error('bug: a part has no code');
      const module: StudentModule = (...hands) => guard(() => student(...hands));
      const exported = await Promise.race([runModule(module, file), nothingComes]);
      if (exported === null) return tell('unsettled');
      const name = partOf(part).functions.find((one) => typeof exported[one] !== 'function');
      if (name !== undefined) return tell('lacks', { name });
      own.set(part, exported);
    } catch (error) {
      tell('threw', { message: error instanceof Error ? error.message : String(error) });
    }
  };
  await Promise.all(files.map(load));
  return { own, unloaded };
}
