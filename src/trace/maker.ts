/**
 * What made a trace: the first line of a file may say it, before the events.
 * @module
 */

/** What made a trace. */
export interface TraceMaker {
  /** The program whose loop it is: `loopscope` for a server of ours. */
  program: string;
  /** Which server: `rfc6455` for the room, `original` for the mirror of the PHP original; another's own name. */
  profile: string;
  /** Whose milliseconds `t` are: of a simulated network, or of a machine. */
  clock: 'virtual' | 'real';
  /** What wrote it down: `serve`, `sim`, `tap`, `watch`; `strace` for a file of its lines. */
  recorder: string;
  /** What the program was called with, behind its name. Absent where nobody saw. */
  arguments?: readonly string[];
  /** The thread whose loop it is, by the system's number. */
  pid?: number;
  /** Which of the program's loops it is, from 1, in the order in which they came to wait. */
  loop?: number;
  /** How many loops the program had in all. Absent where the recording was broken off. */
  loops?: number;
  /** The machine whose loop it is, where there are several: `loop-a`. */
  machine?: string;
}

/** Writes the line, without the newline; keys that were read and are not known here come last. */
export function formatMaker(maker: TraceMaker): string {
  const { program, profile, clock, recorder, ...more } = maker;
  return JSON.stringify({ v: 1, made: { program, profile, clock, recorder, ...more } });
}

/** Reads the line; null for one that is none. Keys that this version does not know are kept. */
export function parseMaker(text: string): TraceMaker | null {
  let line: { v?: unknown; made?: unknown; step?: unknown } | null;
  try {
    line = JSON.parse(text);
  } catch {
    return null;
  }
  if (line?.v !== 1 || line.step !== undefined) return null;
  const made = line.made as Partial<TraceMaker> | null | undefined;
  const { program, profile, clock, recorder } = made ?? {};
  if (typeof program !== 'string' || typeof profile !== 'string') return null;
  if (typeof recorder !== 'string' || (clock !== 'virtual' && clock !== 'real')) return null;
  const { arguments: words, pid, loop, loops, machine, ...more } = made as Partial<TraceMaker>;
  return {
    ...more,
    ...{ program, profile, clock, recorder },
    ...(isWords(words) && { arguments: words }),
    ...(isCount(pid) && { pid }),
    ...(isCount(loop) && { loop }),
    ...(isCount(loops) && { loops }),
    ...(typeof machine === 'string' && { machine }),
  };
}

function isWords(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((word) => typeof word === 'string');
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= 0;
}

/**
 * The name of a server that is none of ours, so that no source of ours is its; null for ours, and for a
 * trace that does not say what made it.
 */
export function strangerOf(maker: TraceMaker | null): string | null {
  if (maker === null || maker.profile === 'rfc6455' || maker.profile === 'original') return null;
  return maker.profile;
}
