/** The tests of what is tested of a text: numbers, excerpts, outputs, commands, links. */

import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { argumentsOf, commandProblems, commandsOf } from '../support/lessons/commands.js';
import { fill } from '../support/lessons/fill.js';
import { linkProblems } from '../support/lessons/links.js';
import { MADE_UP } from '../support/lessons/made-up.js';
import { anchorsOf, readMarkdown } from '../support/lessons/markdown.js';
import { listProblems } from '../support/lessons/prose.js';

describe('a text is filled in', () => {
  const sources = {
    number: (name: string) => {
      const numbers: Record<string, string | number> = { six: 6, large: 65_536, hex: '81 7e' };
      const value = numbers[name];
      if (value === undefined) throw new Error(`there is no ${name}`);
      return value;
    },
    excerpt: (path: string, region: string | null) => [`// ${path}`, `// ${region}`],
    output: (what: string) => [what, 'two', 'three'],
  };

  test.each([
    ['5<!--= six -->', '6<!--= six -->', 'line 1: 5 is now 6 (six)'],
    [
      'a (65,535<!--= large --> or 6<!--= six -->)',
      'a (65,536<!--= large --> or 6<!--= six -->)',
      'line 1: 65,535 is now 65,536 (large)',
    ],
    ['65536<!--= large -->.', '65,536<!--= large -->.', 'line 1: 65536 is now 65,536 (large)'],
    [
      '| `81 7d`<!--= hex --> |',
      '| `81 7e`<!--= hex --> |',
      'line 1: `81 7d` is now `81 7e` (hex)',
    ],
    [
      'x\n\n<!-- excerpt: a.ts#b -->\n\n```ts\nold\n```\n6<!--= six -->',
      'x\n\n<!-- excerpt: a.ts#b -->\n\n```ts\n// a.ts\n// b\n```\n6<!--= six -->',
      'line 6: excerpt: a.ts#b has changed',
    ],
    [
      '<!-- output: demo 2-3 -->\n```text\n```\n<!-- output: demo 1 -->\n```text\nno\nno\n```',
      '<!-- output: demo 2-3 -->\n```text\ntwo\nthree\n```\n<!-- output: demo 1 -->\n```text\ndemo\n```',
      'line 6: output: demo 1 has changed',
    ],
    [
      '<!-- output: npx loopscope lesson -->\n```text\n```',
      '<!-- output: npx loopscope lesson -->\n```text\nnpx loopscope lesson\ntwo\nthree\n```',
      'line 3: output: npx loopscope lesson has changed',
    ],
  ])('%j', async (text, right, stale) => {
    const filled = await fill(text, sources);
    expect(filled.text).toBe(right);
    expect(filled.stale[0]).toBe(stale);
    expect(filled.problems).toEqual([]);
    expect(await fill(right, sources)).toEqual({ text: right, stale: [], problems: [] });
  });

  test.each([
    ['6<!--= seven -->', 'line 1: there is no seven'],
    ['six is <!--= six -->', 'line 1: no number stands before six'],
    ['<!-- output: demo 3-4 -->\n```text\n```', 'line 2: output: demo 3-4: there are lines 1 to 3'],
  ])('and says what it cannot fill in: %j', async (text, problem) => {
    expect(await fill(text, sources)).toEqual({ text, stale: [], problems: [problem] });
  });

  test('and its code is left alone', async () => {
    const text =
      '---\nx: 5<!--= six -->\n---\n```html\n5<!--= six -->\n```\n\n    5<!--= six -->\n';
    expect(await fill(text, sources)).toEqual({ text, stale: [], problems: [] });
  });
});

