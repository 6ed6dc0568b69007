/** The table of the parts is what the guide says, and names what there is. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PARTS } from '../../src/mine/parts.js';
import { mine } from '../../src/texts/mine.en.js';
import { mine as mineZh } from '../../src/texts/mine.zh.js';
import { fill } from '../../src/texts/say.js';

const ROOT = new URL('../../', import.meta.url);
const lessons = readdirSync(new URL('lessons/', ROOT));

/** What the guide has of its own in each language: its headings, the heads of its tables, its texts. */
const GUIDES = [
  {
    guide: 'my-server.md',
    lesson: 'lesson.md',
    texts: mine as Readonly<Record<keyof typeof mine, string>>,
    parts: ['The parts', '| lesson | part | function | what it adds | the kit’s own | step |'],
    leftOut: ['What has no place', '| lesson | function | why |'],
  },
  {
    guide: 'my-server.zh.md',
    lesson: 'lesson.zh.md',
    texts: mineZh,
    parts: ['各个部分', '| 课 | 部分 | 函数 | 它加上什么 | 自带的在哪里 | 步 |'],
    leftOut: ['用不上的', '| 课 | 函数 | 为什么 |'],
  },
] as const;
type Guide = (typeof GUIDES)[number];

/** Why a function of a part's exercise has no place. */
const LEFT_OUT: Partial<Record<string, keyof typeof mine>> = {
  head: 'left-out.head',
  unmask: 'left-out.unmask',
  states: 'left-out.states',
  outbox: 'left-out.outbox',
  'time-out': 'left-out.time-out',
};

function folderOf(lesson: number): string {
  const name = lessons.find((one) => one.startsWith(String(lesson).padStart(2, '0')));
  if (name === undefined) throw new Error(`no lesson ${lesson}`);
  return name;
}

function code(names: readonly string[], { guide }: Guide): string {
  return names.map((name) => `\`${name}\``).join(guide === 'my-server.md' ? ', ' : '、');
}

function parts(guide: Guide): string {
  const rows = PARTS.map(({ id, lesson, functions, seam, step }) => {
    const link = `[${lesson}](../lessons/${folderOf(lesson)}/${guide.lesson})`;
    return `| ${link} | ${id} | ${code(functions, guide)} | ${guide.texts[`part.${id}`]} | ${code(seam.split('#'), guide)} | \`${step}\` |`;
  });
  return [guide.parts[1], '| --- | --- | --- | --- | --- | --- |', ...rows].join('\n');
}

function leftOut({ texts, leftOut }: Guide): string {
  const rows = PARTS.flatMap(({ id, lesson, leftOut: names }) =>
    names.map((name) => `| ${lesson} | \`${name}\` | ${texts[LEFT_OUT[id] ?? 'left-out.lines']} |`),
  );
  const lines = `| 7 | \`takeLines\` | ${texts['left-out.lines']} |`;
  return [leftOut[1], '| --- | --- | --- |', lines, ...rows].join('\n');
}

/** Writes the table under a heading anew. */
function withTable(text: string, heading: string, table: string): string {
  const at = text.indexOf(`\n## ${heading}\n`);
  return text.slice(0, at) + text.slice(at).replace(/(^\|.*\n)+/m, `${table}\n`);
}

test.each(GUIDES)('$guide has the tables', async (one) => {
  const file = `../../docs/${one.guide}`;
  let text = readFileSync(new URL(file, import.meta.url), 'utf8');
  text = withTable(text, one.parts[0], parts(one));
  text = withTable(text, one.leftOut[0], leftOut(one));
  const [begin = ''] = one.texts.count.split('{');
  text = text.replace(
    new RegExp(`^ {4}${begin}.*$`, 'm'),
    `    ${fill(one.texts.count, { yours: 9, all: PARTS.length })}`,
  );
  await expect(text).toMatchFileSnapshot(file);
});

test('each part is in a file of src that is there, and its exercise exports its functions', () => {
  for (const { lesson, functions, leftOut, seam } of PARTS) {
    const [file = '', name = ''] = seam.split('#');
    expect(existsSync(new URL(`src/${file}`, ROOT)), seam).toBe(true);
    expect(readFileSync(new URL(`src/${file}`, ROOT), 'utf8')).toContain(name);
    const path = `lessons/${folderOf(lesson)}/exercise.ts`;
    const exercise = readFileSync(new URL(path, ROOT), 'utf8');
    for (const one of [...functions, ...leftOut]) {
      expect(exercise, path).toMatch(new RegExp(`export (async )?function\\*? ${one}\\(`));
    }
  }
});
