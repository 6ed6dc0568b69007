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
  /** What wrote it down: `serve`, `sim`, `tap`. */
  recorder: string;
}

/** Writes the line, without the newline. */
export function formatMaker({ program, profile, clock, recorder }: TraceMaker): string {
  return JSON.stringify({ v: 1, made: { program, profile, clock, recorder } });
}

/** Reads the line; null for one that is none. Keys that this version does not know are passed over. */
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
  return { program, profile, clock, recorder };
}

/**
 * The name of a server that is none of ours, so that no source of ours is its; null for ours, and for a
 * trace that does not say what made it.
 */
export function strangerOf(maker: TraceMaker | null): string | null {
  if (maker === null || maker.profile === 'rfc6455' || maker.profile === 'original') return null;
  return maker.profile;
}
