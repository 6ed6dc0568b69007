/** What was repaired, run by PHP 8. */

import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { repairForPhp8 } from '../../src/php/repair.js';
import { findPhp } from '../../src/php/server.js';
import { OLD_FUNCTIONS, OLD_ROOM } from '../support/old-php.js';

const php = await findPhp();
const php8 = php !== null && php.versionId >= 80_000 ? php : null;

describe('functions that PHP 8 has no longer', () => {
  test.skipIf(php8 === null)(
    'do what they did, also where the file leaves PHP (needs PHP 8)',
    () => {
      const run = (input: string): string =>
        execFileSync(php8?.path ?? '', { input, encoding: 'utf8' }).trim();
      expect(run(repairForPhp8(OLD_FUNCTIONS).source)).toBe('x1 y2 2 4');
      expect(run(repairForPhp8(`${OLD_FUNCTIONS}?>`).source)).toBe('x1 y2 2 4');
    },
  );
});

describe('a repaired source', () => {
  test.skipIf(php8 === null)('runs where the one before does not compile (needs PHP 8)', () => {
    const path = php8?.path ?? '';
    const before = spawnSync(path, { input: OLD_ROOM, encoding: 'utf8' });
    expect(before.stdout + before.stderr).toMatch(/curly braces|unexpected token "\{"/);
    const after = execFileSync(path, { input: repairForPhp8(OLD_ROOM).source, encoding: 'utf8' });
    expect(after.trim()).toBe('2 1 b');
  });
});
