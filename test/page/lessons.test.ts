import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Progress } from '../../src/lesson/progress.js';
import { type Block, sectionsOf } from '../../src/lesson/text.js';
import { meaningOf } from '../../src/page/lessons/commands.js';
import { onwardFrom, routeNamed, stateOf } from '../../src/page/lessons/learning.js';
import { printableLine } from '../../src/page/lessons/work.js';
import { folderOf, lessonNames } from '../support/lessons/files.js';

/** Every command that stands in a lesson. */
const COMMANDS = lessonNames().flatMap((name) => {
  const text = readFileSync(join(folderOf(name), 'lesson.md'), 'utf8');
  const blocks: readonly Block[] = sectionsOf(text, 'page').flatMap((one) => one.blocks);
  const texts = blocks.flatMap((block) => (block.kind === 'command' ? block.text.split('\n') : []));
  return texts.filter((one) => one.startsWith('npx '));
});

describe('a command in a text', () => {
  test('leads to what does it in the page, but for those that need a terminal', () => {
    expect(COMMANDS.length).toBeGreaterThan(60);
    expect(COMMANDS.filter((text) => meaningOf(text) === null)).toEqual([
      'npx tsx lessons/10-two-bytes/quiz-terminal.ts 7',
      'npx loopscope serve --allow-origin null',
      'npx loopscope tap 8081 127.0.0.1:8080',
      'npx loopscope watch --quiet --read examples/servers/recordings/io_select-slow-reader.txt',
      'npx loopscope watch --quiet --read examples/servers/recordings/asyncio_chat-slow-reader.txt',
      'npx loopscope watch --quiet --read examples/servers/recordings/stream_select-slow-reader.txt',
      'npx loopscope watch --quiet -- python3 examples/servers/select_chat.py 8080',
      'npx loopscope serve --broker redis://127.0.0.1:6379',
      'npx loopscope serve --broker redis://127.0.0.1:6379 --port 8081 --page-port 8001',
    ]);
  });

  test.each([
    ['npx loopscope lesson 7', { kind: 'demo' }],
    ['npx loopscope lesson 0 --step', { kind: 'trace' }],
    ['npx loopscope lesson 0 --mine', { kind: 'mine' }],
    ['npx loopscope check 7', { kind: 'check' }],
    [
      'npx loopscope inspect --role client --hex 8182',
      { kind: 'view', view: 'bytes', to: { bytes: '8182', role: 'client', at: '0' } },
    ],
    [
      'npx loopscope step split-frame --profile original',
      {
        kind: 'view',
        view: 'loop',
        to: { scenario: 'split-frame', seed: '0', profile: 'original', step: '1' },
      },
    ],
    ['npx loopscope sim one-client --cut every', { kind: 'view', view: 'cuts' }],
    ['npx loopscope step no-such', null],
    ['npx loopscope inspect --hex xyz', null],
    ['rm -rf .', null],
  ])('%s', (text, meaning) => {
    if (meaning === null) expect(meaningOf(text)).toBeNull();
    else expect(meaningOf(text)).toMatchObject(meaning);
  });
});

test('a text has what is so in the page alone, and there not what is so in a terminal', () => {
  const text = readFileSync(join(folderOf('00-hello-trace'), 'lesson.md'), 'utf8');
  const [page, terminal] = (['page', 'terminal'] as const).map((place) => {
    return JSON.stringify(sectionsOf(text, place));
  });
  expect(page).toContain('Below is a copy of the demo');
  expect(page).not.toContain('The lesson has put a copy');
  expect(terminal).not.toContain('Below is a copy of the demo');
  expect(terminal).toContain('The lesson has put a copy');
});

describe('the way through the course', () => {
  const way = (lesson: number, name: string, progress = new Progress()): string => {
    const { to, stop } = onwardFrom(lesson, routeNamed(name), progress);
    return `${to} ${stop?.lesson ?? ''}`.trim();
  };

  test('follows the route that was chosen', () => {
    expect(way(0, '45')).toBe('lesson 4');
    expect(way(0, '90')).toBe('lesson 3');
    expect(way(0, '4x90')).toBe('lesson 1');
    expect(way(0, 'alone')).toBe('lesson 1');
    expect(routeNamed('no such').name).toBe('alone');
    expect(routeNamed(undefined).name).toBe('alone');
  });

  test('leads from a lesson beside the route back to it', () => {
    const progress = new Progress();
    progress.begin(0);
    expect(way(7, '45', progress)).toBe('lesson 4');
  });

  test('leads behind the last lesson to what was left, and then to the end', () => {
    const progress = new Progress();
    for (const lesson of [0, 4, 13]) progress.begin(lesson);
    progress.check(0, null);
    expect(way(13, '45', progress)).toBe('exercise 4');
    progress.check(4, null);
    expect(way(13, '45', progress)).toBe('end');
  });

  test('says how far one is in a lesson', () => {
    const progress = new Progress();
    expect(stateOf(4, progress)).toBe('new');
    progress.predict(4, 'a', false);
    expect(stateOf(4, progress)).toBe('begun');
    progress.begin(4);
    expect(stateOf(4, progress)).toBe('begun');
    expect(stateOf(4, progress, false)).toBe('seen');
    progress.check(4, null);
    expect(stateOf(4, progress)).toBe('passed');
  });
});

test('what a program prints can move no cursor and hide no letter; a tab stays', () => {
  expect(printableLine('a\tb\u001b[2J\u202e')).toBe('a\tb\\u{1b}[2J\\u{202e}');
});
