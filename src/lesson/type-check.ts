/**
 * What the TypeScript compiler says of a student's file, where a compiler is installed. Nothing here
 * needs one: a check stands without it, and asks only where an exercise has failed already, since
 * the compiler takes longer than most checks do.
 * @module
 */

import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type ts from 'typescript';
import { type Complaint, Explainer, rankOf } from './type-complaint.js';

/** The compiler as a module. */
type Compiler = typeof ts;

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The complaint about each file that is likeliest to tell what is wrong: a name that is not there goes
 * before a value of another type, and that before all others; of equals, the first.
 *
 * @param paths of students' files; they need no tsconfig.json
 * @returns by path; without a file that has none, and empty where there is no compiler
 */
export function typeComplaints(...paths: readonly string[]): ReadonlyMap<string, Complaint> {
  const complaints = new Map<string, Complaint>();
  const compiler = findCompiler(paths[0] ?? '');
  if (compiler === null) return complaints;
  try {
    const program = compiler.createProgram(paths.map(posix), optionsOf(compiler));
    for (const path of paths) {
      const complaint = firstComplaint(compiler, program, posix(path));
      if (complaint !== null) complaints.set(path, complaint);
    }
  } catch {
    // the compiler's own trouble is none of the student's
  }
  return complaints;
}

/** As the compiler names files, on Windows too. */
function posix(path: string): string {
  return resolve(path).replaceAll('\\', '/');
}

/** Ours, or the one that is installed where the student works. */
function findCompiler(path: string): Compiler | null {
  for (const from of [import.meta.url, resolve(path)]) {
    try {
      const compiler: Compiler = createRequire(from)('typescript');
      // from 7 on the package may have no functions, and before 5 it cannot find our types
      const isFit = Number.parseInt(compiler.version, 10) >= 5;
      if (isFit && typeof compiler.createProgram === 'function') return compiler;
    } catch {
      // none there
    }
  }
  return null;
}

function firstComplaint(compiler: Compiler, program: ts.Program, path: string): Complaint | null {
  const file = program.getSourceFile(path);
  if (file === undefined) return null;
  const found = program
    .getSemanticDiagnostics(file)
    .filter(({ category }) => category === compiler.DiagnosticCategory.Error)
    .filter(({ code }) => !OF_THE_PLACE.has(code) && !isLeftOut(code));
  const [first] = found.sort((a, b) => rankOf(a) - rankOf(b)); // stable: in the file's order else
  if (first === undefined) return null;
  return new Explainer(compiler, program, file).explain(first);
}

/**
 * What is missing there is what is not installed, not what was written: the types of Node (2580,
 * 2591, and 2307 of a module), of a library (7016).
 */
const OF_THE_PLACE: ReadonlySet<number> = new Set([2307, 2580, 2591, 7016]);

/**
 * Whether it says that a type was left out (7005 to 7057, "implicitly any"), which is no mistake of an
 * exercise. The option that is off to that end would make `never[]` of `const list = []`, and a complaint
 * of the first push.
 */
function isLeftOut(code: number): boolean {
  return code >= 7005 && code <= 7057;
}

/** Strict, as the file is handed out; but what was caught may be anything. */
function optionsOf(compiler: Compiler): ts.CompilerOptions {
  const typeRoot = posix(join(ROOT, 'node_modules/@types'));
  const hasNode = existsSync(join(typeRoot, 'node'));
  return {
    target: compiler.ScriptTarget.ES2022,
    // with the types of Node come console and the like; without them, the browser's have them too
    lib: ['lib.esnext.d.ts', ...(hasNode ? [] : ['lib.dom.d.ts'])],
    module: compiler.ModuleKind.ESNext,
    moduleResolution: compiler.ModuleResolutionKind.Bundler,
    typeRoots: [typeRoot],
    types: hasNode ? ['node'] : [],
    paths: {
      loopscope: [posix(join(ROOT, 'dist/index.d.ts'))],
      'loopscope/lesson': [posix(join(ROOT, 'dist/lesson.d.ts'))],
      'loopscope/node': [posix(join(ROOT, 'dist/node.d.ts'))],
    },
    strict: true,
    useUnknownInCatchVariables: false,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    noEmit: true,
  };
}
