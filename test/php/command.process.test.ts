import { describe, expect, test } from 'vitest';
import { shellWordOf, startCommand, wordsOf } from '../../src/php/command.js';
import { sendSignal } from '../../src/php/process.js';
import { statOf } from '../../src/php/processes.js';
import { Failure } from '../../src/terminal/failure.js';

const NODE = `"${process.execPath}"`;
/** Listens on the port of its first argument, in a child of its own, and prints both their numbers. */
const GRANDCHILD = `const { spawn } = require('node:child_process');
if (process.argv[2] === 'child') require('node:net').createServer().listen(process.argv[1]);
else {
  const child = spawn(process.execPath, ['-e', process.argv[3], process.argv[1], 'child'], { stdio: 'ignore' });
  console.log(process.pid, child.pid);
}`;

describe('a command', () => {
  test.each([
    ['python3 server.py {port}', ['python3', 'server.py', '{port}']],
    ['  a  "b c" \'d "e\' f""g ', ['a', 'b c', 'd "e', 'fg']],
    ['C:\\bin\\x.exe --port={port}', ['C:\\bin\\x.exe', '--port={port}']],
    ['a "b', null],
    ['a \'b" c', null],
  ])('%s is the words %o', (command, words) => {
    expect(wordsOf(command)).toEqual(words);
  });

  test.each([
    ['cd /tmp && server {port}', '&&'],
    ['server {port} | cat', '|'],
    ['server {port} >log', '>log'],
    ['server {port} 2>&1', '2>&1'],
    ['sh -c "cd /tmp && server {port} >log"', null],
    ["server {port} '>' a>b", null],
  ])('%s has for a shell %o', (command, word) => {
    expect(shellWordOf(command)).toBe(word);
  });

  test.skipIf(process.platform === 'win32')(
    'that listens in a child of its own is found, and all of it is ended (skipped on Windows)',
    async () => {
      const script = GRANDCHILD.replaceAll('\n', ' ').replaceAll("'", '`');
      const server = await startCommand(`${NODE} -e '${script}' {port} parent '${script}'`);
      expect(server.address.port).toBeGreaterThan(0);
      const pids = server.lastWords().split(' ').map(Number);
      expect(pids).toHaveLength(2);
      await server.stop();
      // one that nobody waits for in a container stays in the table as Z
      const runs = (pid: number) => sendSignal(pid, 0) && statOf(String(pid))?.state !== 'Z';
      expect(pids.filter(runs)).toEqual([]);
    },
  );

  test.skipIf(process.platform !== 'linux')(
    'ends with who has left its group, too (needs /proc)',
    async () => {
      const leaves =
        'const { spawn } = require(`node:child_process`); const child = spawn(process.execPath, [`-e`, `setInterval(() => 0, 1e6)`], { detached: true, stdio: `ignore` }); child.unref(); require(`node:net`).createServer().listen(process.argv[1]); console.log(child.pid);';
      const server = await startCommand(`${NODE} -e '${leaves}' {port}`);
      const pid = Number(server.lastWords());
      expect(sendSignal(pid, 0)).toBe(true);
      await server.stop();
      expect(sendSignal(pid, 0) && statOf(String(pid))?.state !== 'Z').toBe(false);
    },
  );

  test.skipIf(process.platform !== 'linux')(
    'that listens elsewhere is told where (needs /proc)',
    async () => {
      const elsewhere = 'require(`node:net`).createServer().listen(0, `127.0.0.1`)';
      await expect(
        startCommand(`${NODE} -e '${elsewhere}' {port}`, { timeoutMs: 1_500 }),
      ).rejects.toThrow(
        /listens on port \d+, and not on \d+: does it take the number that stands for \{port\}\?$/,
      );
    },
  );

  test('that never listens is one line with its last words, and is ended', async () => {
    const started = startCommand(
      `${NODE} -e "setInterval(console.log, 1e6, console.log('sleepy'))" {port}`,
      { timeoutMs: 1_500 },
    );
    const failure = await started.then(
      () => null,
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(Failure);
    expect((failure as Failure).message).toMatch(/ did not listen on port \d+ within 1.5 s/);
  });
});
