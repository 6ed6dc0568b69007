import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findLesson } from '../../src/lesson/lesson.js';
import { Progress } from '../../src/lesson/progress.js';
import { type Ran, runIn } from '../support/command.js';
import { Scratch } from '../support/student.js';

let scratch: Scratch;

beforeEach(() => {
  scratch = new Scratch();
});

afterEach(() => scratch.remove());

const LESSON = '11-lengths';
const lesson = findLesson(11);
const handedOut = readFileSync(lesson?.exercise ?? '', 'utf8');
/** A right answer that imports nothing of its lesson. */
const right = readFileSync(lesson?.solution ?? '', 'utf8');
const endless = 'export function writeLength() { for (;;); }\nexport function readLength() {}\n';

const run = (...args: string[]): Ran => runIn(scratch.path, ...args);

describe('loopscope check --format', () => {
  test('gives JSON and JUnit, and ends as without it', () => {
    expect(right).not.toContain("'./");
    scratch.write(`loopscope-lessons/${LESSON}/exercise.ts`, right);
    scratch.write('loopscope-lessons/13-broadcast/exercise.ts', 'export {};\n');
    const one = run('check', '11', '--format', 'json');
    expect([one.status, one.stderr]).toEqual([0, '']);
    const [{ passed, of, lessons }] = JSON.parse(one.stdout).students;
    expect({ passed, of }).toEqual({ passed: 1, of: 1 });
    expect(lessons).toMatchObject([{ lesson: 11, passed: true, failure: null }]);
    const all = run('check', '--all', '--format', 'junit', '--lang', 'zh');
    expect([all.status, all.stderr]).toEqual([1, '']);
    expect(all.stdout).toMatch(/^<\?xml .*\n<testsuites name="loopscope" tests="2" failures="1"/);
    expect(all.stdout).toContain('<failure type="trouble.noExport"');
  });

  test('does not go with what checks nothing, and what is not there ends with 2', () => {
    for (const other of [['--hint', '1'], ['--watch'], ['--reset']]) {
      expect(run('check', '11', '--format', 'json', ...other)).toMatchObject({
        status: 2,
        stdout: '',
        stderr:
          'loopscope: --format is for what is checked; leave out --hint, --watch and --reset\n',
      });
    }
    expect(run('check', '11', '--format', 'junit')).toMatchObject({ status: 2, stdout: '' });
  });
});

describe('loopscope class check', () => {
  test('runs anew what was handed in, and believes no progress file', () => {
    const lie = new Progress();
    lie.check(11, null);
    scratch.write('room/Bob/progress.json', lie.toText());
    scratch.write(`room/Bob/${LESSON}/exercise.ts`, handedOut);
    scratch.write(`room/Ada/loopscope-lessons/${LESSON}/exercise.ts`, right);
    scratch.write(`room/Eve/${LESSON}/exercise.ts`, endless);
    mkdirSync(join(scratch.path, 'room/小明'));
    const { status, stdout, stderr } = run('class', 'check', 'room');
    expect([status, stderr]).toEqual([1, '']);
    expect(stdout.replace(/ +/g, ' ')).toMatch(
      /^student passed not yet: lessons\nAda 1 of 1\nBob 0 of 1 11\nEve 0 of 1 11\n小明 nothing\n/,
    );
    expect(run('class', 'check', 'room', '--format', 'csv').stdout).toMatch(
      /^\ufeffstudent,passed,of,lesson 11\r\nAda,1,1,passed\r\nBob,0,1,trouble\.todo\r\nEve,0,1,trouble\.\w+\r\n小明,0,0,\r\n$/,
    );
  });

  test('ends with 0 where all passed', () => {
    scratch.write(`room/Ada/${LESSON}/exercise.ts`, right);
    expect(run('class', 'check', 'room')).toMatchObject({ status: 0, stderr: '' });
  });

  test.skipIf(process.platform === 'win32')(
    'runs no link to the answer of another, nothing endless, and shows what names hide',
    () => {
      scratch.write(`room/Ada/${LESSON}/exercise.ts`, right);
      const hostile = '=1+1\u001b[2J\u202e\n';
      mkdirSync(join(scratch.path, 'room', hostile, LESSON), { recursive: true });
      const link = join(scratch.path, 'room', hostile, LESSON, 'exercise.ts');
      symlinkSync(join(scratch.path, `room/Ada/${LESSON}/exercise.ts`), link);
      for (const format of ['text', 'json', 'csv', 'junit']) {
        const { status, stdout, stderr } = run('class', 'check', 'room', '--format', format);
        expect([status, stderr]).toEqual([1, '']);
        // a table begins with a mark of its bytes' order, and its lines end as RFC 4180 has it
        const text = format === 'csv' ? stdout.slice(1).replaceAll('\r\n', '\n') : stdout;
        expect(text).not.toMatch(/[^\P{C}\n]/u);
        if (format === 'csv') expect(text).toMatch(/^"'=1\+1.*\[2J.*",0,1,trouble\.unreadable$/m);
        if (format === 'json') expect(stdout).toContain('is a link that leads out of it');
      }
    },
  );

  test('says what a folder should have', () => {
    expect(run('class', 'check', 'room')).toMatchObject({ status: 2 });
    mkdirSync(join(scratch.path, 'room'));
    expect(run('class', 'check', 'room').stderr).toMatch(/^loopscope: no exercise in room: /);
  });
});
