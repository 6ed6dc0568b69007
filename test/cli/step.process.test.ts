import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { until } from '../support/patience.js';
import { STEPS_OF_TWO, TWO_LOOPS } from '../support/strace.js';

const BIN = fileURLToPath(new URL('../../bin/loopscope.js', import.meta.url));
const SCREENS = fileURLToPath(new URL('./screens/', import.meta.url));
const hasTmux = spawnSync('tmux', ['-V']).status === 0;
if (!hasTmux) process.stderr.write('Without tmux the stepper is not tested on a terminal.\n');

const folders: string[] = [];
const panes: Pane[] = [];

afterEach(() => {
  for (const pane of panes.splice(0)) pane.kill();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'loopscope-'));
  folders.push(folder);
  return folder;
}

/** A terminal of its own, with a shell that runs one command and then says its exit code. */
class Pane {
  readonly #socket = join(newFolder(), 'tmux');

  constructor(args: string, { columns = 80, rows = 24, color = false, env = '' } = {}) {
    const command = `${env}${color ? '' : 'NO_COLOR=1 '}'${process.execPath}' '${BIN}' ${args}`;
    const size = ['-x', String(columns), '-y', String(rows)];
    const shell = `echo before; ${command}; echo "exit code $?"; stty -a | tr ';' '\\n' | grep -o -- '-*icanon'; cat`;
    this.#tmux('-f', '/dev/null', 'new-session', '-d', '-s', 's', ...size, 'sh', '-c', shell);
    panes.push(this);
  }

  keys(...keys: string[]): void {
    for (const key of keys) this.#tmux('send-keys', '-t', 's', key);
  }

  resize(columns: number, rows: number): void {
    this.#tmux('resize-window', '-t', 's', '-x', String(columns), '-y', String(rows));
  }

  kill(): void {
    spawnSync('tmux', ['-S', this.#socket, 'kill-server']);
  }

  /** What the terminal shows, with escapes for colour if asked for. */
  capture(...flags: string[]): string {
    return this.#tmux('capture-pane', '-p', '-t', 's', ...flags);
  }

  /** Looks again and again until the screen shows something; then it is the whole screen. */
  async until(shown: RegExp): Promise<string> {
    let screen = '';
    return until(
      () => {
        screen = this.capture();
        return shown.test(screen) ? screen : undefined;
      },
      () => `no ${shown} on the screen:\n${screen}`,
    );
  }

  #tmux(...args: string[]): string {
    const { status, stdout, stderr } = spawnSync('tmux', ['-S', this.#socket, ...args], {
      encoding: 'utf8',
      env: { ...process.env, LC_ALL: 'C.UTF-8', TERM: 'xterm-256color', CI: '' },
    });
    if (status !== 0) throw new Error(`tmux ${args[0]}: ${stderr}`);
    return stdout;
  }
}

function run(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [BIN, ...args], { encoding: 'utf8' });
}

