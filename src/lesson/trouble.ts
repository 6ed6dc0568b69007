/**
 * What goes wrong with an exercise before it can be right or wrong: it is not finished, does not
 * parse, throws, does not end. What a stack names, whoever runs the file knows.
 * @module
 */

import { placeless, type Trouble, type TroubleKind } from './trouble-kind.js';

/** A place in a file, from 1 both; null where none is known. */
export type Place = Pick<Trouble, 'line' | 'column'>;

/** What whoever runs a student's file knows of its errors. */
export interface Stacks {
  /** What the student's file is called. */
  readonly file: string;
  /** The place in the student's file that an error's stack names first, as the student wrote it. */
  readonly placeOf: (error: Error) => Place;
  /** The line of the check that it names first. */
  readonly checkLineOf: (error: Error) => number | null;
  /** What was thrown and is no Error, as text: its own ways to be shown may throw again. */
  readonly shown: (thrown: unknown) => string;
}

/** What an error that was thrown tells. */
export function troubleOf(error: unknown, stacks: Stacks, kind: TroubleKind = 'thrown'): Trouble {
  const { file } = stacks;
  if (!(error instanceof Error)) {
    const message = oneLine(stacks.shown(error));
    const isThrown = kind === 'thrown';
    return placeless(isThrown ? 'thrownValue' : kind, { file, message });
  }
  const message = oneLine(error.message === '' ? error.name : messageOf(error));
  const place = stacks.placeOf(error);
  if (error.name === 'Todo')
    return { kind: 'todo', values: { file, message: error.message }, ...place };
  if (place.line === null) {
    const values = { file, message, at: 'check.ts', atLine: stacks.checkLineOf(error) ?? 0 };
    return { kind: 'bug', values, ...place };
  }
  const isOverflow = error instanceof RangeError && /call stack/i.test(error.message);
  if (isOverflow) return { kind: 'overflow', values: { file, message }, ...place };
  const [, name] = /^(\S+) is not defined$/.exec(error.message) ?? [];
  const isNoName = kind === 'thrown' && error instanceof ReferenceError && name !== undefined;
  if (isNoName) return { kind: 'noName', values: { file, message, name }, ...place };
  return { kind, values: { file, message }, ...place };
}

/** Ends an attempt: the check asked for something that the student's file does not have. */
export class NotExported extends Error {
  /** What to say. */
  readonly trouble: Trouble;

  constructor(kind: 'noExport' | 'noFunction', file: string, name: string) {
    super(name);
    this.trouble = placeless(kind, { file, name });
  }
}

/** What a module exports. */
export type Module = Readonly<Record<string, unknown>>;

/**
 * The student's module as a check sees it: what is missing is said when it is asked for, so that a
 * helper that no check calls may go.
 *
 * @param original the exercise as it was handed out: says what there has to be
 */
export function demanding(exercise: Module, original: Module, file: string): Module {
  const check = (name: string): void => {
    if (!(name in exercise)) throw new NotExported('noExport', file, name);
    if (typeof original[name] === 'function' && typeof exercise[name] !== 'function') {
      throw new NotExported('noFunction', file, name);
    }
  };
  return new Proxy(exercise, {
    get(target, name) {
      if (typeof name === 'string' && name in original) check(name);
      return Reflect.get(target, name);
    },
  });
}

function messageOf({ name, message }: Error): string {
  return name === 'Error' ? message : `${name}: ${message}`;
}

/** A message in one line. */
export function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').trim();
}
