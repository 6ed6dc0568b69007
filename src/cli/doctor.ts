/**
 * `loopscope doctor`: what is on this machine, what it is for, and what to do about what is missing.
 * Only Node and two free ports are needed; all else has one purpose each, which it names.
 * @module
 */

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import stringWidth from 'string-width';
import { SocketError } from '../net/net.js';
import { NodeNet } from '../net/node.js';
import { findPhp } from '../php/server.js';
import { findChromium, findProgram, MissingChromium } from '../serve/programs.js';
import { pc } from '../terminal/colours.js';
import { Failure } from '../terminal/failure.js';
import { writeText } from '../terminal/print.js';
import { columns } from '../terminal/student.js';
import { wrap } from '../terminal/wrap.js';
import { doctor as texts } from '../texts/doctor.en.js';
import { doctor as textsZh } from '../texts/doctor.zh.js';
import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import { speaker } from '../texts/say.js';
import { pad } from '../trace/columns.js';
import { type DoctorSay, lessonsTrouble, toolsTrouble } from './doctor-typescript.js';
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
  { port: 8080, of: 'room', option: '--port' },
  { port: 8000, of: 'page', option: '--page-port' },
] as const;

/** A port that is looked at. */
interface Wanted {
  readonly port: number;
  /** What it is for, as the texts have it. */
  readonly of: 'room' | 'page';
  readonly option: string;
}

/**
 * Runs `loopscope doctor`.
 *
 * @throws Failure 1 when something is missing that the room or the lessons need
 */
export async function doctor(language: Language = DEFAULT_LANGUAGE): Promise<void> {
  const say = sayIn(language);
  const loopscope = pc.bold(say('loopscope', { version: VERSION }));
  writeText(`${say('head', { loopscope, platform: process.platform })}\n\n`);
  const findings = await examine(PORTS, language);
  for (const finding of findings) writeText(linesOf(finding, say));
  const bad = findings.filter(({ state }) => state === 'bad');
  if (bad.length > 0) {
    throw new Failure('doctor.mend', { names: bad.map(({ name }) => name) });
  }
  writeText(`\n${say('good')}\n`);
}

function sayIn(language: Language): DoctorSay {
  return speaker({ en: texts, zh: textsZh }, language, { grouping: false });
}

/** Looks for everything, in the order in which it is told. */
export async function examine(
  ports: readonly Wanted[] = PORTS,
  language: Language = DEFAULT_LANGUAGE,
): Promise<Finding[]> {
  const say = sayIn(language);
  return [
    node(say),
    ...(await typeScript(say)),
    page(say),
    ...(await portFindings(ports, say)),
    await php(say, language),
    strace(say),
    chromium(say),
  ];
}

const PAINT = { ok: pc.green, none: pc.yellow, bad: pc.red };

/** Columns of the sign, and of the name; more where the words of a language are longer. */
const SIGN = 6;
const NAME = 14;

/** What was seen, and under it what it is for; both stand in a column of their own. */
function linesOf({ state, name, seen, purpose }: Finding, say: DoctorSay): string {
  const signs = ['ok', 'none', 'bad'] as const;
  const sign = Math.max(SIGN, ...signs.map((one) => stringWidth(say(one)) + 2));
  const indent = sign + NAME;
  const [first = '', ...more] = [
    ...wrap(seen, columns() - indent),
    ...wrap(purpose, columns() - indent).map((line) => pc.dim(line)),
  ];
  const head = `${PAINT[state](pad(say(state), sign))}${pad(name, NAME)}`;
  // a name that is longer than its column has a line of its own
  const isLong = stringWidth(name) >= NAME;
  const lines = isLong ? [head.trimEnd(), ' '.repeat(indent) + first] : [head + first];
  return [...lines, ...more.map((line) => ' '.repeat(indent) + line)]
    .map((line) => `${line}\n`)
    .join('');
}

function node(say: DoctorSay): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const state = major > 20 || (major === 20 && minor >= 19) ? 'ok' : 'bad';
  const purpose = say(state === 'ok' ? 'node.for' : 'node.old');
  return { state, name: 'Node', seen: process.version, purpose };
}

async function typeScript(say: DoctorSay): Promise<Finding[]> {
  const [lessons, tools] = await Promise.all([lessonsTrouble(say), toolsTrouble(say)]);
  const seen = say('runs');
  const name = say('lessons');
  return [
    lessons === null
      ? { state: 'ok', name, seen, purpose: say('lessons.for') }
      : { state: 'bad', name, seen: lessons, purpose: say('lessons.mend') },
    tools === null
      ? { state: 'ok', name: 'tsx', seen, purpose: say('tsx.for') }
      : { state: 'none', name: 'tsx', seen: tools, purpose: say('tsx.mend') },
  ];
}

function page(say: DoctorSay): Finding {
  const there = existsSync(fileURLToPath(new URL('../page/index.html', import.meta.url)));
  const name = say('page');
  return there
    ? { state: 'ok', name, seen: say('page.built'), purpose: say('page.for') }
    : { state: 'none', name, seen: say('page.none'), purpose: say('page.mend') };
}

async function portFindings(ports: readonly Wanted[], say: DoctorSay): Promise<Finding[]> {
  const net = new NodeNet();
  const findings: Finding[] = [];
  for (const { port, of, option } of ports) {
    const trouble = await whyNot(net, port, say);
    findings.push({
      state: trouble === null ? 'ok' : 'none',
      name: say('port', { port }),
      seen: trouble === null ? say('port.free') : trouble,
      purpose: trouble === null ? say(`port.${of}`) : say(`port.${of}.mend`, { option }),
    });
  }
  const seen = await whyNot(net, 0, say);
  if (seen !== null) {
    const purpose = say('port.any.mend');
    findings.push({ state: 'none', name: say('port.any'), seen, purpose });
  }
  return findings;
}

/** Why no server can listen there; null when one can. */
async function whyNot(net: NodeNet, port: number, say: DoctorSay): Promise<string | null> {
  try {
    net.close(await net.listen({ host: '127.0.0.1', port }));
    return null;
  } catch (error) {
    if (!(error instanceof SocketError)) throw error;
    return error.code === 'EADDRINUSE' ? say('port.busy') : error.code;
  }
}

async function php(say: DoctorSay, language: Language): Promise<Finding> {
  const name = 'PHP';
  const purpose = say('php.for');
  try {
    const found = await findPhp();
    if (found === null) return { state: 'none', name, seen: say('not-found'), purpose };
    const { version, sockets } = found;
    if (sockets) return { state: 'ok', name, seen: version, purpose };
    const seen = say('php.noSockets', { version });
    return { state: 'none', name, seen, purpose: say('php.mend') };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { state: 'none', name, seen: error.said(language), purpose };
  }
}

function strace(say: DoctorSay): Finding {
  const path = findProgram('strace');
  return {
    state: path === null ? 'none' : 'ok',
    name: 'strace',
    seen: path ?? say('not-found'),
    purpose: say('strace.for'),
  };
}

function chromium(say: DoctorSay): Finding {
  const name = 'Chromium';
  const purpose = say('chromium.for');
  try {
    const path = findChromium();
    return { state: path === null ? 'none' : 'ok', name, seen: path ?? say('not-found'), purpose };
  } catch (error) {
    if (!(error instanceof MissingChromium)) throw error;
    return { state: 'none', name, seen: say('chromium.none', { path: error.path }), purpose };
  }
}
