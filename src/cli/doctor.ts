/**
 * `loopscope doctor`: what is on this machine, what it is for, and what to do about what is missing.
 * Only Node and two free ports are needed; all else has one purpose each, which it names.
 * @module
 */

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { SocketError } from '../net/net.js';
import { NodeNet } from '../net/node.js';
import { findPhp } from '../php/server.js';
import { findChromium, findProgram } from '../serve/programs.js';
import { pc } from '../terminal/colours.js';
import { Failure } from '../terminal/failure.js';
import { writeText } from '../terminal/print.js';
import { columns } from '../terminal/student.js';
import { wrap } from '../terminal/wrap.js';
import { lessonsTrouble, toolsTrouble } from './doctor-typescript.js';
import { VERSION } from './version.js';

/** One thing that was looked for. */
export interface Finding {
  /** `ok`; `none` for what nothing needs; `bad` for what stops the room or the lessons. */
  readonly state: 'ok' | 'none' | 'bad';
  /** What it is. */
  readonly name: string;
  /** What was seen. */
  readonly seen: string;
  /** What it is for, and what to do where it is not there. */
  readonly purpose: string;
}

/** The ports that the room and its page take unless they are told otherwise. */
const PORTS = [
  { port: 8080, name: 'the room', option: '--port' },
  { port: 8000, name: 'the page', option: '--page-port' },
];

/**
 * Runs `loopscope doctor`.
 *
 * @throws Failure 1 when something is missing that the room or the lessons need
 */
export async function doctor(): Promise<void> {
  writeText(`${pc.bold(`Loopscope ${VERSION}`)} on ${process.platform}\n\n`);
  const findings = await examine();
  for (const finding of findings) writeText(linesOf(finding));
  const bad = findings.filter(({ state }) => state === 'bad');
  if (bad.length > 0) {
    throw new Failure(`to mend: ${bad.map(({ name }) => name).join(', ')}`);
  }
  writeText('\nEverything that the room and the lessons need is here.\n');
}

/** Looks for everything, in the order in which it is told. */
export async function examine(ports = PORTS): Promise<Finding[]> {
  return [
    node(),
    ...(await typeScript()),
    page(),
    ...(await portFindings(ports)),
    await php(),
    strace(),
    chromium(),
  ];
}

/** Columns before what was seen. */
const INDENT = 20;

const SIGNS = {
  ok: pc.green('ok    '),
  none: pc.yellow('none  '),
  bad: pc.red('MEND  '),
};

/** What was seen, and under it what it is for; both stand in a column of their own. */
function linesOf({ state, name, seen, purpose }: Finding): string {
  const [first = '', ...more] = [
    ...wrap(seen, columns() - INDENT),
    ...wrap(purpose, columns() - INDENT).map((line) => pc.dim(line)),
  ];
  const head = `${SIGNS[state]}${name.padEnd(INDENT - 6)}${first}`;
  return [head, ...more.map((line) => ' '.repeat(INDENT) + line)].map((l) => `${l}\n`).join('');
}

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const state = major > 20 || (major === 20 && minor >= 19) ? 'ok' : 'bad';
  const purpose = state === 'ok' ? 'runs everything' : 'install Node 20.19 or later';
  return { state, name: 'Node', seen: process.version, purpose };
}

async function typeScript(): Promise<Finding[]> {
  const [lessons, tools] = await Promise.all([lessonsTrouble(), toolsTrouble()]);
  const seen = 'a line of TypeScript runs';
  return [
    lessons === null
      ? { state: 'ok', name: 'lessons', seen, purpose: 'lesson and check; needs no binary' }
      : { state: 'bad', name: 'lessons', seen: lessons, purpose: 'in a clone: npm ci' },
    tools === null
      ? { state: 'ok', name: 'tsx', seen, purpose: 'examples and tools: npx tsx examples/echo.ts' }
      : { state: 'none', name: 'tsx', seen: tools, purpose: NO_TSX },
  ];
}

const NO_TSX = 'only examples and tools need it; npm ci on this system brings it';

function page(): Finding {
  const there = existsSync(fileURLToPath(new URL('../page/index.html', import.meta.url)));
  return there
    ? { state: 'ok', name: 'the page', seen: 'built', purpose: 'dist/page opens from disk too' }
    : { state: 'none', name: 'the page', seen: 'not built', purpose: 'in a clone: npm run build' };
}

async function portFindings(ports: typeof PORTS): Promise<Finding[]> {
  const net = new NodeNet();
  const findings: Finding[] = [];
  for (const { port, name, option } of ports) {
    const trouble = await whyNot(net, port);
    findings.push({
      state: trouble === null ? 'ok' : 'none',
      name: `port ${port}`,
      seen: trouble === null ? 'free' : trouble,
      purpose: trouble === null ? `for ${name}` : `choose another for ${name}: ${option} N`,
    });
  }
  const trouble = await whyNot(net, 0);
  if (trouble !== null) {
    const purpose = 'a firewall forbids it? lessons still run: they need no port';
    findings.push({ state: 'none', name: 'any port', seen: trouble, purpose });
  }
  return findings;
}

/** Why no server can listen there; null when one can. */
async function whyNot(net: NodeNet, port: number): Promise<string | null> {
  try {
    net.close(await net.listen({ host: '127.0.0.1', port }));
    return null;
  } catch (error) {
    if (!(error instanceof SocketError)) throw error;
    return error.code === 'EADDRINUSE' ? 'busy: a program listens there' : error.code;
  }
}

async function php(): Promise<Finding> {
  const name = 'PHP';
  const purpose = 'compare with real PHP; without it, with what PHP once sent';
  try {
    const found = await findPhp();
    if (found === null) return { state: 'none', name, seen: 'not found', purpose };
    const { version, sockets } = found;
    if (sockets) return { state: 'ok', name, seen: version, purpose };
    const seen = `${version}, without its extension sockets`;
    return { state: 'none', name, seen, purpose: 'enable extension=sockets in php.ini' };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { state: 'none', name, seen: error.message, purpose };
  }
}

function strace(): Finding {
  const purpose = "compare --syscalls: steps out of PHP's system calls";
  const path = findProgram('strace');
  return {
    state: path === null ? 'none' : 'ok',
    name: 'strace',
    seen: path ?? 'not found',
    purpose,
  };
}

function chromium(): Finding {
  const name = 'Chromium';
  const purpose = 'tests of the page; any browser shows the page itself';
  try {
    const path = findChromium();
    return { state: path === null ? 'none' : 'ok', name, seen: path ?? 'not found', purpose };
  } catch (error) {
    return { state: 'none', name, seen: (error as Error).message, purpose };
  }
}
