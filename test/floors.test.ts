import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { circles, FLOORS, floorProblems, type Sources, wayToNode } from './support/floors.js';
import { floorsSvg } from './support/floors-svg.js';

/** All files under src, by their paths there. */
function readSrc(): Sources {
  const src = new URL('../src/', import.meta.url);
  const paths = readdirSync(src, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => /\.tsx?$/.test(path));
  return new Map(paths.sort().map((path) => [path, readFileSync(new URL(path, src), 'utf8')]));
}

/** What each floor is for, as CONTRIBUTING says it. */
function readRoles(ending: string): Map<string, string> {
  const guide = readFileSync(new URL(`../CONTRIBUTING${ending}.md`, import.meta.url), 'utf8');
  const rows = guide.matchAll(/^\| `([\w.]+)` \| (.+) \|$/gm);
  return new Map([...rows].map(([, floor = '', role = '']) => [floor, role]));
}

/** What the checker says of one made-up file. */
function problemsOf(path: string, text: string): string[] {
  return floorProblems(new Map([[path, text]]));
}

describe('the floors of src', () => {
  const sources = readSrc();

  test('imports point down only, and the core needs nothing of Node', () => {
    expect(sources.size).toBeGreaterThan(30);
    expect(floorProblems(sources)).toEqual([]);
  });

  test('no imports go in a circle, within a floor either', () => {
    expect(circles(sources)).toEqual([]);
  });

  test.each([
    ['en', ''],
    ['zh', '.zh'],
  ] as const)('stand in the guide, and are drawn in docs, in %s', async (language, ending) => {
    const roles = readRoles(ending);
    expect(FLOORS.filter((floor) => !roles.has(floor))).toEqual([]);
    const svg = floorsSvg(sources, roles, language);
    await expect(svg).toMatchFileSnapshot(`../docs/pictures/floors${ending}.svg`);
  });

  test.each([
    'index.ts',
    'lesson.ts',
    'lesson/report.ts',
    'class/messages.ts',
    'class/desk.ts',
    'mine/play.ts',
    'mine/guard.ts',
  ])('%s, which a browser imports, never comes to a module of Node', (entrance) => {
    expect(sources.has(entrance)).toBe(true);
    expect(wayToNode(sources, entrance)).toBeNull();
  });
});

describe('what stands beside src', () => {
  test.each(['bench', 'tools'])('%s imports nothing of the command line', (folder) => {
    const root = new URL(`../${folder}/`, import.meta.url);
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
      /\.[jt]s$/.test(path),
    );
    expect(files.length).toBeGreaterThan(0);
    for (const path of files) {
      const text = readFileSync(new URL(path.replaceAll('\\', '/'), root), 'utf8');
      expect(text, `${folder}/${path}`).not.toMatch(/['"/](src|dist)\/cli\//);
    }
  });
});

describe('the checker finds', () => {
  test.each([
    ["import { Room } from '../chat/room.js';"],
    ["import type { Room } from '../chat/room.js';"],
    ["import '../chat/room.js';"],
    ["export * from '../chat/room.js';"],
    ["const room = await import('../chat/room.js');"],
    ["let room: import('../chat/room.js').Room;"],
  ])('an import upward: %s', (text) => {
    expect(problemsOf('trace/loop.ts', text)).toEqual([
      'trace/loop.ts imports chat/room.ts, which is not below it',
    ]);
  });

  test('an import of an entrance, by path or by name', () => {
    expect(problemsOf('cli/serve.ts', "import '../index.js'; import '../node.js';")).toEqual([
      'cli/serve.ts imports index.ts, which is not below it',
      'cli/serve.ts imports node.ts, which is not below it',
    ]);
    expect(problemsOf('cli/serve.ts', "import 'loopscope/node';")).toHaveLength(1);
  });

  test('an entrance that imports the program', () => {
    expect(problemsOf('node.ts', "export * from './cli/main.js';")).toHaveLength(1);
  });

  test('a directory on no floor', () => {
    expect(problemsOf('misc/helper.ts', '')).toEqual([
      'misc/helper.ts is on no floor that the test knows',
    ]);
  });

  test.each(['node:fs', 'fs', 'node:fs/promises'])('the core importing %s', (specifier) => {
    expect(problemsOf('inspect/spans.ts', `import x from '${specifier}';`)).toEqual([
      `inspect/spans.ts is of the core and imports ${specifier}`,
    ]);
  });

  test.each(['node:net', 'net'])('%s imported elsewhere than in net/node*.ts', (specifier) => {
    const text = `import { connect } from '${specifier}';`;
    expect(problemsOf('cli/serve.ts', text)).toEqual([
      `cli/serve.ts imports ${specifier}; only net/node*.ts may`,
    ]);
    expect(problemsOf('net/node.ts', text)).toEqual([]);
    expect(problemsOf('net/node-connection.ts', text)).toEqual([]);
    expect(problemsOf('net/nodes.ts', text)).toHaveLength(2);
  });

  test.each([
    "Buffer.from('a')",
    'function f(bytes: Buffer) {}',
    'process.exit()',
    'globalThis.process',
    'const { env } = process;',
    'const all = { process };',
  ])('a global of Node in the core: %s', (text) => {
    expect(problemsOf('net/sim.ts', text)).toHaveLength(1);
    expect(problemsOf('cli/main.ts', text)).toEqual([]);
  });

  test('a way to Node over several files', () => {
    const sources = new Map([
      ['index.ts', "export * from './chat/room.js'; export * from './bytes.js';"],
      ['chat/room.ts', "import '../index.js'; import '../net/node.js';"],
      ['net/node.ts', "import net from 'node:net';"],
      ['bytes.ts', ''],
    ]);
    expect(wayToNode(sources, 'index.ts')).toEqual([
      'index.ts',
      'chat/room.ts',
      'net/node.ts',
      'node:net',
    ]);
    expect(wayToNode(sources, 'bytes.ts')).toBeNull();
  });
});

describe('the circles', () => {
  test('of one floor, by type and over a component too, are told as the way around', () => {
    const sources = new Map([
      ['net/a.ts', "import { b } from './b.js'; import './c.js';"],
      ['net/b.ts', "import type { D } from '../page/d.js';"],
      ['net/c.ts', ''],
      ['page/d.tsx', "export * from '../net/a.js';"],
    ]);
    expect(circles(sources)).toEqual([['net/a.ts', 'net/b.ts', 'page/d.tsx', 'net/a.ts']]);
  });

  test('are none where two ways lead to one file', () => {
    const sources = new Map([
      ['net/a.ts', "import './b.js'; import './c.js';"],
      ['net/b.ts', "import './c.js';"],
      ['net/c.ts', "import 'elsewhere';"],
    ]);
    expect(circles(sources)).toEqual([]);
  });
});

describe('the checker leaves alone', () => {
  test.each([
    ['chat/room.ts', "import { FdSet } from '../net/net.js'; import './server.js';"],
    ['websocket/handshake.ts', "import { sha1 } from '@noble/hashes/legacy.js';"],
    ['index.ts', "export * from './page/page.js';"],
    ['cli/main.ts', "import { readFileSync } from 'node:fs';"],
    ['net/sim.ts', '// a Buffer, a process, import "node:net"'],
    ['net/sim.ts', 'const text = "Buffer, process, import(\'node:net\')";'],
    ['net/sim.ts', 'interface Host { process: string } const h = { process: 1 }; h.process;'],
  ])('%s with %s', (path, text) => {
    expect(problemsOf(path, text)).toEqual([]);
  });
});
