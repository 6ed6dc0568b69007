/** The table of the parts is what the guide says, and names what there is. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PARTS } from '../../src/mine/parts.js';
import { mine } from '../../src/texts/mine.en.js';
import { fill } from '../../src/texts/say.js';

const ROOT = new URL('../../', import.meta.url);
const GUIDE = new URL('docs/my-server.md', ROOT);
const lessons = readdirSync(new URL('lessons/', ROOT));

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

function code(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(', ');
}

function parts(): string {
  const rows = PARTS.map(({ id, lesson, functions, seam, step }) => {
    const link = `[${lesson}](../lessons/${folderOf(lesson)}/lesson.md)`;
    return `| ${link} | ${id} | ${code(functions)} | ${mine[`part.${id}`]} | ${code(seam.split('#'))} | \`${step}\` |`;
  });
  const head = '| lesson | part | function | what it adds | the kit’s own | step |';
  return [head, '| --- | --- | --- | --- | --- | --- |', ...rows].join('\n');
}

function leftOut(): string {
  const rows = PARTS.flatMap(({ id, lesson, leftOut }) =>
    leftOut.map(
      (name) => `| ${lesson} | \`${name}\` | ${mine[LEFT_OUT[id] ?? 'left-out.lines']} |`,
    ),
  );
  const lines = `| 7 | \`takeLines\` | ${mine['left-out.lines']} |`;
  return ['| lesson | function | why |', '| --- | --- | --- |', lines, ...rows].join('\n');
}

/** Writes the table under a heading anew. */
function withTable(text: string, heading: string, table: string): string {
  const at = text.indexOf(`\n## ${heading}\n`);
  return text.slice(0, at) + text.slice(at).replace(/(^\|.*\n)+/m, `${table}\n`);
}

test('the guide has the table', async () => {
  const count = fill(mine.count, { yours: 9, all: PARTS.length });
  let text = withTable(readFileSync(GUIDE, 'utf8'), 'The parts', parts());
  text = withTable(text, 'What has no place', leftOut());
  text = text.replace(/^ {4}My server: .*$/m, `    ${count}`);
  await expect(text).toMatchFileSnapshot('../../docs/my-server.md');
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