describe.skipIf(!hasTmux)('loopscope step in a terminal of 80x24', () => {
  async function expectScreen(pane: Pane, shown: RegExp, name: string): Promise<void> {
    const screen = withoutLineNumbers(await pane.until(shown));
    await expect(screen).toMatchFileSnapshot(join(SCREENS, `${name}.txt`));
  }

  test('goes forward, back, to the end and home', async () => {
    const pane = new Pane('step two-clients');
    await expectScreen(pane, /step 1 of 97[\s\S]*q quit/, 'two-clients-start');
    for (let i = 2; i <= 12; i++) {
      pane.keys(i % 2 === 0 ? 'Right' : 'Space');
      await pane.until(new RegExp(`step ${i} of 97`));
    }
    await expectScreen(pane, /step 12 of 97/, 'two-clients-forward');
    pane.keys('Left', 'b');
    await expectScreen(pane, /step 10 of 97/, 'two-clients-back');
    pane.keys('End');
    await expectScreen(pane, /step 97 of 97/, 'two-clients-end');
    pane.keys('Home');
    await expectScreen(pane, /step 1 of 97/, 'two-clients-start');
    pane.keys('q');
    expect(await pane.until(/icanon/)).toMatch(/^before\nexit code 0\nicanon\n/);
  });

  test('opens at the step that was asked for, and goes both ways from there', async () => {
    const pane = new Pane('step two-clients --at 11');
    await pane.until(/step 12 of 97[\s\S]*q quit/);
    pane.keys('Left');
    await pane.until(/step 11 of 97/);
    pane.keys('q');
    await pane.until(/exit code 0/);
  });

  test('goes to the next turn, to the next step of a client, and to a word', async () => {
    const pane = new Pane('step two-clients --profile original');
    await pane.until(/q quit/);
    pane.keys('t', 't');
    await pane.until(/turn 2 [\s\S]*^ select /m);
    pane.keys('n', 'c');
    await pane.until(/^ handshake /m);
    pane.keys('/');
    await pane.until(/^ find: _/m);
    pane.keys('q', 'u', 'x', 'BSpace');
    await pane.until(/^ find: qu_/m);
    pane.keys('BSpace', 'BSpace', 'L', 'O', 'G', 'o', 'u', 't', 'Enter');
    await pane.until(/^ deal .*[\s\S]*logout/m);
    pane.keys('/', 'x', 'y', 'z', 'z', 'y', 'Enter');
    await pane.until(/no step has "xyzzy" in it/);
    pane.keys('?');
    await pane.until(/R ready, waits/);
    pane.keys('C-c');
    await pane.until(/exit code 0/);
  });

  test('draws again for another size', async () => {
    const pane = new Pane('step two-clients', { columns: 100, rows: 30 });
    await pane.until(/step 1 of 97[\s\S]*q quit/);
    pane.resize(80, 24);
    await expectScreen(pane, /^.{1,80}turn 0 {2}0 ms[\s\S]*q quit\n$/, 'two-clients-start');
  });

  test('has colour where there is some, and the same text', async () => {
    const pane = new Pane('step two-clients', { color: true });
    await expectScreen(pane, /step 1 of 97[\s\S]*q quit/, 'two-clients-start');
    expect(pane.capture('-e')).toContain('\u001b[');
  });

  test('shows a trace as far as it can be read, and says at the end what is wrong', async () => {
    const path = join(newFolder(), 'cut.ndjson');
    const [first = ''] = traceLines();
    writeFileSync(path, `${first}\n{"v":1,`);
    const pane = new Pane(`step ${path}`);
    await pane.until(/step 1 of 1[\s\S]*! trace line 2/);
    pane.keys('q');
    await pane.until(/loopscope: trace line 2: .*\nexit code 1/);
  });
});

describe.skipIf(!hasTmux)('loopscope step on what strace wrote', () => {
  test('goes from loop to loop, and from a finding to its step, with no source of ours', async () => {
    const file = join(newFolder(), 'calls.txt');
    writeFileSync(file, TWO_LOOPS);
    const pane = new Pane(`step ${file}`);
    const first = await pane.until(/loop 1 of 2[\s\S]*q quit/);
    expect(first).toMatch(new RegExp(`step 1 of ${STEPS_OF_TWO[0]}`));
    expect(first).not.toMatch(/TypeScript|PHP/); // it listens with 9, as the original does
    pane.keys('l');
    await pane.until(new RegExp(`loop 2 of 2, thread 2 .*step 1 of ${STEPS_OF_TWO[1]}`));
    pane.keys('l', 'f');
    const figures = await pane.until(/goes to that step/);
    const [, key = '', step = ''] = /^ (\d) {2}step (\d+): stood still/m.exec(figures) ?? [];
    pane.keys(key);
    expect(await pane.until(new RegExp(`step ${step} of `))).toMatch(/^ block .*sendto/m);
    pane.keys('q');
    await pane.until(/exit code 0/);
  });
});

