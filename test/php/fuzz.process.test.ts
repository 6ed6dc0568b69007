import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { fuzz } from '../../src/php/fuzz.js';
import { type Lasting, lastingSide, type Played } from '../../src/php/lasting.js';
import { findPhp } from '../../src/php/server.js';
import { TWIN } from '../../src/php/sides.js';
import { randomConversation } from '../../src/scenario/conversation.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { type Ran, runIn } from '../support/command.js';
import { runEndless } from '../support/endless.js';

const php = await findPhp();
const needsPhp = php?.sockets === true ? '' : ' (skipped: needs php with its sockets extension)';

const folder = mkdtempSync(join(tmpdir(), 'loopscope-fuzzed-'));
afterAll(() => rmSync(folder, { recursive: true }));

const inFolder = (...args: string[]): Ran => runIn(folder, ...args);

/** A side of which every answer is changed. */
function changed(by: (played: Played, scenario: Scenario) => Played): Lasting {
  const original = lastingSide('original');
  return {
    name: 'changed',
    play: async (scenario) => by(await original.play(scenario), scenario),
    renew: async () => {},
  };
}

describe('a fuzz run', () => {
  test('finds the mirror equal to itself', async () => {
    const run = await fuzz(lastingSide('original'), lastingSide('original'), {
      seed: 3,
      conversations: 40,
    });
    expect(run).toEqual({ played: 40, found: null });
  });

  test('makes small what parts the room from the mirror', async () => {
    const { found } = await fuzz(lastingSide('original'), lastingSide('rfc6455'), {
      seed: 3,
      conversations: 40,
    });
    expect(found?.comparison.equal).toBe(false);
    expect(found?.needsOthers).toBe(false);
    expect(found?.scenario.steps.length).toBeLessThanOrEqual(2);
  }, 60_000);

  test('takes a side that dies for one that is different', async () => {
    const dies = changed((played, { steps }) => {
      const isHit = steps.flat().some((action) => action.do === 'reset');
      return isHit ? { ...played, ended: 'step 1: the server died.' } : played;
    });
    const run = await fuzz(lastingSide('original'), dies, { seed: 3, conversations: 100 });
    expect(run.found?.ended).toEqual(['step 1: the server died.']);
    expect(run.found?.scenario.steps.flat().map((action) => action.do)).toEqual([
      'connect',
      'reset',
    ]);
  }, 60_000);

  test('says of what does not come again that it needs the conversations before it', async () => {
    let count = 0;
    const once = changed((played) => (++count === 5 ? { ...played, wire: [] } : played));
    const run = await fuzz(lastingSide('original'), once, { seed: 3, conversations: 100 });
    expect(run).toMatchObject({ played: 5, found: { number: 4, needsOthers: true } });
  });

  test('takes a side that sends without end for one that goes no further', async () => {
    const { server, side } = await runEndless();
    const endless = lastingSide(side);
    const run = await fuzz(lastingSide('original'), endless, { seed: 3, conversations: 1 });
    server.close();
    expect(run.found?.ended[0]).toContain('sent without end');
  }, 120_000);

  describe.skipIf(needsPhp !== '')(`of PHP${needsPhp}`, () => {
    test('finds the twin equal, started once for all conversations', async () => {
      const twin = lastingSide(`php:${TWIN}`);
      try {
        const run = await fuzz(lastingSide('original'), twin, { seed: 11, conversations: 25 });
        expect(run).toEqual({ played: 25, found: null });
      } finally {
        await twin.renew();
      }
    }, 120_000);

    test('hears both small answers to one long act, of which the second waits for an acknowledgement', async () => {
      const twin = lastingSide(`php:${TWIN}`);
      const scenario = randomConversation(14_488_927, 270);
      try {
        const { wire } = await lastingSide('original').play(scenario);
        for (const expected of [wire, wire, undefined]) {
          expect((await twin.play(scenario, expected)).wire).toEqual(wire);
        }
      } finally {
        await twin.renew();
      }
    }, 120_000);

    test('keeps the smallest that parts a changed copy, as a file that compare and step take', () => {
      const copy = join(folder, 'copy.php');
      const source = readFileSync(TWIN, 'utf8');
      writeFileSync(copy, source.replace("'type' => 'user', 'from'", "'type' => 'USER', 'from'"));
      const args = ['fuzz', '--right', `php:${copy}`, '--seed', '7'];
      const { status, stdout, stderr } = inFolder(...args);
      expect(stderr).toMatch(/^(?:loopscope: Conversation 0 parts them.*\n)?$/); // said after ten seconds
      expect(status).toBe(1);
      expect(stdout).toContain('Made small: 1 client, 3 acts,');
      expect(stdout).toMatch(/in the JSON +type: "user" \| "USER"/);
      const [, file = ''] = /^It is kept in (.*):$/m.exec(stdout) ?? [];
      expect(inFolder('compare', file, '--right', `php:${copy}`).status).toBe(1);
      expect(inFolder('step', file, '--profile', 'original').status).toBe(0);
    }, 120_000);
  });
});

test('a finding that cannot be kept is told all the same', () => {
  const full = mkdtempSync(join(folder, 'full-'));
  const args = ['fuzz', '--left', 'original', '--right', 'rfc6455', '--seed', '3'];
  const [, name = ''] = /^It is kept in (.*):$/m.exec(runIn(full, ...args).stdout) ?? [];
  rmSync(join(full, name));
  // a link that leads nowhere: not even root can write it
  symlinkSync(join(full, 'no', 'where'), join(full, name));
  const { status, stdout, stderr } = runIn(full, ...args);
  expect(stdout).toContain('Made small: ');
  expect(stdout).not.toContain('It is kept in');
  expect(stderr).toMatch(/^loopscope: .*conversation.*\n$/);
  expect(status).toBe(1);
}, 120_000);

describe('what cannot be fuzzed is one line, and exit code 2 or 1', () => {
  test.each([
    [['--right', 'recording:x.json'], 'cannot play conversation after conversation'],
    [['--right', 'tcp:nowhere'], 'write tcp:HOST:PORT'],
    [['--right', 'original', '--conversations', '0'], 'a whole number, 1 or more'],
    [['--right', 'php:no-such.php'], 'no-such.php'],
    [['--right', 'tcp:127.0.0.1:1'], 'ECONNREFUSED', 1],
    [[], '--right'],
  ])('%o', (args, message, code = 2) => {
    const { status, stdout, stderr } = inFolder('fuzz', ...args);
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(status).toBe(code);
    if (code === 2) expect(stdout).toBe(''); // no seed of a run that was none
  });
});
