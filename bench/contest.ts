/**
 * How figures come about: contestants take turns (A B A B), each gives a sample of measures a turn,
 * and what is told of them is the median with its range.
 * @module
 */

import { cpus, release, type } from 'node:os';

/** One turn's measures by name; a name says its unit. */
export type Sample = Record<string, number>;

/** Who takes part in a workload. */
export interface Contestant {
  /** Who it is. */
  name: string;
  /** Which of the workload's works it does, where there are several: it is compared within that one. */
  work?: string;
  /** Gets it ready; what takes part in all turns is started once. */
  start(): Promise<Running>;
}

/** A contestant that is ready. */
export interface Running {
  sample(): Promise<Sample>;
  stop(): Promise<void>;
}

/** Something that is measured. */
export interface Workload {
  /** What `--only` takes. */
  name: string;
  /** What is done, in a sentence. */
  title: string;
  /** The measure that decides; the others stand beside it. */
  measure: string;
  /** The contestant that the others are compared with. */
  against: string;
  contestants: Contestant[];
  /** Turns that are not counted. Default 1. */
  warmUps?: number;
  /** What is to be reached, worked out from the medians. */
  targets?(medians: Medians): Target[];
  /** What has to be said beside the figures. */
  notes?: string[];
}

/** The median of a contestant's measure, in one of several works; NaN where it took no part. */
export type Medians = (contestant: string, measure: string, work?: string) => number;

/** A goal, and whether it was reached. */
export interface Target {
  what: string;
  /** What was measured. */
  value: number;
  /** At least, or at most. */
  goal: { least: number } | { most: number };
}

/** The median of some values, and from where to where they go. */
export interface Figure {
  median: number;
  low: number;
  high: number;
}

/** What came of a workload. */
export interface Result {
  name: string;
  title: string;
  measure: string;
  against: string;
  notes: string[];
  /** Who took part, in the order of the table. */
  entries: Entry[];
  targets: (Target & { met: boolean })[];
}

/** A contestant in one work, and what came of it. */
export interface Entry {
  who: string;
  work: string | null;
  /** By measure. */
  figures: Record<string, Figure>;
}

/** Where and when it was measured. */
export interface Machine {
  cpu: string;
  cores: number;
  node: string;
  os: string;
  date: string;
}

/** This machine, today. */
export function machine(): Machine {
  const [cpu] = cpus();
  return {
    cpu: cpu?.model ?? 'unknown',
    cores: cpus().length,
    node: process.version,
    os: `${type()} ${release()} ${process.arch}`,
    date: new Date().toISOString().slice(0, 10),
  };
}

/** Lets the contestants of a workload take turns. */
export async function hold(workload: Workload, runs: number): Promise<Result> {
  const { name, title, measure, against, warmUps = 1, notes = [] } = workload;
  const taking: { who: string; work: string | null; running: Running; samples: Sample[] }[] = [];
  try {
    for (const { name: who, work = null, start } of workload.contestants) {
      taking.push({ who, work, running: await start(), samples: [] });
    }
    for (let turn = -warmUps; turn < runs; turn++) {
      for (const { running, samples } of taking) {
        const sample = await running.sample();
        if (turn >= 0) samples.push(sample);
      }
    }
  } finally {
    for (const { running } of taking) await running.stop();
  }
  const entries = taking.map(({ who, work, samples }) => ({
    who,
    work,
    figures: figuresOf(samples),
  }));
  const medians: Medians = (who, what, work) =>
    entryOf(entries, who, work ?? null)?.figures[what]?.median ?? Number.NaN;
  const targets = (workload.targets?.(medians) ?? []).map((target) => ({
    ...target,
    met: isMet(target),
  }));
  return { name, title, measure, against, notes, entries, targets };
}

/** What came of a contestant in a work; undefined where it took no part. */
export function entryOf(
  entries: readonly Entry[],
  who: string,
  work: string | null,
): Entry | undefined {
  return entries.find((entry) => entry.who === who && entry.work === work);
}

function figuresOf(samples: readonly Sample[]): Record<string, Figure> {
  const names = Object.keys(samples[0] ?? {});
  return Object.fromEntries(
    names.map((name) => [name, figureOf(samples.map((sample) => sample[name] ?? Number.NaN))]),
  );
}

/** The median of values; of an even number of them, the lower of the two in the middle. */
export function figureOf(values: readonly number[]): Figure {
  const sorted = values.toSorted((a, b) => a - b);
  const [low = Number.NaN] = sorted;
  const median = sorted[(sorted.length - 1) >> 1] ?? Number.NaN;
  return { median, low, high: sorted.at(-1) ?? Number.NaN };
}

function isMet({ value, goal }: Target): boolean {
  return 'least' in goal ? value >= goal.least : value <= goal.most;
}
