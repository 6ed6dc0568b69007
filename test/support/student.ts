/**
 * A made-up lesson and a student's file in a folder of their own.
 * @module
 */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder that is taken away by `remove`. */
export class Scratch {
  readonly path = mkdtempSync(join(tmpdir(), 'loopscope-'));

  /** Writes a file, and the folders on its way. @returns its path */
  write(name: string, text: string | Uint8Array): string {
    const path = join(this.path, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

const MODULES = '{ "private": true, "type": "module" }\n';

/** A lesson whose check calls `double(n)` for 1, 2 and 3, and says each as a step. */
export function doubling(scratch: Scratch) {
  scratch.write('package.json', MODULES);
  const exercise = scratch.write(
    '90-doubling/exercise.ts',
    "import { todo } from 'loopscope/node';\nexport function double(n: number): number {\n  return todo('double ' + n);\n}\n",
  );
  const check = scratch.write(
    '90-doubling/check.ts',
    `export default async ({ double }: any, t: any) => {
  for (const n of [1, 2, 3]) {
    t.step('step.double', { n });
    t.trace = [{ v: 1, seq: 0, turn: 0, t: 0, step: 'accept', listener: 3, fd: 4, host: 'a', port: 1 }];
    t.equal(await double(n), 2 * n, 'wrong.double', { n });
  }
};
`,
  );
  return { name: '90-doubling', exercise, check };
}