describe.skipIf(!hasTmux)('loopscope serve --step', () => {
  test.skipIf(process.platform !== 'linux')(
    'o opens the page with the controls in the browser, by a ticket that is good once and never shown',
    async () => {
      const folder = newFolder();
      const opened = join(folder, 'opened');
      writeFileSync(join(folder, 'xdg-open'), `#!/bin/sh\nprintf '%s' "$1" > '${opened}'\n`);
      chmodSync(join(folder, 'xdg-open'), 0o755);
      const pane = new Pane('serve --port 0 --step', {
        columns: 100,
        env: `PATH='${folder}':"$PATH" `,
      });
      await pane.until(/stands still here.* step 1 of 1/);
      pane.keys('o');
      const screen = await pane.until(/the page with the controls opens/);
      expect(screen + pane.capture('-a')).not.toContain('token');
      const url = readFileSync(opened, 'utf8');
      const [, page = '', ticket = ''] = /^(http:\S+)#view=live&token=(once-\S+)$/.exec(url) ?? [];
      const order = (token: string, body?: string) => {
        const headers = { Authorization: `Bearer ${token}` };
        return fetch(`${page}control`, { method: 'POST', headers, ...(body ? { body } : {}) });
      };
      const token = await (await order(ticket)).text();
      expect((await order(ticket)).status).toBe(403);
      expect((await order(token, '{"do":"to","step":"listen"}')).status).toBe(204);
      await pane.until(/stands still here.* step 4 of 4 /);
      pane.keys('n');
      await pane.until(/runs, waits in select/);
      pane.keys('q');
      await pane.until(/exit code 0/);
    },
  );

  test('a terminal that is closed ends it as q does: each client gets a Close with 1001', async () => {
    const pane = new Pane('serve --port 0 --step', { columns: 100 });
    const [, url = ''] = /(ws:\S+)/.exec(await pane.until(/stands still here.* step 1 of 1/)) ?? [];
    const socket = new WebSocket(url);
    const opened = new Promise((resolve) => socket.once('open', resolve));
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    for (let i = 2; i <= 8; i++) {
      pane.keys('n');
      await pane.until(new RegExp(` step ${i} of ${i} `));
    }
    pane.keys('t');
    await opened;
    pane.kill();
    expect(await closed).toBe(1001);
  });

  test('u shows the address for joining on the whole screen, and any key goes back', async () => {
    const pane = new Pane('serve --port 0 --step');
    await pane.until(/ws:\/\/127\.0\.0\.1:\d+ {2}\[stands still here\] .* step 1 of 1/);
    pane.keys('u');
    const screen = await pane.until(/any key goes back/);
    expect(screen).toMatch(/^ {4}█▀▀▀▀▀█/m);
    expect(screen).toMatch(/ http:\/\/127\.0\.0\.1:\d+\/#view=live\n for this machine alone/);
    expect(screen).not.toContain('token');
    pane.keys('n');
    await pane.until(/stands still here.* step 1 of 1/);
    pane.keys('q');
    await pane.until(/exit code 0/);
  });

  test('stands still at each step, goes on for a key, and looks back without changing the server', async () => {
    const pane = new Pane('serve --port 0 --step', { columns: 100 });
    const [, url = ''] = /(ws:\S+)/.exec(await pane.until(/stands still here.* step 1 of 1/)) ?? [];
    for (let i = 2; i <= 4; i++) {
      pane.keys('n');
      await pane.until(new RegExp(`step ${i} of ${i} `));
    }
    pane.keys('n');
    await pane.until(/runs, waits in select/);
    const socket = new WebSocket(url);
    const opened = new Promise((resolve) => socket.once('open', resolve));
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    await pane.until(/stands still here.* step 5 of 5 [\s\S]*^ select /m);
    expect(socket.readyState).toBe(WebSocket.CONNECTING);
    pane.keys('n');
    await pane.until(
      /step 6 of 6 [\s\S]*^ accept [\s\S]*\((\? unknown: in the kernel|~ sampled, \? unknown)\)/m,
    );
    pane.keys('b', 'b');
    await pane.until(/the past.* step 4 of 6 /);
    pane.keys('End', 't');
    await pane.until(/ step 7 of 7 /);
    pane.keys('t');
    await opened;
    await pane.until(/runs, waits in select/);
    pane.keys('q');
    expect(await closed).toBe(1001);
    await pane.until(/Stopping: every client gets a Close frame with 1001.\nexit code 0\nicanon/);
  });
});

/** A change elsewhere in a source moves its lines, and does not concern the screen. */
function withoutLineNumbers(screen: string): string {
  const digits = /(?<=\.(?:ts|php):)\d+|^(?= +\d+ {2})[ \d]{5}(?= {2})/gm;
  return screen.replace(digits, (found) => found.replace(/\d/g, '#'));
}

/** The trace of a scenario, as it is written. */
function traceLines(): string[] {
  const event = '"v":1,"seq":0,"turn":0,"t":0';
  return [`{${event},"step":"listen","fd":3,"backlog":9}`];
}

describe('loopscope step without a terminal', () => {
  test('tells what strace wrote: the busiest loop, or the one that was asked for', () => {
    const file = join(newFolder(), 'calls.txt');
    writeFileSync(file, `${TWO_LOOPS}no line of strace\n`);
    const busiest = run('step', file);
    expect(busiest.status).toBe(0);
    expect(busiest.stdout).toContain('stood still for 4300 ms in sendto');
    expect(busiest.stderr).toMatch(
      /loop 1 of 2, the one with the most steps[\s\S]*1 line is no line/,
    );
    const other = run('step', file, '--loop', '2');
    expect(other.stdout).toContain('accept failed, EMFILE');
    expect(run('step', file, '--loop', '3')).toMatchObject({
      status: 2,
      stderr: 'loopscope: --loop 3: there is no such loop; there are 2\n',
    });
    writeFileSync(file, 'close(3) = 0\n');
    expect(run('step', file)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('No loop was seen'),
    });
  });

  test('prints one of three machines, and says that there are others', () => {
    const [loop, broker] = ['1', '3'].map((number) => run('step', 'two-loops', '--loop', number));
    expect(loop?.stderr).toBe('loopscope: machine 1 of 3; --loop N is about another\n');
    expect(loop?.stdout).toMatch(/act +client Ada: login|act +client Ada: text/);
    expect(loop?.stdout).toMatch(/broker +fd 3: /);
    expect(broker?.stdout).toMatch(/listen +fd 3/);
    expect(broker?.stdout).not.toMatch(/ act | broker /);
    expect(run('step', 'two-loops', '--loop', '4').status).toBe(2);
  });

  test('prints every step with its number', () => {
    const { status, stdout, stderr } = run('step', 'two-clients');
    expect(status).toBe(0);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^ 1 {12}socket {5}fd 3 is a TCP socket/);
    expect(stdout).toMatch(/^97 .+\n$/m);
  });

  test('begins at the step that was asked for, and says which there are', () => {
    const { status, stdout } = run('step', 'two-clients', '--at', '96');
    expect([status, stdout]).toEqual([0, expect.stringMatching(/^97 .+\n$/)]);
    const none = run('step', 'two-clients', '--at', '97');
    expect([none.status, none.stdout, none.stderr]).toEqual([
      2,
      '',
      'loopscope: --at 97: there is no step with this seq; they go from 0 to 96\n',
    ]);
    expect(run('step', 'two-clients', '--at', '-1').status).toBe(2);
  });

  test('prints what it could read of a trace, then what is wrong with it', () => {
    const path = join(newFolder(), 'wrong.ndjson');
    writeFileSync(path, `${traceLines()[0]}\n{"v":2}\n`);
    const { status, stdout, stderr } = run('step', path);
    expect(stdout).toBe('1            listen     fd 3, backlog 9\n');
    expect(stderr).toBe('loopscope: trace line 2: version 2; this reads version 1\n');
    expect(status).toBe(1);
  });

  test('ends without a word when its reader has read enough', () => {
    const path = join(newFolder(), 'long.ndjson');
    writeFileSync(path, `${traceLines()[0]}\n`.repeat(20_000));
    const command = `'${process.execPath}' '${BIN}' step '${path}' | head -n 1`;
    const { stdout, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8' });
    expect(stdout).toBe('    1            listen     fd 3, backlog 9\n');
    expect(stderr).toBe('');
  });

  test.each([
    [['step', 'two-clint'], 'there is no scenario "two-clint"; the nearest are two-clients'],
    [['step', 'no/such.ndjson'], 'cannot read it: ENOENT'],
    [['step', 'two-clients', '--seed', 'x'], '--seed'],
    [['step', 'two-clients', '--profile', 'x'], '--profile'],
  ])('%j is wrong usage: %s', (args, message) => {
    const { status, stdout, stderr } = run(...args);
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
    expect(status).toBe(2);
  });

  test('serve --step without the page says that it needs one', () => {
    const { status, stderr } = run('serve', '--port', '0', '--step', '--no-page');
    expect(stderr).toBe(
      'loopscope: --step without the page needs a terminal, for its keys and for its screen\n',
    );
    expect(status).toBe(1);
  });
});
