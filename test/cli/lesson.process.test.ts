import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { allLessons } from '../../src/lesson/lesson.js';
import { Progress } from '../../src/lesson/progress.js';
import { BIN, runBin, runIn } from '../support/command.js';
import { ROOT } from '../support/lessons/run.js';
import { until } from '../support/patience.js';
import { Scratch } from '../support/student.js';

let scratch: Scratch;

beforeEach(() => {
  scratch = new Scratch();
});

afterEach(() => scratch.remove());

const EXERCISE = 'loopscope-lessons/11-lengths/exercise.ts';
const PROGRESS = 'loopscope-lessons/progress.json';
const hasTmux = spawnSync('tmux', ['-V']).status === 0;
if (!hasTmux) process.stderr.write('Without tmux the question of a lesson is not asked.\n');

/** The program of a package that is as ours, but for one file of the lessons. @returns its path */
function binWithout(file: string): string {
  const folder = join(scratch.path, 'package');
  mkdirSync(folder);
  for (const name of ['bin', 'dist', 'node_modules']) {
    symlinkSync(join(ROOT, name), join(folder, name), 'junction'); // needs no rights on Windows
  }
  for (const name of ['package.json', 'lessons']) {
    cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  }
  rmSync(join(folder, 'lessons', file));
  return join(folder, 'bin/loopscope.js');
}

/** What was done in lesson 11. */
function done() {
  return JSON.parse(readFileSync(join(scratch.path, PROGRESS), 'utf8')).lessons['11'];
}