describe('the commands of a text', () => {
  const commands = (text: string) => commandsOf(readMarkdown(text));

  test('stand in code blocks, one a line', () => {
    expect(
      commands(
        'npx loopscope a\n\n    npx loopscope b --c 1\n    npm test\n    npx loopscope d\n\n' +
          '<!-- exits 1 -->\n\n```sh\nnpx loopscope e\n```\n',
      ),
    ).toEqual([
      { line: 3, text: 'npx loopscope b --c 1', exits: 0 },
      { line: 5, text: 'npx loopscope d', exits: 0 },
      { line: 10, text: 'npx loopscope e', exits: 1 },
    ]);
  });

  test('are not run where the text says so, and not in output', () => {
    expect(commands('<!-- not run: it waits -->\n\n    npx loopscope serve\n')).toEqual([]);
    expect(commands('```text\nnpx loopscope serve\n```\n')).toEqual([]);
    expect(commands('<!-- output: demo -->\n\n```sh\nnpx loopscope serve\n```\n')).toEqual([]);
  });

  test('are taken apart as a shell would', () => {
    expect(argumentsOf('npx loopscope')).toEqual([]);
    expect(argumentsOf(`npx loopscope chat --name "A B" 'c|d' # who`)).toEqual([
      'chat',
      '--name',
      'A B',
      'c|d',
    ]);
    expect(argumentsOf('npx loopscope sim x | less')).toBeNull();
    expect(argumentsOf('npx loopscope sim x > y')).toBeNull();
  });

  test('run one after the other in one folder, and end as the text says', async () => {
    const folders = new Set<string>();
    const problems = await commandProblems(
      commands(
        '    npx loopscope 0\n    npx loopscope 2\n\n<!-- exits 1 -->\n\n    npx loopscope 0\n',
      ),
      async ([code], cwd) => {
        folders.add(cwd);
        return {
          stdout: '',
          stderr: code === '2' ? 'loopscope: no\nmore' : '',
          code: Number(code),
        };
      },
    );
    expect(problems).toEqual([
      'line 2: npx loopscope 2: ended with 2, not 0: loopscope: no',
      'line 6: npx loopscope 0: ended with 0, not 1:',
    ]);
    expect(folders.size).toBe(1);
  });

  test('must end, and need no shell', async () => {
    const run = async () => ({ stdout: '', stderr: '', code: null });
    expect(
      await commandProblems(commands('    npx loopscope serve\n    npx loopscope x | y\n'), run),
    ).toEqual([
      'line 1: npx loopscope serve: does not end',
      'line 2: npx loopscope x | y: this takes a shell; mark it as not run',
    ]);
  });
});

describe('a line of prose', () => {
  test.each([
    'the characters are\n60<!--= n -->. The server',
    'the characters are\n60. The server',
    '- an item, and\n60<!--= n -->. The server',
  ])('is not to begin like an item of a list: %j', (text) => {
    expect(listProblems(text)).toEqual([
      'line 2: begins like an item of a list: wrap it elsewhere',
    ]);
  });

  test('may where it is one, and in code', () => {
    expect(listProblems('1. one\n   goes on\n2. two\n\n```text\na\n3. b\n```\n')).toEqual([]);
  });
});

describe('the links of a text', () => {
  const path = join(MADE_UP, 'lesson.md');
  const problems = (text: string): string[] => linkProblems(path, readMarkdown(text).links);

  test.each([
    '[a](demo.ts)',
    '[a](wrong/)',
    '[a](#predict) ![b](./lesson.md#lesson-7-doubling)',
    '[a](https://www.rfc-editor.org/rfc/rfc6455#section-5.2)',
    '[a]: demo.ts',
    '`[a](none.md)`',
    '```text\n[a](none.md)\n```',
  ])('that lead somewhere: %s', (text) => {
    expect(problems(text)).toEqual([]);
  });

  test.each([
    ['[a](none.md)', 'none.md: does not exist'],
    ['[a](lesson.md#nowhere)', 'lesson.md#nowhere: has no such heading'],
    ['[a](#nowhere)', '#nowhere: has no such heading'],
    ['[a](demo.ts#L1)', 'demo.ts#L1: has an anchor, and is no text'],
    ['[a](/demo.ts)', '/demo.ts: begins with /; write it from where the text lies'],
    ['[a](https://)', 'https://: is not well formed'],
    ['[a](file:///x)', 'file:///x: is no link into the Web and no path'],
  ])('that lead nowhere: %s', (text, problem) => {
    expect(problems(text)).toEqual([`line 1: ${problem}`]);
  });

  test('go to headings as GitHub names them', () => {
    const { headings } = readMarkdown(
      '# A `b`: C, d\n## In PHP\n### 文 4\n## In PHP\n```\n# no\n```',
    );
    expect([...anchorsOf(headings)]).toEqual(['a-b-c-d', 'in-php', '文-4', 'in-php-1']);
  });
});
