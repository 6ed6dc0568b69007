/**
 * What the project `fast` stands on: a test that starts a process belongs to the other one, and says
 * so in its name, `*.process.test.ts` or `*.browser.test.ts`.
 * @module
 */

import childProcess from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';

for (const name of ['exec', 'execFile', 'execFileSync', 'execSync', 'fork', 'spawn', 'spawnSync']) {
  Object.assign(childProcess, {
    [name]: () => {
      throw new Error(`${name}: a fast test starts no process; name the file *.process.test.ts`);
    },
  });
}
syncBuiltinESMExports();
