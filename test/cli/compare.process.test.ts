import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findPhp } from '../../src/php/server.js';
import { TWIN } from '../../src/php/sides.js';
import { SCENARIOS } from '../../src/scenario/shipped.js';
import { runEndless } from '../support/endless.js';
import { runRoom } from '../support/room.js';

const BIN = fileURLToPath(new URL('../../bin/loopscope.js', import.meta.url));
const noStrace = spawnSync('strace', ['-qq', 'true']).status !== 0;
const php = await findPhp();
const needsPhp = php?.sockets === true ? '' : ' (skipped: needs php with its sockets extension)';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loopscope-compare-'));
});
afterAll(() => rm(folder, { recursive: true }));

interface Outcome {
  code: number;
  out: string;
  err: string;
}

async function compare(args: string[], env: NodeJS.ProcessEnv = {}): Promise<Outcome> {
  const child = spawn(process.execPath, [BIN, 'compare', ...args], {
    env: { ...process.env, NO_COLOR: '1', ...env },
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (text) => {
    out += text;
  });
  child.stderr.on('data', (text) => {
    err += text;
  });
  const [code] = await once(child, 'close');
  return { code, out, err };
}

/** No PHP is found, wherever the tests run. */
const WITHOUT_PHP = { LOOPSCOPE_PHP: undefined, PATH: '' };

describe('loopscope compare', () => {
  test.skipIf(noStrace)(
    'holds the loops of two commands against each other, from their system calls',
    async () => {
      const ours = `cmd:${process.execPath} ${BIN} serve --port {port}`;
      const sides = ['--left', ours, '--right', ours, '--how', '--format', 'json'];
      const { out } = await compare(['two-clients', ...sides]);
      const { how } = JSON.parse(out);
      expect(how).toHaveLength(2);
      for (const { behaviour } of how) {
        expect(behaviour.waitsIn).toMatch(/^epoll_p?wait$/);
        expect(behaviour.calls).toBeGreaterThan(behaviour.wakeUps);
        expect(behaviour.writes.length).toBeGreaterThan(5);
        expect(behaviour.recvs.length).toBeGreaterThan(5);
      }
    },
  );

  test('shows where mirror and room part, decoded, and what the scenario is about', async () => {
    const { code, out } = await compare([
      'eight-bytes',
      '--left',
      'original',
      '--right',
      'rfc6455',
    ]);
    expect(code).toBe(1);
    expect(out).toMatch(
      /^disconnect fd 5: fewer than 9 bytes.* ≠ disconnect fd 5: closed by Close/m,
    );
    expect(out).toContain('B: they part here, in fin-rsv-opcode');
    expect(out).toMatch(/original +byte 351: FIN\n +rfc6455 +byte 307: 880203e9\n +close 1001\n/);
    expect(out).toContain('In form alone: D32 The head of the answer is written otherwise');
    expect(out).toMatch(/^This scenario is about:\n {2}D01 Fewer than 9 bytes are a logout$/m);
    expect(out).toContain('Whether that is what parts them is not proven.');
    expect(out.trimEnd().split('\n').at(-1)).toBe('Different.');
  });

  test('without PHP holds the mirror against the recording that ships', async () => {
    const { code, out, err } = await compare(['two-clients'], WITHOUT_PHP);
    expect(err).toBe('');
    expect(out).toContain('recording:two-clients.json');
    expect(out).toMatch(/On the wire: equal, \d+ bytes\.\nEqual\.\n$/);
    expect(code).toBe(0);
  });

  test('all, without PHP: every scenario, and every recording of the original, is equal', async () => {
    const { code, out } = await compare(['all', '--format', 'json'], WITHOUT_PHP);
    const list: { equal: boolean; scenario: string }[] = JSON.parse(out);
    expect(list.filter(({ equal }) => !equal)).toEqual([]);
    expect(list).toHaveLength(SCENARIOS.size + 21);
    expect(code).toBe(0);
  }, 60_000);

  test.skipIf(needsPhp !== '')(
    `all, with PHP: mirror, twin and recordings are equal${needsPhp}`,
    async () => {
      const { code, out } = await compare(['all', '--format', 'json']);
      const list: { equal: boolean; right: string; steps: unknown }[] = JSON.parse(out);
      expect(list.filter(({ equal }) => !equal)).toEqual([]);
      const againstTwin = list.filter(({ right }) => right === 'php:server.php');
      expect(againstTwin).toHaveLength(SCENARIOS.size);
      expect(againstTwin.every(({ steps }) => steps !== null)).toBe(true);
      expect(list).toHaveLength(SCENARIOS.size + 2 * 21);
      expect(code).toBe(0);
    },
    180_000,
  );

  describe.skipIf(needsPhp !== '')(`a copy of the twin${needsPhp}`, () => {
    /** Compares the mirror with a copy of the twin in which something stands otherwise. */
    async function withCopy(changes: [was: string, is: string][], ...args: string[]) {
      let source = await readFile(TWIN, 'utf8');
      for (const [was, is] of changes) {
        if (!source.includes(was)) throw new Error(`bug: the twin has no ${was}`);
        source = source.replaceAll(was, is);
      }
      const path = join(folder, 'copy.php');
      await writeFile(path, source);
      return compare(['two-frames', '--right', `php:${path}`, ...args]);
    }

    test('with one word changed parts there, in the JSON of both, and no defect is blamed', async () => {
      const { code, out } = await withCopy([
        ["'type' => 'user', 'from'", "'type' => 'USER', 'from'"],
      ]);
      expect(out).toContain('text {"type":"USER","from":"Ada","content":"three"}');
      expect(out).toMatch(/in the JSON +type: "user" \| "USER"/);
      expect(out).not.toMatch(/explained|because/i);
      expect(out).toMatch(/^This scenario is about:$/m);
      expect(code).toBe(1);
      const changed: [string, string] = ["'type' => 'user', 'from'", "'type' => 'USER', 'from'"];
      const why = await withCopy([changed], '--why');
      expect(why.out).toContain('They part here; none of the known mistakes explains it.');
    });

    test('that polls sends the same, and --how says how often it woke for nothing', async () => {
      const polls = '@socket_select($sockets, $write, $except, 0, 10)';
      const waits = '@socket_select($sockets, $write, $except, null)';
      const { code, out } = await withCopy([[waits, polls]], '--how');
      expect(out).toMatch(
        /^Equal bytes; php:copy.php woke [\d,]+ times for nothing \(lesson 18\)\.$/m,
      );
      expect(out).toMatch(/of these, for nothing +0 times +[\d,]{3,} times$/m);
      expect(code).toBe(0);
    });

    test('without its Sec-WebSocket-Accept parts there', async () => {
      const { out } = await withCopy([['"Sec-WebSocket-Accept:$accept', '"X-Other:$accept']]);
      expect(out).toMatch(/A: they part here, in sec-websocket-accept\n/);
      expect(out).toMatch(/php:copy.php +byte \d+: no sec-websocket-accept\n/);
    });

    test('that dies is told in its own last words, and what came until then is compared', async () => {
      const needsRepair: [string, string] = ['ord($msg[$i])', 'ord($msg{$i})'];
      const decoded = 'json_decode($text, true)';
      const takesArraysOnly: [string, string] = [decoded, `(fn (array $a) => $a)(${decoded})`];
      const { code, out } = await withCopy([needsRepair, takesArraysOnly], '--php8');
      expect(code).toBe(1);
      expect(out.replaceAll('\n  ', ' ')).toMatch(/^php:copy.php ended early: .*TypeError/m);
      expect(out.match(/repair/g)).toHaveLength(1);
      expect(out).toMatch(
        /^php:copy.php runs with 1 repair for PHP 8, in line \d+; --format json has each$/m,
      );
      const json = await withCopy([needsRepair], '--php8', '--format', 'json');
      expect(JSON.parse(json.out).notes).toEqual([
        expect.stringMatching(/^php:copy.php was repaired for PHP 8, line \d+: \$msg\{\$i\} → /),
      ]);
    });

    test('that does not wait is told so, though its bytes are equal', async () => {
      const select = 'socket_select($sockets, $write, $except, ';
      const spins: [string, string][] = [[`${select}null)`, `${select}0, 10)`]];
      const { code, out } = await withCopy(spins);
      expect(code).toBe(0);
      expect(out).toMatch(
        /^Equal bytes; php:copy\.php woke [\d,]+ times for nothing \(lesson 18\)\.$/m,
      );
      const { restless } = JSON.parse((await withCopy(spins, '--format', 'json')).out);
      expect(restless).toMatchObject([{ side: 'php:copy.php' }]);
      expect(restless[0].wakeUps).toBeGreaterThan(100);
    });
  });

  test('plays against a server that runs already', async () => {
    const room = await runRoom();
    const args = ['one-client', '--left', 'rfc6455', '--right', `tcp:127.0.0.1:${room.port}`];
    const { code, out } = await compare(args);
    await room.stop();
    expect(out).toContain('One side tells only its bytes');
    expect(out).toMatch(/Equal\.\n$/);
    expect(code).toBe(0);
  });

  describe('--why', () => {
    test('proves which mistakes part the room from the mirror, in the language asked for', async () => {
      const sides = ['--left', 'original', '--right', 'rfc6455', '--why'];
      const { code, out } = await compare(['two-frames', ...sides]);
      expect(out).toContain(
        [
          '  with D03 mended, equal up to byte 423 of B',
          '      D03 Two frames that arrive together are both lost',
          '  with D02 too, equal to the end',
        ].join('\n'),
      );
      expect(out).not.toContain('This scenario is about');
      expect(code).toBe(1);
      const other = await compare(['two-frames', ...sides, '--lang', 'xx-test']);
      expect(other.out).toContain('[Why, proven: ');
    });

    test('is data for a program', async () => {
      const args = ['rename', '--right', 'rfc6455', '--why', '--format', 'json'];
      const { proof } = JSON.parse((await compare(args)).out);
      expect(proof).toMatchObject({
        parts: { step: 7, difference: { client: 'A' } },
        mends: [{ defects: ['D14', 'D19'], parts: null }],
      });
    });

    test('takes the mirror on one side', async () => {
      const { code, err } = await compare([
        'rename',
        '--left',
        'rfc6455',
        '--right',
        'rfc6455',
        '--why',
      ]);
      expect(err).toMatch(/^loopscope: --why plays the mirror .*\n$/);
      expect(code).toBe(2);
    });
  });

  describe('a command of any language', () => {
    const served = `"${process.execPath}" "${BIN}" serve --profile original --port {port} --trace off --no-page`;

    test('is told its port, compared, and ended', async () => {
      const { code, out, err } = await compare(['two-frames', '--right', `cmd:${served}`]);
      expect(err).toBe('');
      expect(out).toMatch(/Equal\.\n$/);
      expect(code).toBe(0);
    });
  });

  test('takes a scenario from a file', async () => {
    const path = join(folder, 'mine.json');
    const steps = [[{ do: 'connect', client: 'A' }], [{ do: 'handshake', client: 'A' }]];
    await writeFile(path, JSON.stringify({ name: 'mine', description: 'One handshake.', steps }));
    const { code, out } = await compare([path, '--left', 'original', '--right', 'original']);
    expect(out).toMatch(/^mine\n/);
    expect(code).toBe(0);
  });
});

describe('what cannot be compared is one line and exit code 2', () => {
  const cases: [string, string[], string][] = [
    ['an unknown scenario', ['two-clint'], 'the nearest are two-clients'],
    [
      'a side that is none',
      ['two-clients', '--left', 'mirror'],
      'is no side; there are rfc6455, original',
    ],
    ['a missing file of PHP', ['two-clients', '--right', 'php:no-such.php'], 'no-such.php'],
    ['a recording that is none', ['two-clients', '--right', `recording:${BIN}`], 'is not JSON'],
    ['a bad address', ['two-clients', '--right', 'tcp:nowhere'], 'write tcp:HOST:PORT'],
    [
      'a command without a port',
      ['two-clients', '--right', 'cmd:server 8080'],
      'write {port} where',
    ],
    [
      'an open quote',
      ['two-clients', '--right', 'cmd:"server {port}'],
      'a quote that is not closed',
    ],
    [
      'a command that is none',
      ['two-clients', '--right', 'cmd:no-such {port}'],
      'cannot run no-such: there is no such program here. No shell reads',
    ],
    [
      'a command for a shell',
      ['two-clients', '--right', 'cmd:cd /tmp && server {port}'],
      'has &&, and no shell',
    ],
    ['a folder', [tmpdir()], 'is a folder'],
    [
      'what is no PHP',
      ['two-clients', '--right', `php:${BIN}`],
      needsPhp === '' ? 'has no PHP in it' : 'no PHP here',
    ],
    [
      'a command that ends',
      ['two-clients', '--right', `cmd:"${process.execPath}" -e "console.log(4711)" {port}`],
      'listened on port',
    ],
    ['an unknown format', ['two-clients', '--format', 'xml'], 'Allowed choices are text, json'],
  ];
  test.each(cases)('%s', async (_, args, message) => {
    const { code, out, err } = await compare(args);
    expect(err).toContain(message);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect(err).toMatch(/^loopscope: /);
    expect(out).toBe('');
    expect(code).toBe(2);
  });

  test('a scenario that does not fit: the path of the field, and what was expected', async () => {
    const path = join(folder, 'bad.json');
    const steps = [[{ do: 'connect', client: 'A' }], [{ do: 'send', client: 'A', hex: 'xyz' }]];
    await writeFile(path, JSON.stringify({ name: 'bad', description: '', steps }));
    const { code, err } = await compare([path]);
    expect(err).toMatch(/bad\.json: steps\.1\.0\.hex: expected bytes in hex/);
    expect(code).toBe(2);
  });

  test('no PHP where PHP was asked for', async () => {
    const { code, err } = await compare(['two-clients', '--right', `php:${BIN}`], WITHOUT_PHP);
    expect(err).toMatch(/^loopscope: .*PHP.*\n$/);
    expect(code).toBe(2);
  });

  test('a server that hangs up at once: what came until then', async () => {
    const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const { code, out } = await compare(['one-client', '--right', `tcp:127.0.0.1:${port}`]);
    server.close();
    expect(code).toBe(1);
    expect(out).toContain('FIN');
  });

  test('a server that sends without end', async () => {
    const { server, side } = await runEndless();
    const { code, out, err } = await compare(['two-clients', '--right', side]);
    server.close();
    expect(err).toMatch(/^loopscope: .*sent without end: more than 64 MiB.*\n$/);
    expect(out).toBe('');
    expect(code).toBe(2);
  }, 60_000);

  test('a server that is not there', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    server.close();
    await once(server, 'close');
    const { code, err } = await compare(['one-client', '--right', `tcp:127.0.0.1:${port}`]);
    expect(err).toMatch(/^loopscope: .*ECONNREFUSED.*\n$/);
    expect(code).toBe(1); // it failed; the command was not called wrongly
  });
});
