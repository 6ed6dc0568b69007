import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findLesson } from '../../src/lesson/lesson.js';
import { Progress } from '../../src/lesson/progress.js';
import { BIN, type Ran, runIn } from '../support/command.js';
import { Scratch } from '../support/student.js';

let scratch: Scratch;

beforeEach(() => {
  scratch = new Scratch();
});

afterEach(() => scratch.remove());

const FOLDER = 'loopscope-lessons/11-lengths';
const lesson = findLesson(11);
const handedOut = readFileSync(lesson?.exercise ?? '', 'utf8');
const solution = readFileSync(lesson?.solution ?? '', 'utf8');

function run(...args: string[]): Ran {
  return runIn(scratch.path, ...args);
}

/** Puts a student's work where it is to be. */
function begin(text: string, folder = FOLDER): string {
  scratch.write('loopscope-lessons/package.json', '{ "private": true, "type": "module" }\n');
  return scratch.write(`${folder}/exercise.ts`, text);
}

function progress() {
  return JSON.parse(readFileSync(join(scratch.path, 'loopscope-lessons/progress.json'), 'utf8'));
}

describe('loopscope check', () => {
  test('passes the solution in one line, says what was learnt, and what comes next', () => {
    begin(solution);
    const { status, stdout } = run('check', '11');
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^Lesson 11 passed: \d+ steps tried\.\nA length up to 125 .*\n.*\.\n(Next: .*|That was .*)\n$/,
    );
    expect(progress().lessons['11']).toMatchObject({ checks: 1, passed: true });
  });

  test('is kind to an exercise that was not touched', () => {
    begin(handedOut);
    const { status, stdout, stderr } = run('check', '11');
    expect([status, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(
      /^loopscope-lessons[\\/]11-lengths[\\/]exercise\.ts, line \d+, is still to do: /m,
    );
    expect(stdout).toMatch(/\nTry next: npx loopscope check 11 --hint 1\n$/);
    expect(progress().lessons['11'].failures).toEqual({ 'trouble.todo': 1 });
  });

  test('says the misconception of a wrong answer, on one screen', () => {
    begin(handedOut.replace(/return todo\(`write.*/, 'return Uint8Array.of(length);'));
    const { status, stdout } = run('check', '11');
    expect(status).toBe(1);
    expect(stdout).toContain('126 in the 7 bits is no length');
    expect(stdout).toContain('First difference at byte 1, in the extended payload length:');
    expect(stdout.split('\n').length).toBeLessThanOrEqual(23);
    expect(progress().lessons['11'].failures).toEqual({ 'wrong.mark-as-length': 1 });
  });

  test('names the command that steps through one’s own code, and it opens at the call', () => {
    begin(handedOut.replace(/return todo\(`write.*/, 'return Uint8Array.of(length);'));
    const { stdout } = run('check', '11');
    const [, command = ''] =
      /^See it: +npx loopscope (step \S+failure\.ndjson.*)$/m.exec(stdout) ?? [];
    const { status, stdout: steps } = run(...command.split(' '));
    expect(status).toBe(0);
    expect(steps).toMatch(
      /call +lesson 11, writeLength\(126\) → 1 byte 7e; expected 3 bytes 7e 00 7e/,
    );
  });

  test('says that an exercise of an older kit begins otherwise, and what brings the new one', () => {
    const older = 'export async function acceptKey(key: string): Promise<string> { return key; }\n';
    begin(
      older.replace('{ return', '{\n  return').replace('; }', ';\n}'),
      'loopscope-lessons/09-accept-key',
    );
    const { status, stdout } = run('check', '9');
    expect(status).toBe(1);
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'Lesson 9 now begins “export function acceptKey(key: string): string”, and yours “export async function acceptKey(key: string): Promise<string>”: it may be of an older kit. npx loopscope check 9 --reset brings the new one, and keeps yours.',
    );
    expect(stdout.split('\n').length).toBeLessThanOrEqual(23);
    const chinese = run('--lang', 'zh', 'check', '9').stdout.replace(/\s+/g, '');
    expect(chinese).toContain('可能是旧版本的练习。');
  });

  test('says what the compiler knows of a wrong answer, with its place', () => {
    begin(handedOut.replace(/return todo\(`write.*/, 'return Uint8Array.of(length.size);'));
    expect(run('check', '11').stdout).toContain(
      `\n${join(FOLDER, 'exercise.ts')}:17:31: number has no \`size\`\n`,
    );
  });

  test('ends an endless loop, and says the last step', () => {
    begin(handedOut.replace('return todo(`write', 'for (;;); return todo(`write'));
    const { status, stdout } = run('check', '11');
    expect(status).toBe(1);
    expect(stdout).toContain('> 1  writeLength(0)');
    expect(stdout).toContain(`${join(FOLDER, 'exercise.ts')}, line 17, goes round without end:`);
  });

  test('says what there is when there is nothing to check', () => {
    expect(run('check', '11')).toMatchObject({
      status: 2,
      stderr: `loopscope: there is no ${join(FOLDER, 'exercise.ts')}; npx loopscope lesson 11 puts it there\n`,
    });
    scratch.write(`${FOLDER}/exercise.ts.txt`, solution);
    expect(run('check', '11').stderr).toContain('but there is exercise.ts.txt; rename it');
    expect(run('check', '99')).toMatchObject({ status: 2 });
    expect(run('check', '99').stderr).toMatch(/^loopscope: there is no lesson 99; there are 0, /);
    expect(run('check')).toMatchObject({ status: 2 });
    expect(run('check', '11', '--all')).toMatchObject({ status: 2 });
    expect(run('check', '--all').stderr).toContain(
      'no lesson has been begun in loopscope-lessons;',
    );
    expect(run('check', '11', '--hint', '4')).toMatchObject({ status: 2 });
    expect(run('check', '--hint', '1')).toMatchObject({
      status: 2,
      stderr: 'loopscope: --watch, --reset and --hint are for one lesson; give its number\n',
    });
    expect(run('check', '-1')).toMatchObject({
      status: 2,
      stderr: "loopscope: not the number of a lesson: '-1'. They begin at 0.\n",
    });
    expect(run('check', '11', '--hint', '1', '--watch')).toMatchObject({
      status: 2,
      stderr: 'loopscope: give one of --hint, --watch and --reset\n',
    });
  });

  test('checks a folder that is called exercise.ts, and says that it is one', () => {
    mkdirSync(join(scratch.path, FOLDER, 'exercise.ts'), { recursive: true });
    const { status, stdout } = run('check', '11');
    expect([status, stdout.includes('exercise.ts is a folder')]).toEqual([1, true]);
  });

  test('gives hints, each by its number, and keeps that it did', () => {
    const { status, stdout } = run('check', '11', '--hint', '2');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Task: .*\nHint 2: /);
    expect(progress().lessons['11'].hints).toEqual([2]);
    begin(handedOut);
    expect(run('check', '11').stdout).toContain('--hint 3\n');
  });

  test('--all checks what was begun', () => {
    begin(solution);
    expect(run('check', '--all')).toMatchObject({ status: 0 });
    begin('export const nothing = 1;\n', `loopscope-lessons/${findLesson(0)?.name}`);
    const { status, stdout } = run('check', '--all');
    expect(status).toBe(1);
    expect(stdout).toMatch(/^lesson {2}0 {2}not yet .*\n {4}\S+exercise\.ts does not export/);
    expect(stdout).toMatch(/\nlesson 11 {2}passed .*\n1 of 2 passed\.\n$/);
  });
});

describe('loopscope check --reset', () => {
  test('without a terminal does nothing unless --yes says so', () => {
    const path = begin('mine');
    expect(run('check', '11', '--reset')).toMatchObject({ status: 2 });
    expect(readFileSync(path, 'utf8')).toBe('mine');
    expect(run('check', '11', '--reset', '--yes')).toMatchObject({ status: 0 });
    expect(readFileSync(path, 'utf8')).toBe(handedOut);
    expect(readFileSync(`${path}.bak`, 'utf8')).toBe('mine');
  });

  test('keeps a folder that is in the place of the exercise', () => {
    scratch.write(`${FOLDER}/exercise.ts/mine.txt`, 'mine');
    expect(run('check', '11', '--reset', '--yes')).toMatchObject({ status: 0, stderr: '' });
    expect(readFileSync(join(scratch.path, FOLDER, 'exercise.ts'), 'utf8')).toBe(handedOut);
    expect(existsSync(join(scratch.path, FOLDER, 'exercise.ts.bak/mine.txt'))).toBe(true);
  });

  test('says in one line that nothing can be written', () => {
    scratch.write('loopscope-lessons', 'a file in the way');
    const { status, stderr } = run('check', '11', '--reset');
    expect(status).toBe(1);
    expect(stderr).toMatch(/^loopscope: cannot write in loopscope-lessons: .*\n$/);
  });

  test('puts an exercise there that is gone', () => {
    expect(run('check', '11', '--reset')).toMatchObject({ status: 0 });
    expect(existsSync(join(scratch.path, FOLDER, 'exercise.ts'))).toBe(true);
  });
});

test('loopscope check --watch checks at each save, a rename too, until Ctrl-C', async () => {
  const path = begin(handedOut);
  const child = spawn(process.execPath, [BIN, 'check', '11', '--watch'], {
    cwd: scratch.path,
    env: { ...process.env, NO_COLOR: '1' },
  });
  let out = '';
  let look = (): void => {};
  child.stdout.setEncoding('utf8').on('data', (text) => {
    out += text;
    look();
  });
  const checked = async (times: number): Promise<void> => {
    while (out.split('Watching ').length <= times) {
      await new Promise<void>((resolve) => {
        look = resolve;
      });
    }
  };
  try {
    await checked(1);
    expect(out).toContain('is still to do');
    writeFileSync(`${path}.new`, solution);
    renameSync(`${path}.new`, path);
    await checked(2);
    expect(out).toContain('Lesson 11 passed');
    writeFileSync(path, handedOut);
    await checked(3);
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([0, null]);
  } finally {
    child.kill('SIGKILL');
  }
});

describe('loopscope class report', () => {
  test('tallies a room', () => {
    const stuck = new Progress();
    for (let i = 0; i < 3; i++) stuck.check(11, 'wrong.mark-as-length');
    const mine = stuck.toText();
    scratch.write('room/ada.json', mine);
    scratch.write('room/ming/progress.json', mine);
    scratch.write('room/zoe.json', '{');
    const { status, stdout, stderr } = run('class', 'report', 'room');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^2 students\n\n/);
    expect(stdout).toMatch(/^ +11 {2}Lengths.* 2 +0 +0 of 0$/m);
    expect(stdout).toMatch(/\n {2}lesson 11: ada, ming\n$/);
    expect(stdout).toContain('126 in the 7 bits is no length');
    expect(stderr).toContain('zoe.json: it is not JSON');
    const json = JSON.parse(run('class', 'report', 'room', '--format', 'json').stdout);
    expect(json.lessons[0]).toMatchObject({ number: 11, begun: 2, stuck: ['ada', 'ming'] });
  });

  test('ends with 1 and a sentence where nothing can be read', () => {
    scratch.write('room/ada.json', '{');
    for (const format of ['text', 'json']) {
      expect(run('class', 'report', 'room', '--format', format)).toMatchObject({
        status: 1,
        stdout: '',
        stderr: `loopscope: not read: ${join('room', 'ada.json')}: it is not JSON\nloopscope: nothing in room could be read, so there is nothing to report\n`,
      });
    }
  });

  test.skipIf(process.platform === 'win32')('shows what names and keys hide', () => {
    const hostile = '\u001b]8;;evil\u0007\u009b31m\u202e\n';
    const stuck = new Progress();
    for (let i = 0; i < 3; i++) stuck.check(11, `constructor${hostile}`);
    scratch.write(`room/${hostile}.json`, stuck.toText());
    scratch.write('room/key.json', `{"version":1,"lessons":{${JSON.stringify(hostile)}:{}}}`);
    scratch.write(`room/broken${hostile}.json`, '{');
    scratch.write(`room/${hostile}.txt`, '');
    const { status, stdout, stderr } = run('class', 'report', 'room');
    expect(status).toBe(0);
    const raw = /[^\P{C}\n]/u;
    expect(stdout + stderr).not.toMatch(raw);
    expect(stdout).toContain('\\u{1b}]8;;');
    expect(stderr.match(/^loopscope: /gm)).toHaveLength(stderr.trimEnd().split('\n').length);
    const json = run('class', 'report', 'room', '--format', 'json').stdout;
    expect(json).not.toMatch(raw);
    expect(JSON.parse(json).students).toEqual([hostile]);
  });

  test('says what a folder should have', () => {
    expect(run('class', 'report', 'room')).toMatchObject({ status: 2 });
    mkdirSync(join(scratch.path, 'room'));
    expect(run('class', 'report', 'room').stderr).toMatch(
      /^loopscope: no progress\.json in room: /,
    );
  });
});
