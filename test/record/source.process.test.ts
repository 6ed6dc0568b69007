/** `loopscope watch --source`: the lines of a program that was compiled with -g, and why there are none. */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TraceEvent } from '../../src/trace/event.js';
import { readTrace } from '../../src/trace/ndjson.js';
import { BIN } from '../support/command.js';

const has = (...command: string[]): boolean => {
  const [program = '', ...args] = command;
  return spawnSync(program, args, { encoding: 'utf8' }).status === 0;
};
const stacks = spawnSync('strace', ['-V'], { encoding: 'utf8' }).stdout ?? '';
const missing = [
  ...(has('strace', '-qq', 'true') && stacks.includes('stack-trace') ? [] : ['strace with -k']),
  ...(has('addr2line', '--version') ? [] : ['addr2line']),
  ...(has('cc', '--version') ? [] : ['cc']),
];

const folder = mkdtempSync(join(tmpdir(), 'loopscope-source-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Watches a server until one client has said something and left; then Ctrl-C. */
async function watched(
  command: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ events: readonly TraceEvent[]; stderr: string }> {
  const args = [BIN, 'watch', '--source', '--force', '--trace', 'chat.ndjson', '--', ...command];
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1', ...env },
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  await whenSaid(child, /listening on (\d+)/, (port) => talk(Number(port)));
  await whenSaid(child, /disconnect/, () => child.kill('SIGINT'));
  await new Promise((resolve) => child.on('close', resolve));
  const { events } = readTrace(readFileSync(join(folder, 'chat.ndjson'), 'utf8'));
  return { events, stderr };
}

/** Waits until a child has said something. */
function whenSaid(child: ChildProcess, what: RegExp, then: (found: string) => void): Promise<void> {
  let said = '';
  return new Promise((resolve) => {
    const listen = (text: string): void => {
      said += text;
      const found = what.exec(said);
      if (found === null) return;
      child.stdout?.off('data', listen);
      then(found[1] ?? '');
      resolve();
    };
    child.stdout?.setEncoding('utf8').on('data', listen);
  });
}

function talk(port: number): void {
  const client = connect(port, '127.0.0.1', () => client.write('hello\n'));
  client.on('data', () => client.end());
}

const SERVERS = fileURLToPath(new URL('../../examples/servers/', import.meta.url));

/** The text of the line that a step names. */
function textOf({ source }: TraceEvent): string {
  if (source === undefined) return '';
  return readFileSync(source.file, 'utf8').split('\n')[source.line - 1]?.trim() ?? '';
}

describe.skipIf(missing.length > 0)(
  `a server compiled with -g (needs strace, addr2line, cc)`,
  () => {
    beforeAll(() => {
      for (const name of ['select', 'epoll']) {
        for (const [as, ...how] of [
          [name, '-g'],
          [`${name}-fixed`, '-g', '-no-pie'],
          [`${name}-bare`],
        ]) {
          const built = spawnSync('cc', [...how, '-o', `${folder}/${as}`, `${SERVERS}${name}.c`]);
          expect(built.status, String(built.stderr)).toBe(0);
        }
      }
    });

    test.each([
      ['select', { select: 'select(', accept: 'accept(', recv: 'recv(', send: 'send(' }],
      ['epoll', { select: 'epoll_wait(', accept: 'accept4(', recv: 'recv(', send: 'send(' }],
      ['select-fixed', { select: 'select(', accept: 'accept(', recv: 'recv(', send: 'send(' }],
    ])('says of each step of %s which line made the call', async (name, calls) => {
      const { events, stderr } = await watched([join(folder, name), '0']);
      expect(stderr).toBe('');
      for (const [step, call] of Object.entries(calls)) {
        const found = events.find((event) => event.step === step);
        expect(found && textOf(found), step).toContain(call);
      }
    });

    test('a trace that cannot be made ends it with one line, and ends addr2line', async () => {
      const calls = [
        '1 1.0 select(4, [3<TCP:[127.0.0.1:9000]>], NULL, NULL, NULL) = 1 (in [3]) <0.5>',
        ` > ${folder}/select(main+0x1f) [0x1234]`,
        '1 2.0 select(4, [3<TCP:[127.0.0.1:9000]>], NULL, NULL, NULL) = 1 (in [3]) <0.5>',
      ];
      writeFileSync(join(folder, 'calls.txt'), `${calls.join('\n')}\n`);
      const args = ['--read', 'calls.txt', '--source', '--trace', 'nowhere/chat.ndjson'];
      const child = spawn(process.execPath, [BIN, 'watch', ...args], { cwd: folder });
      let stderr = '';
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        stderr += text;
      });
      const [code] = await once(child, 'close');
      expect(stderr).toMatch(/^loopscope: .*nowhere.chat\.ndjson.*\n$/);
      expect(code).toBe(1);
    });

    test('without symbols: one line says so, and all else is told', async () => {
      const { events, stderr } = await watched([join(folder, 'select-bare'), '0']);
      expect(stderr).toBe(
        'loopscope: --source: select-bare has no debug symbols, so none of its lines is known. Compile it with -g.\n',
      );
      expect(events.some(({ step }) => step === 'send')).toBe(true);
      expect(events.some(({ source }) => source !== undefined)).toBe(false);
    });

    test('without addr2line: one line says so, and all else is told', async () => {
      // a folder with what is needed, and no more
      const names = ['strace', 'mkfifo', 'ps'].map((one) => spawnSync('which', [one]));
      const paths = names.map(({ stdout }) => String(stdout).trim()).filter(Boolean);
      const bin = join(folder, 'bin');
      spawnSync('mkdir', [bin]);
      for (const path of paths) spawnSync('ln', ['-s', path, bin]);
      const { stderr, events } = await watched([join(folder, 'select'), '0'], { PATH: bin });
      expect(stderr).toContain('there is no addr2line here');
      expect(events.some(({ step }) => step === 'send')).toBe(true);
    });

    test('an addr2line that never answers is not waited for behind Ctrl-C', async () => {
      const bin = join(folder, 'mute');
      mkdirSync(bin);
      const mute = '#!/bin/sh\n[ "$1" = --version ] || exec sleep 1000\n';
      writeFileSync(join(bin, 'addr2line'), mute, { mode: 0o755 });
      const args = [BIN, 'watch', '--source', '--', join(folder, 'select'), '0'];
      const env = { ...process.env, NO_COLOR: '1', PATH: `${bin}:${process.env.PATH}` };
      const child = spawn(process.execPath, args, { cwd: folder, env });
      const ended = once(child, 'close');
      let [out, stderr] = ['', ''];
      child.stdout.on('data', (text) => {
        out += text;
      });
      child.stderr.on('data', (text) => {
        stderr += text;
      });
      await whenSaid(child, /listening on (\d+)/, (port) => {
        const client = connect(Number(port), '127.0.0.1', () => client.end('hello\n'));
        client.resume().on('close', () => child.kill('SIGINT'));
      });
      expect([(await ended)[0], stderr]).toEqual([0, '']);
      expect(out).toMatch(/clients +1\n/);
    });
  },
);

test.skipIf(!has('strace', '-qq', 'true') || !has('python3', '--version'))(
  'a script has no lines that the system sees, and that is said at once',
  async () => {
    const { events, stderr } = await watched(['python3', '-u', `${SERVERS}select_chat.py`, '0']);
    expect(stderr).toBe(
      'loopscope: --source: python3 runs a script. On its stack are its own functions, and no line of the script.\n',
    );
    expect(events.some(({ step }) => step === 'send')).toBe(true);
  },
);
