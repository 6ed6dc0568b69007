import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readTrace } from '../../src/trace/ndjson.js';

const BIN = fileURLToPath(new URL('../../bin/loopscope.js', import.meta.url));

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loopscope-sim-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function sim(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const env = { ...process.env, NO_COLOR: '1' };
  const child = spawn(process.execPath, [BIN, 'sim', ...args], { env });
  let [out, err] = ['', ''];
  child.stdout.on('data', (text) => {
    out += text;
  });
  child.stderr.on('data', (text) => {
    err += text;
  });
  const [code] = await once(child, 'close');
  return { code, out, err };
}

describe('loopscope sim', () => {
  test('with the same seed prints the same bytes, and with another seed others', async () => {
    const [seven, again, eight] = await Promise.all(
      ['7', '7', '8'].map((seed) => sim('two-clients', '--seed', seed)),
    );
    expect(seven?.code).toBe(0);
    expect(seven?.out).toMatch(/^two-clients: .*\n\n +0\.00 ms +socket/);
    expect(again?.out).toBe(seven?.out);
    expect(eight?.out).not.toBe(seven?.out);
  });

  test('writes a trace that reads back, and a diagram as SVG', async () => {
    const [trace, svg] = [join(folder, 'a.ndjson'), join(folder, 'a.svg')];
    const { code, out } = await sim(
      'one-client',
      '--trace',
      trace,
      '--diagram',
      svg,
      '--format',
      'json',
    );
    expect(code).toBe(0);
    const { events, error } = readTrace(await readFile(trace, 'utf8'));
    expect(error).toBeNull();
    expect(JSON.parse(out).events).toHaveLength(events.length);
    expect(await readFile(svg, 'utf8')).toMatch(/^<svg .*<\/svg>\n$/s);
  });

  test.each(['--trace', '--diagram'])(
    'writes no %s over a file that holds something',
    async (option) => {
      const path = join(folder, `mine${option}.txt`);
      await writeFile(path, 'kept');
      const { code, err } = await sim('one-client', option, path);
      expect([code, await readFile(path, 'utf8')]).toEqual([1, 'kept']);
      expect(err).toMatch(/^loopscope: cannot write the .*: .* is there already; .*--force/);
      expect((await sim('one-client', option, path, '--force')).code).toBe(0);
      expect(await readFile(path, 'utf8')).not.toContain('kept');
    },
  );

  test('plays two loops and a broker: the same twice, one diagram, a trace of each machine', async () => {
    const trace = join(folder, 'two.ndjson');
    const [first, second, drawn] = await Promise.all([
      sim('two-loops', '--seed', '7'),
      sim('two-loops', '--seed', '7'),
      sim('two-loops', '--seed', '7', '--diagram', '--trace', trace),
    ]);
    expect(first.out).toMatch(/^two-loops: two loops and a broker are one room/);
    expect(second).toEqual(first);
    expect(drawn.out).toMatch(/^ms +Ada +loop-a +broker +loop-b +Ming\n/);
    const machines = ['two.ndjson', 'two.2.ndjson', 'two.3.ndjson'].map(async (name) => {
      const { maker, error } = readTrace(await readFile(join(folder, name), 'utf8'));
      return [maker?.machine, error];
    });
    expect(await Promise.all(machines)).toEqual([
      ['loop-a', null],
      ['loop-b', null],
      ['broker', null],
    ]);
    const { code, err } = await sim('two-loops', '--cut', 'every');
    expect([code, err]).toEqual([2, expect.stringMatching(/^loopscope: .*--cut.*\n$/)]);
  });

  test('draws who sent what to whom', async () => {
    const { out } = await sim('two-clients', '--diagram');
    expect(out).toMatch(/^turn +server +Ada +小明/);
    expect(out).toMatch(/7 +│◀─+┤ +│ +"hello" 39 bytes/);
  });

  test('finds the cuts that the mirror does not survive, and none for the room', async () => {
    const room = await sim('split-handshake', '--cut', 'every');
    expect(room).toMatchObject({ code: 0, err: '' });
    expect(room.out).toContain('The outcome is always the same.');
    const mirror = await sim('split-handshake', '--cut', 'every', '--profile', 'original');
    expect(mirror.code).toBe(1);
    expect(mirror.out).toMatch(
      /\d+ of them change the outcome:\n {2}A {2}handshake, byte 1 of 153/,
    );
  });

  test.each([
    [['no-such'], 2, 'there is no scenario "no-such"; the nearest are'],
    [['two-clients', '--seed', 'x'], 2, 'A seed is a whole number'],
    [['two-clients', '--cut', 'every', '--diagram'], 2, 'writes no --trace and draws no --diagram'],
    [['two-clients', '--trace', join('no', 'such', 'folder')], 1, 'cannot write the trace'],
  ])('%j is one line', async (args, exitCode, message) => {
    const { code, err } = await sim(...args);
    expect(err).toContain(message);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect(code).toBe(exitCode);
  });
});
