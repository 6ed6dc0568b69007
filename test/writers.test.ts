import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { inspectionHtml } from '../src/inspect/html.js';
import { inspect } from '../src/inspect/inspect.js';
import { lamportSvg } from '../src/trace/lamport-svg.js';
import { describeStep } from '../src/trace/text.js';
import { utf8 } from './support/bytes.js';
import type { Sources } from './support/floors.js';
import { writerProblems } from './support/writers.js';

/** Who writes to the terminal. Nobody makes markup out of text in a page. */
const WRITERS = ['terminal/print.ts', 'terminal/keys.ts'];

/** Whole programs that write into a pipe, or stand in for the console; who reads it shows it through a writer. */
const PIPED = [
  'lesson/child.ts',
  'cli/doctor-line.ts',
  'page/course/worker.ts',
  'page/mine/worker.ts',
];

/** What it writes is a program, which writes when it runs. */
const MAKES_A_PROGRAM = 'mine/one-file.ts';

/** The texts of a folder, by their paths there. */
function readAll(folder: string, ending: RegExp): Sources {
  const root = new URL(`../${folder}/`, import.meta.url);
  const paths = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => ending.test(path));
  return new Map(paths.sort().map((path) => [path, readFileSync(new URL(path, root), 'utf8')]));
}

describe('only named writers write', () => {
  test('to the terminal and into markup, in src', () => {
    const sources = readAll('src', /\.tsx?$/);
    expect([...sources.keys()]).toEqual(expect.arrayContaining(WRITERS));
    expect(writerProblems(sources, [...WRITERS, ...PIPED, MAKES_A_PROGRAM])).toEqual([]);
    for (const path of PIPED) {
      const name = path.replace(/^.*\//, '').replace('.ts', '');
      const imports = [...sources].filter(([, text]) => text.includes(`/${name}.js'`));
      expect(imports).toEqual([]);
    }
  });

  test('and no page makes markup out of text', () => {
    const pages = readAll('examples', /\.html$/);
    expect(pages.size).toBeGreaterThan(0);
    for (const [, html] of pages) expect(html).not.toMatch(/innerHTML|outerHTML|document\.write/);
  });

  test.each([
    'process.stdout.write(text);',
    'globalThis.process.stderr.write(text);',
    'const { stdout } = process;',
    'createInterface({ output: process.stdout });',
    'console.log(text);',
    'globalThis.console.error(text);',
    'writeSync(1, text);',
    'fs.writeFileSync(2, text);',
    "appendFileSync('/dev/stderr', text);",
    'element.innerHTML = text;',
    "element['innerHTML'] = text;",
    "element.insertAdjacentHTML('beforeend', text);",
    'document.write(text);',
    'const view = <p dangerouslySetInnerHTML={{ __html: text }} />;',
    'const script = `for (const row of rows) row.innerHTML = text;`;',
  ])('the check finds %s', (text) => {
    expect(writerProblems(new Map([['page/view.tsx', text]]), WRITERS)).toHaveLength(1);
    expect(writerProblems(new Map([['terminal/print.ts', text]]), WRITERS)).toEqual([]);
  });

  test.each([
    'const width = process.stdout.columns;',
    "process.stdout.on('error', quit);",
    "child.stdout.on('data', take);",
    "page.on('console', take); page.console;",
    'writeSync(3, text);',
    'element.textContent = text; // not innerHTML',
    "const sentence = 'its page puts it into innerHTML';",
  ])('the check leaves alone %s', (text) => {
    expect(writerProblems(new Map([['page/view.ts', text]]), WRITERS)).toEqual([]);
  });
});

const HOSTILE = [
  '\u001b]0;title\u0007',
  '\u001b]8;;evil\u001b\\link\u001b]8;;\u001b\\',
  '\u001b[2J\u001b[8mhidden',
  '\u009b31m',
  '\u202eelif\u2066',
  '\u{e0041}',
  '<img src=x onerror=alert(1)>',
  'one line\r\nanother',
].join(' ');

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  vi.resetModules(); // or who comes next in the same world would have our colours
});

/** What a terminal would obey, or does not show. */
const RAW = /[\p{Cc}\p{Cf}\u2028\u2029]/u;