describe('the list of lessons', () => {
  test('has a line a lesson, and writes nothing', () => {
    const { status, stdout } = runIn(scratch.path, 'lesson');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ +0 {2}Hello, trace +20 min\n/);
    expect(stdout).toMatch(/\n\nRun one: {2}npx loopscope lesson 0\n$/);
    expect(readdirSync(scratch.path)).toEqual([]);
  });

  test('takes none of the options of one lesson', () => {
    for (const option of ['--mine', '--live', '--step']) {
      expect(runIn(scratch.path, 'lesson', option)).toEqual(
        expect.objectContaining({
          status: 2,
          stdout: '',
          stderr:
            'loopscope: --live, --step, --mine and --read are for one lesson; give its number\n',
        }),
      );
    }
  });

  test('says what was done', () => {
    const progress = new Progress();
    progress.begin(0);
    progress.predict(0, 'b', true);
    progress.predict(11, 'a', false);
    progress.check(11, null);
    scratch.write(PROGRESS, progress.toText());
    const { stdout } = runIn(scratch.path, 'lesson');
    expect(stdout).toMatch(/^ +0 .* begun, predicted right$/m);
    expect(stdout).toMatch(/^ +11 .* passed, predicted wrong$/m);
    expect(stdout).toContain('Go on:');
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('a broken progress.json is said in one line, and kept', () => {
    scratch.write(PROGRESS, '{"version');
    const { status, stderr } = runIn(scratch.path, 'lesson');
    expect(status).toBe(0);
    expect(stderr).toBe(
      `loopscope: ${join(PROGRESS)} was not readable (it is not JSON); it is kept as ${join(PROGRESS)}.broken, and a new one begun\n`,
    );
    expect(existsSync(join(scratch.path, `${PROGRESS}.broken`))).toBe(true);
  });
});

describe('a lesson without a terminal', () => {
  test('tells the answer, runs the demo and puts the exercise there', () => {
    const { status, stdout } = runIn(scratch.path, 'lesson', '11');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Lesson 11: .*\n\nPredict: /);
    expect(stdout).toMatch(/\nAnswer: \w, because/);
    expect(stdout).toContain('42 Chinese characters');
    expect(stdout).toMatch(
      /\nRead on with {2}npx loopscope lesson 11 --read\nYour demo .*demo\.ts\nRun it with .*--mine\nYour exercise .*exercise\.ts\nCheck it with npx loopscope check 11\n$/,
    );
    expect(readFileSync(join(scratch.path, EXERCISE), 'utf8')).toContain('todo(');
    expect(done()).toMatchObject({ begun: true, prediction: null, checks: 0 });
  });

  test('hands out its demo with what that imports, and --mine runs it as it was changed', () => {
    expect(runIn(scratch.path, 'lesson', '15').status).toBe(0);
    const demo = join(scratch.path, 'loopscope-lessons/15-control-frames/demo.ts');
    writeFileSync(demo, `${readFileSync(demo, 'utf8')}\nconsole.log('mine', Opcode.ping);\n`);
    const { status, stdout, stderr } = runIn(scratch.path, 'lesson', '15', '--mine');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('\nmine 9\n');
    expect(stdout).not.toContain('Predict');
  });

  test.skipIf(process.platform === 'win32')('ends quietly when nobody reads on', () => {
    const command = `'${process.execPath}' '${BIN}' lesson 0 | head -n 1`;
    const { stdout, stderr } = spawnSync('sh', ['-c', command], {
      cwd: scratch.path,
      encoding: 'utf8',
    });
    expect({ stdout, stderr }).toEqual({
      stdout: 'Lesson 0: Hello, trace  (20 minutes)\n',
      stderr: '',
    });
  });

  test('hands out what is edited in the language of the student', () => {
    const { stdout } = runIn(scratch.path, 'lesson', '7', '--lang', 'zh');
    expect(stdout).toMatch(/^先预测：客户端发一行 .*^答案：c。TCP .*。$.*^每次 recv 得到的/ms);
    const folder = join(scratch.path, 'loopscope-lessons/07-tcp-is-a-stream');
    expect(readFileSync(join(folder, 'exercise.ts'), 'utf8')).toContain('第 7 课');
    expect(readFileSync(join(folder, 'demo.ts'), 'utf8')).toContain('同一段字节流');
  });

  test('does not touch an exercise that is there', () => {
    scratch.write(EXERCISE, 'mine');
    expect(runIn(scratch.path, 'lesson', '11').status).toBe(0);
    expect(readFileSync(join(scratch.path, EXERCISE), 'utf8')).toBe('mine');
  });

  test('plays on real sockets when it is to, and keeps the trace for the stepper', () => {
    const { status, stdout } = runIn(scratch.path, 'lesson', '13', '--live', '--step');
    expect(status).toBe(0);
    expect(stdout).toMatch(/\n +\d+ {2}turn 1 +select/);
    const trace = join(scratch.path, 'loopscope-lessons/13-broadcast/demo.ndjson');
    expect(readFileSync(trace, 'utf8')).toContain('"step":"broadcast"');
    expect(readFileSync(trace, 'utf8')).not.toContain('"step":"arrive"');
  });

  test('a demo that keeps no trace cannot be stepped through, and says so', () => {
    const { status, stderr } = runIn(scratch.path, 'lesson', '11', '--step');
    expect([status, stderr]).toEqual([
      1,
      'loopscope: the demo of lesson 11 keeps no trace, so there is nothing to step through\n',
    ]);
  });

  test('plays where nothing can be written, and says so once', () => {
    scratch.write('loopscope-lessons', 'a file in the way');
    const { status, stdout, stderr } = runIn(scratch.path, 'lesson', '11');
    expect(status).toBe(0);
    expect(stdout).toContain('42 Chinese characters');
    expect(stdout).not.toContain('Check it');
    expect(stderr).toMatch(/^loopscope: cannot write in loopscope-lessons: \w+.*\n$/);
  });
});

