import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runIn } from '../support/command.js';

const folder = mkdtempSync(join(tmpdir(), 'loopscope-secrets-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Calls that take an address, or a name in whose place somebody has written one; all are refused. */
const CALLS = [
  ['tap', '0', 'wss://me:secret@host'],
  ['tap', '0', 'me:secret@host:80'],
  ['tap', 'ws://me:secret@host', 'localhost:80'],
  ['probe', 'ws://me:secret@host'],
  ['probe', 'me:secret@host'],
  ['probe', 'rfc6455', '--only', 'ws://me:secret@host'],
  ['compare', 'ws://me:secret@host'],
  ['compare', 'two-clients', '--left', 'ws://me:secret@host'],
  ['inspect', 'ws://me:secret@host'],
  ['step', 'ws://me:secret@host'],
  ['chat', 'ws://me:secret@host'],
  ['serve', '0', '--broker', 'redis://me:secret@'],
  ['serve', '0', '--broker', 'http://me:secret@host'],
  ['serve', '0', '--allow-origin', 'http://me:secret@host'],
  ['serve', 'ws://me:secret@host'],
  ['class', 'join', 'ws://me:secret@host:x'],
  ['class', 'join', 'me:secret@host'],
  ['watch', '--read', 'ws://me:secret@host'],
  ['ws://me:secret@host'],
  ['probe', '--ws://me:secret@host'],
];

test.each(CALLS.map((call) => [call.join(' '), call] as const))(
  'a refused address is repeated without its password: %s',
  (_, call) => {
    const { status, stdout, stderr } = runIn(folder, ...call);
    expect(status, stderr).toBeGreaterThan(0);
    expect(stderr).toMatch(/^loopscope: /);
    expect(stdout + stderr).not.toContain('secret');
  },
);