describe.each([
  ['without colours', {}],
  ['with colours', { FORCE_COLOR: '1', NO_COLOR: '' }],
])('a hostile text to the terminal, %s', (_, env) => {
  let out = '';

  beforeEach(() => {
    out = '';
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    vi.resetModules();
    for (const stream of [process.stdout, process.stderr]) {
      vi.spyOn(stream, 'write').mockImplementation((text) => {
        out += text;
        return true;
      });
    }
  });

  test.each(['writeLine', 'warn'] as const)('%s gives one line of signs', async (name) => {
    const print = await import('../src/terminal/print.js');
    print[name](HOSTILE);
    expect(out.endsWith('\n')).toBe(true);
    expect(out.slice(0, -1)).not.toMatch(RAW);
    expect(out).toContain('\\u{1b}]8;;evil');
  });

  test.each(['writeText', 'warnText'] as const)('%s gives lines of signs', async (name) => {
    const print = await import('../src/terminal/print.js');
    print[name](HOSTILE);
    expect(out.replaceAll('\n', '')).not.toMatch(RAW);
    expect(out).toContain('one line\\u{d}\nanother');
  });

  test('writeJson gives the same value, in escapes', async () => {
    const { writeJson } = await import('../src/terminal/print.js');
    writeJson(JSON.stringify({ [HOSTILE]: [HOSTILE] }, null, 2));
    expect(out.replaceAll('\n', '')).not.toMatch(RAW);
    expect(JSON.parse(out)).toEqual({ [HOSTILE]: [HOSTILE] });
  });

  test('visibleText, for a question, gives lines of signs', async () => {
    const { visibleText } = await import('../src/terminal/print.js');
    expect(visibleText(HOSTILE).replaceAll('\n', '')).not.toMatch(RAW);
  });

  test('the screen gives one row of signs', async () => {
    const { stdin } = process;
    stdin.setRawMode ??= () => stdin; // there may be no terminal
    vi.spyOn(stdin, 'setRawMode').mockReturnValue(stdin);
    const { Terminal } = await import('../src/terminal/keys.js');
    const terminal = new Terminal(
      () => {},
      () => {},
    );
    terminal.draw(['first']);
    out = '';
    terminal.draw([HOSTILE]);
    const [row = ''] = /\\u\{1b\}.*another/.exec(out) ?? [];
    expect(row).not.toBe('');
    expect(row).not.toMatch(RAW);
    expect(out).not.toContain('\u001b[2J');
    terminal.close();
  });
});

test('our own colours reach a terminal', async () => {
  vi.stubEnv('FORCE_COLOR', '1').stubEnv('NO_COLOR', '');
  vi.resetModules();
  const { visibleLine } = await import('../src/terminal/print.js');
  const { pc } = await import('../src/terminal/colours.js');
  for (const text of [pc.bold(pc.red('a')), pc.bgWhiteBright(pc.black('a')), pc.dim('a')]) {
    expect(visibleLine(text)).toBe(text);
  }
});

describe('a hostile text in markup', () => {
  test('is text in a report of the inspector', () => {
    const bytes = utf8(`GET / HTTP/1.1\r\nHost: ${HOSTILE}\r\n\r\n`);
    const stream = { name: HOSTILE, bytes, options: {}, inspection: inspect(bytes), note: HOSTILE };
    const html = [...inspectionHtml([stream], { notes: [HOSTILE] })].join('');
    expect(html).not.toContain('<img');
    expect(html.replaceAll('\n', '')).not.toMatch(RAW);
  });

  test('is text in a diagram, and signs in the line of a step', () => {
    const at = { v: 1, turn: 0, t: 0 } as const;
    const message = JSON.stringify({ type: 'login', content: HOSTILE });
    const deal = { ...at, seq: 1, step: 'deal', fd: 4, message, reply: HOSTILE } as const;
    const act = { ...at, seq: 2, step: 'act', client: HOSTILE, do: HOSTILE } as const;
    const accept = { ...at, seq: 0, step: 'accept', listener: 3, fd: 4, host: HOSTILE, port: 1 };
    const events = [accept as never, deal, { ...act, bytes: new Uint8Array(0) } as never];
    const svg = lamportSvg(events);
    expect(svg).not.toContain('<img');
    expect(svg.replaceAll('\n', '')).not.toMatch(RAW);
    for (const event of events) expect(describeStep(event)).not.toMatch(RAW);
  });
});