describe('the text of a lesson', () => {
  test('is shown in 80 columns, without the answer, and nothing is begun', () => {
    for (const { number } of allLessons()) {
      const { status, stdout, stderr } = runIn(scratch.path, 'lesson', String(number), '--read');
      expect({ number, status, stderr }).toEqual({ number, status: 0, stderr: '' });
      expect(stdout).toMatch(new RegExp(`^Lesson ${number}: `));
      for (const part of ['Predict', 'Run', 'Investigate', 'Modify', 'Make']) {
        expect(stdout).toMatch(new RegExp(`^${part}$`, 'm'));
      }
      expect(stdout).not.toMatch(/<!--|answer: \w, because|^```/m);
    }
    expect(readdirSync(scratch.path)).toEqual([]);
  }, 60_000);

  test('is Chinese where it is asked for and there, and English elsewhere, which is said', () => {
    const chinese = runIn(scratch.path, 'lesson', '7', '--lang', 'zh', '--read').stdout;
    expect(chinese).toMatch(/^第 7 课：.*^预测$.*^观察$/ms);
    const bin = binWithout('07-tcp-is-a-stream/lesson.zh.md');
    const ask = (...args: string[]): string => runBin(bin, scratch.path, ...args).stdout;
    const english = ask('lesson', '7', '--lang', 'zh', '--read');
    expect(english).toMatch(/^这一课还没有中文版，.*。\n\nLesson 7: .*^Predict$.*^Investigate$/ms);
    expect(ask('lesson', '7', '--lang', 'zh')).toMatch(/\n\n这一课还没有中文版，.*。\n\n/);
    expect(ask('lesson', '8', '--lang', 'zh', '--read')).toMatch(/^第 8 课：/);
  });

  test('is asked for alone', () => {
    for (const args of [['--read'], ['0', '--read', '--mine']]) {
      expect(runIn(scratch.path, 'lesson', ...args)).toMatchObject({
        status: 2,
        stderr: 'loopscope: give --read alone, with the number of a lesson\n',
      });
    }
  });
});

describe('a route', () => {
  test('goes on with the same command, says what was left out, and the check follows it', () => {
    const goOn = () => runIn(scratch.path, 'lesson', '--route', '90');
    const first = goOn();
    expect(first.stdout).toMatch(/^Lesson 0: /);
    expect(first.stdout).not.toContain('In between');
    expect(first.stdout).toMatch(/\nNext: +npx loopscope lesson --route 90\n$/);
    const second = goOn().stdout;
    expect(second).toMatch(
      /^Lesson 3: .*\(5 minutes\)\n\nThe exercise of lesson 0 has not passed yet: npx loopscope check 0\n\nIn between: Lessons 1 and 2 in short\./,
    );
    expect(second).toContain('On this route the exercise is left out.');
    expect(runIn(scratch.path, 'lesson').stdout).toContain(
      '\nGo on:    npx loopscope lesson --route 90\nYour work is in loopscope-lessons.\n',
    );
    const solution = readFileSync(join(ROOT, 'lessons/00-hello-trace/solution.ts'), 'utf8');
    scratch.write('loopscope-lessons/00-hello-trace/exercise.ts', solution);
    expect(runIn(scratch.path, 'check', '0').stdout).toMatch(
      /passed: .*\n(?:\w.*\n){1,2}Next: +npx loopscope lesson --route 90\n$/, // what was learnt stands between
    );
  }, 60_000);

  test('says at its end what is left, or that nothing is', () => {
    const progress = new Progress();
    for (const number of [0, 4, 13]) progress.begin(number);
    progress.check(0, null);
    progress.check(4, null);
    scratch.write(PROGRESS, progress.toText());
    expect(runIn(scratch.path, 'lesson', '--route', '45').stdout).toBe(
      'That was the whole route 45.\n',
    );
  });

  test('names the exercises that were left behind, and at its end what is left', () => {
    const progress = new Progress();
    for (const number of [0, 4]) progress.begin(number);
    scratch.write(PROGRESS, progress.toText());
    const { stdout } = runIn(scratch.path, 'lesson', '--route', '45');
    expect(stdout).toMatch(
      /^Lesson 13: .*\n\nThe exercises of 0, 4 have not passed yet; the first: npx loopscope check 0\n\nIn between/,
    );
    expect(stdout).toMatch(/\nRoute 45: what is left are the exercises of 0, 4\.\n$/);
    progress.begin(13);
    progress.check(4, null);
    scratch.write(PROGRESS, progress.toText());
    expect(runIn(scratch.path, 'lesson', '--route', '45').stdout).toMatch(
      /\nRoute 45: what is left is the exercise of lesson 0\.\n$/,
    );
  });

  test('does not pass over a lesson of which only --mine was run, or whose demo failed', () => {
    expect(runIn(scratch.path, 'lesson', '0', '--mine').status).toBe(0);
    expect(runIn(scratch.path, 'lesson', '--route', '90').stdout).toMatch(/^Lesson 0: /);
    scratch.write('loopscope-lessons/03-blocking/demo.ts', 'throw new Error("mine");\n');
    expect(runIn(scratch.path, 'lesson', '3', '--mine').status).toBe(1);
    expect(runIn(scratch.path, 'lesson', '--route', '90').stdout).toMatch(/^Lesson 3: /);
  });

  test('takes no number', () => {
    expect(runIn(scratch.path, 'lesson', '3', '--route', '90')).toMatchObject({
      status: 2,
      stderr: 'loopscope: give a number or --route, not both\n',
    });
    expect(runIn(scratch.path, 'lesson', '--route', '91').status).toBe(2);
  });
});

describe.skipIf(!hasTmux)('a lesson on a terminal', () => {
  let socket = '';

  function tmux(...args: string[]): string {
    const env = { ...process.env, LC_ALL: 'C.UTF-8', TERM: 'xterm-256color' };
    return spawnSync('tmux', ['-S', socket, ...args], { encoding: 'utf8', env }).stdout;
  }

  async function untilShown(shown: RegExp): Promise<string> {
    let screen = '';
    return until(
      () => {
        screen = tmux('capture-pane', '-p', '-t', 's');
        return shown.test(screen) ? screen : undefined;
      },
      () => `no ${shown} on the screen:\n${screen}`,
    );
  }

  beforeEach(() => {
    socket = join(scratch.path, 'tmux');
    const command = `cd '${scratch.path}'; NO_COLOR=1 '${process.execPath}' '${BIN}' lesson 11; echo "exit code $?"; cat`;
    tmux(
      '-f',
      '/dev/null',
      'new-session',
      '-d',
      '-s',
      's',
      '-x',
      '80',
      '-y',
      '60',
      'sh',
      '-c',
      command,
    );
  });

  afterEach(() => tmux('kill-server'));

  test('asks until it gets a letter, and keeps the answer', async () => {
    expect(await untilShown(/Your answer \(a\/b\/c(\/d)*\):/)).not.toMatch(/Right|It is/);
    tmux('send-keys', '-t', 's', 'q', 'Enter');
    await untilShown(/Type one of the letters/);
    tmux('send-keys', '-t', 's', 'A', 'Enter');
    expect(await untilShown(/run the demo/)).toMatch(/(Right|It is \w), because/);
    expect(done()).toMatchObject({ begun: false, prediction: { given: 'a' } });
    tmux('send-keys', '-t', 's', 'Space');
    expect(await untilShown(/exit code/)).toMatch(/(Right|It is \w), because/);
    expect(done()).toMatchObject({ begun: true, prediction: { given: 'a' } });
  });

  test('waits for a key where the screen is full, and q leaves out the rest', async () => {
    tmux('resize-window', '-t', 's', '-x', '80', '-y', '24');
    await untilShown(/Your answer/);
    tmux('send-keys', '-t', 's', 'a', 'Enter');
    await untilShown(/run the demo/);
    tmux('send-keys', '-t', 's', 'Space');
    await untilShown(/go on {3}q: leave out the rest/);
    tmux('send-keys', '-t', 's', 'q');
    expect(await untilShown(/exit code/)).toContain('exit code 0');
  });

  test('Ctrl-C at the question ends it', async () => {
    await untilShown(/Your answer/);
    tmux('send-keys', '-t', 's', 'C-c');
    expect(await untilShown(/exit code/)).toContain('exit code 130');
  });
});
