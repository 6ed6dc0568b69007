/**
 * A student's server as one file: the frame of examples/08-server-of-parts.ts, in which what a student wrote
 * stands where the frame's own did. Works on texts; runs and reads nothing.
 * @module
 */

import { PARTS } from './parts.js';

/** A student's exercise, as it was written. */
export interface Written {
  readonly lesson: number;
  readonly source: string;
  /** Where a relative import in it is to be looked for, from the new file: `./loopscope-lessons/13-broadcast/`. */
  readonly from: string;
}

/** Functions that the frame calls though the room has no use for them. */
const ALSO: Readonly<Record<number, readonly string[]>> = { 14: ['receive'] };

const REGION = /^\/\/ #region (lesson (\d+)|codec)\n([\s\S]*?)^\/\/ #endregion\n/gm;

/** Writes the file. @param frame the text of the example */
export function oneFile(frame: string, exercises: readonly Written[]): string {
  const imports: string[] = [];
  const inFrame = new Set<number>();
  const withOwn = frame.replace(REGION, (_, what: string, number: string, own: string) => {
    if (what === 'codec') return '@codec@';
    const exercise = exercises.find(({ lesson }) => lesson === Number(number));
    if (exercise === undefined) return own;
    inFrame.add(exercise.lesson);
    return block(exercise, imports);
  });
  const others = exercises.filter(({ lesson }) => !inFrame.has(lesson));
  const names = others.flatMap(({ lesson }) => functionsOf(lesson));
  const codec = [
    ...others.map((exercise) => block(exercise, imports)),
    `const codec = codecOf({ ${names.join(', ')} }, ({ lesson, name, returned, expected }) =>\n` +
      `  console.error(\`lesson \${lesson}, \${name}: \${returned}, expected \${expected}\`),\n);\n`,
  ].join('\n');
  const whole = withOwn.replace('@codec@', () => codec);
  return withImports(whole, imports);
}

/** What of an exercise is called. */
function functionsOf(lesson: number): readonly string[] {
  const part = PARTS.find((one) => one.lesson === lesson);
  return [...(part?.functions ?? []), ...(ALSO[lesson] ?? [])];
}

/** An exercise in a function of its own, since names come again from lesson to lesson. */
function block({ lesson, source, from }: Written, imports: string[]): string {
  const names = functionsOf(lesson).join(', ');
  const code = source
    .replace(IMPORT, (statement) => {
      imports.push(statement.replace(/(['"])\.\//, `$1${from}`));
      return '';
    })
    .replace(/^export (?=(async |function|class|const|let|interface|type|enum|abstract ))/gm, '')
    .replace(/^export \{[^}]*\};?\n/gm, '')
    .trim();
  return `const { ${names} } = (() => {\n${code}\nreturn { ${names} };\n})();\n`;
}

const IMPORT = /^import\s[^;]*?['"][^'"]+['"];?[ \t]*\n/gm;

/** The frame's imports and those of the exercises, each name once. */
function withImports(text: string, more: readonly string[]): string {
  const named = new Map<string, Map<string, boolean>>();
  const others = new Set<string>();
  const take = (statement: string): void => {
    const found = /^import\s+(type\s+)?\{([^}]*)\}\s+from\s+['"]([^'"]+)['"]/.exec(statement);
    if (found === null) {
      others.add(statement.trim());
      return;
    }
    const [, allTypes, list = '', from = ''] = found;
    const names = named.get(from) ?? new Map<string, boolean>();
    named.set(from, names);
    for (const one of list
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean)) {
      const name = one.replace(/^type\s+/, '');
      const isType = allTypes !== undefined || name !== one;
      names.set(name, (names.get(name) ?? true) && isType);
    }
  };
  let at = -1;
  const rest = text.replace(IMPORT, (statement, offset: number) => {
    if (at === -1) at = offset;
    take(statement);
    return '';
  });
  for (const statement of more) take(statement);
  const lines = [...named].map(([from, names]) => {
    const list = [...names].map(([name, isType]) => (isType ? `type ${name}` : name));
    return `import {\n${list.map((name) => `  ${name},\n`).join('')}} from '${from}';`;
  });
  return `${rest.slice(0, at)}${[...others, ...lines].join('\n')}\n${rest.slice(at)}`;
}
