/** `loopscope probe` as a person and a script meet it. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from 'vitest';
import { UNHURRIED } from '../../src/chat/limits.js';
import { Server } from '../../src/chat/server.js';
import { GROUPS } from '../../src/probe/rule.js';
import { BIN, runIn } from '../support/command.js';
import { ECHO } from '../support/probing.js';
import { run } from '../support/room.js';

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Runs it while a server of this process answers. */
async function probed(...args: string[]) {
  const child = spawn(process.execPath, [BIN, 'probe', ...args], {
    env: { ...process.env, NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const closed = once(child, 'close');
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { stdout, stderr, status: (await closed)[0] as number };
}

describe('loopscope probe', { timeout: 120_000 }, () => {
  test('ends with 0 for a server that keeps what it is asked, and names each rule', async () => {
    const running = await run((net) => new Server(net, ECHO, UNHURRIED));
    cleanups.push(() => running.stop());
    const { stdout, stderr, status } = await probed(
      ...[`ws://127.0.0.1:${running.port}`, '--only', 'control', '--patience', '60'],
    );
    expect(stderr).toBe('');
    expect(stdout).toContain('\n  It echoes, so bytes are compared.\n');
    expect(stdout).toContain('89fd37… 131 → pong 125\n');
    expect(stdout).toMatch(/\n16 rules: 16 kept, 0 broken \(MUST\), 0 noted .*, 0 not seen\.\n$/);
    expect(status).toBe(0);
  });

  test('ends with 1 for one that breaks a rule; as JSON it is the whole report', () => {
    const { stdout, status } = runIn(
      '.',
      'probe',
      'original',
      '--only',
      'close',
      '--format',
      'json',
    );
    const report = JSON.parse(stdout);
    expect(status).toBe(1);
    expect(report).toMatchObject({ version: 1, url: 'original', stopped: null });
    expect(report.counts.fail).toBeGreaterThan(20);
    expect(report.results[0]).toMatchObject({
      id: 'close-empty',
      section: '5.5.1',
      level: 'must',
      outcome: 'fail',
      why: { code: 'ended-instead', values: { end: 'FIN' } },
      sent: { what: 'frames', length: 6, hex: '888037fa213d' },
      came: [{ kind: 'end', how: 'fin' }],
    });
  });

  test.each([
    [['ws://127.0.0.1:1'], 1, /^loopscope: nobody to ask: connect ECONNREFUSED: .*\n$/],
    [['wss://127.0.0.1:1'], 2, /^loopscope: .* only ws: is spoken here\n$/],
    [['127.0.0.1:8080'], 2, /^loopscope: .*ws:.*\n$/],
    [['ws://127.0.0.1:1', '--only', 'nothing'], 2, /Allowed choices are opening, .*\n$/],
    [['ws://127.0.0.1:1', '--patience', '0'], 2, /Give whole seconds from 1 to 999\.\n$/],
    [[], 2, /^loopscope: missing required argument 'server'\n$/],
  ] as const)('%j ends with %i and one line', (args, code, line) => {
    const { stdout, stderr, status } = runIn('.', 'probe', ...args);
    expect({ stdout, status }).toEqual({ stdout: '', status: code });
    expect(stderr).toMatch(line);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test('knows every group of rules', () => {
    const { stderr } = runIn('.', 'probe', 'original', '--only', 'nothing');
    expect(stderr).toContain(`${GROUPS.join(', ')}.`);
  });
});
