/**
 * Where a student works: `./loopscope-lessons/`, a folder for each lesson begun, and progress.json; at home,
 * where that cannot be written. Nothing outside of it is written, and no work of a student is ever
 * overwritten.
 * @module
 */

import {
  existsSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, isAbsolute, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FileError } from './file-error.js';
import { makeFolder } from './folders.js';
import type { Lesson } from './lesson.js';
import { isInClone, workFolder, writableFolder } from './work-folder.js';

/** A lesson that has an exercise. */
export type Exercised = Pick<Lesson, 'name' | 'exercise'>;

/** The folder of one student. */
export class StudentFolder {
  /** The path of the folder, which may not be there yet. */
  readonly path: string;
  /** The path of the folder that it stands in for, since that cannot be written; null where it is that one. */
  readonly insteadOf: string | null;

  /** @param from where the command was given */
  constructor(from: string) {
    const near = workFolder(from);
    this.path = writableFolder(near);
    this.insteadOf = this.path === near ? null : near;
  }

  /** The path of progress.json. */
  get progress(): string {
    return join(this.path, 'progress.json');
  }

  /** The path of a lesson's exercise. */
  exerciseOf({ name }: Exercised): string {
    return join(this.path, name, 'exercise.ts');
  }

  /** The path of a lesson's demo, for the student to change. */
  demoOf({ name }: Exercised): string {
    return join(this.path, name, 'demo.ts');
  }

  /** The path of the trace that a lesson's demo keeps. */
  demoTraceOf({ name }: Exercised): string {
    return join(this.path, name, 'demo.ndjson');
  }

  /**
   * Makes the folder, with the file that tells Node that what is in it are modules, and the one that
   * tells an editor where the types of `loopscope` are.
   *
   * @param lesson whose own folder is made too
   */
  make(lesson?: Exercised): void {
    this.#makeInside(lesson === undefined ? this.path : join(this.path, lesson.name));
    const manifest = join(this.path, 'package.json');
    // in a clone, whose own says the same, npx would stop at it and ask the registry for our name
    if (isInClone(this.path)) removeIfOurs(manifest);
    else if (!existsSync(manifest)) write(manifest, MANIFEST);
    const forEditor = join(this.path, 'tsconfig.json');
    if (!existsSync(forEditor)) write(forEditor, editorSettings(this.path));
  }

  /** Puts the exercise there if it is not. @returns whether it was put there now */
  begin(lesson: Exercised): boolean {
    this.make(lesson);
    const path = this.exerciseOf(lesson);
    if (existsSync(path)) return false;
    copy(handedOut(lesson), path);
    return true;
  }

  /**
   * Puts the demo there, and what it imports of the lessons, each file if it is not there. In whichever
   * language it is handed out, the student's is demo.ts.
   */
  beginDemo({ name, demo }: Pick<Lesson, 'name' | 'demo'>): void {
    const lessons = dirname(dirname(demo));
    for (const file of withImports(demo)) {
      const own = this.demoOf({ name, exercise: null });
      const path = file === demo ? own : join(this.path, relative(lessons, file));
      if (existsSync(path)) continue;
      this.#makeInside(dirname(path));
      copy(file, path);
    }
  }

  /** Another file in a lesson's folder that may be the exercise under a wrong name; null if none. */
  misnamed(lesson: Exercised): string | null {
    const folder = dirname(this.exerciseOf(lesson));
    if (!existsSync(folder)) return null;
    const found = readdirSync(folder).find((name) =>
      /^exercise.*\.(txt|js|mjs|mts|tsx)$/i.test(name),
    );
    return found ?? null;
  }

  /** Where the next backup of an exercise goes: `exercise.ts.bak`, `exercise.ts.2.bak` and so on. */
  nextBackup(lesson: Exercised): string {
    return freeName(this.exerciseOf(lesson), 'bak');
  }

  /** Brings an exercise back as it was handed out. @returns where the student's is kept now */
  reset(lesson: Exercised): string {
    const [path, backup] = [this.exerciseOf(lesson), this.nextBackup(lesson)];
    this.#makeInside(dirname(path));
    renameSync(path, backup); // whatever it is: a link too, so that what it leads to stays
    copy(handedOut(lesson), path);
    return backup;
  }

  /** Keeps the trace of a failure for the stepper; without one, takes the old one away. @returns its path */
  keepFailure(lesson: Exercised, trace: string | null): string | null {
    const path = join(dirname(this.exerciseOf(lesson)), 'failure.ndjson');
    this.#makeInside(dirname(path));
    rmSync(path, { force: true });
    if (trace === null) return null;
    write(path, trace);
    return path;
  }

  /**
   * Makes a folder, if it is not there.
   *
   * @throws Error with a `syscall`, as the system's have, where a link on its way leads out of ours
   */
  #makeInside(path: string): void {
    makeFolder(path);
    const way = relative(realpathSync(this.path), realpathSync(path));
    if (!way.startsWith('..') && !isAbsolute(way)) return;
    const error = new FileError('file.link', { name: basename(path) });
    throw Object.assign(error, { code: 'EXDEV', syscall: 'realpath' });
  }
}

const MANIFEST = '{ "private": true, "type": "module" }\n';

function removeIfOurs(manifest: string): void {
  if (existsSync(manifest) && readFileSync(manifest, 'utf8') === MANIFEST) rmSync(manifest);
}

/**
 * A tsconfig.json for a folder that has nothing installed near it. The paths have no ending: TypeScript
 * finds the types there, and tsx, which reads it too, the code.
 */
function editorSettings(folder: string): string {
  const pathOf = (file: string): string[] => {
    const path = fileURLToPath(new URL(`../../dist/${file}`, import.meta.url));
    return [relative(folder, path).replaceAll('\\', '/')];
  };
  const compilerOptions = {
    target: 'es2023',
    lib: ['es2023', 'dom'],
    module: 'esnext',
    moduleResolution: 'bundler',
    types: [],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    paths: {
      loopscope: pathOf('index'),
      'loopscope/lesson': pathOf('lesson'),
      'loopscope/node': pathOf('node'),
    },
  };
  return `${JSON.stringify({ compilerOptions }, null, 2)}\n`;
}

/** Writes a file that is not there, nor as a link that leads to nothing yet. */
function write(path: string, text: string | Uint8Array): void {
  writeFileSync(path, text, { flag: 'wx' });
}

/** Copies a file, but not its rights: it is the student's to change, wherever it came from. */
function copy(from: string, to: string): void {
  write(to, readFileSync(from));
}

/** A program of a lesson, and the files of lessons that it imports or reads, each once. */
function withImports(program: string, found = new Set<string>()): Set<string> {
  if (found.has(program)) return found;
  found.add(program);
  if (!program.endsWith('.ts')) return found;
  const named = /(?:from|import|URL\()\s*'(\.{1,2}\/[^']+)'/g;
  for (const [, specifier = ''] of readFileSync(program, 'utf8').matchAll(named)) {
    withImports(join(dirname(program), specifier.replace(/\.js$/, '.ts')), found);
  }
  return found;
}

/** The first name that is free: `file.bak`, `file.2.bak`, `file.3.bak`. */
export function freeName(path: string, ending: string): string {
  for (let n = 1; ; n++) {
    const name = n === 1 ? `${path}.${ending}` : `${path}.${n}.${ending}`;
    if (!existsSync(name)) return name;
  }
}

function handedOut({ name, exercise }: Exercised): string {
  if (exercise === null) throw new Error(`bug: ${name} has no exercise`);
  return exercise;
}
