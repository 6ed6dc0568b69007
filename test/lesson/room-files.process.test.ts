/** What only looks like a file of a room: pipes, devices, links, and what nobody may read. */

import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readRoom } from '../../src/lesson/room-files.js';
import { checked, countsOf, reasonsIn } from '../support/room-files.js';
import { Scratch } from '../support/student.js';

const isWindows = process.platform === 'win32';
let scratch: Scratch;

beforeEach(() => {
  scratch = new Scratch();
});

afterEach(() => scratch.remove());

describe.skipIf(isWindows)('what is no file', () => {
  test('is not waited for, and not read without end', () => {
    execFileSync('mkfifo', [join(scratch.path, 'fifo.json')]);
    mkdirSync(join(scratch.path, 'ming'));
    execFileSync('mkfifo', [join(scratch.path, 'ming/progress.json')]);
    symlinkSync('/dev/zero', join(scratch.path, 'zero.json'));
    symlinkSync('gone.json', join(scratch.path, 'link.json'));
    symlinkSync('circle.json', join(scratch.path, 'circle.json'));
    symlinkSync('ring', join(scratch.path, 'ring'));
    scratch.write('zoe.json', checked(1));
    const room = readRoom(scratch.path);
    expect(countsOf(room)).toEqual({ zoe: 1 });
    expect(room.others).toEqual(['ring']);
    expect(reasonsIn(scratch.path, room)).toEqual({
      'circle.json': 'it is a link that leads in a circle',
      'fifo.json': 'it is no plain file',
      'link.json': 'it is a link that leads nowhere, or its name is not in UTF-8',
      'ming/progress.json': 'it is no plain file',
      'zero.json': 'it is no plain file',
    });
  });

  test('or may not be read, is said to be so', () => {
    chmodSync(scratch.write('ada.json', checked(1)), 0);
    mkdirSync(join(scratch.path, 'ming'), { mode: 0 });
    chmodSync(scratch.path, 0o755);
    const reason = 'it may not be read by this user';
    expect(asNobody(() => reasonsIn(scratch.path, readRoom(scratch.path)))).toEqual({
      'ada.json': reason,
      ming: reason,
    });
  });
});

/** Does something as a user who is not root: root may read everything. */
function asNobody<T>(doing: () => T): T {
  if (process.geteuid?.() !== 0) return doing();
  process.seteuid?.(65_534);
  try {
    return doing();
  } finally {
    process.seteuid?.(0);
  }
}
