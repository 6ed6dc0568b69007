import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { examine, type Finding } from '../../src/cli/doctor.js';
import { causeIn } from '../../src/cli/doctor-typescript.js';
import { NodeNet } from '../../src/net/node.js';
import { doctor } from '../../src/texts/doctor.en.js';
import { speaker } from '../../src/texts/say.js';
import { runIn } from '../support/command.js';

const say = speaker({ en: doctor });

afterEach(() => vi.unstubAllEnvs());

/** What was found, by name. */
async function found(port = 0): Promise<Map<string, Finding>> {
  const findings = await examine([{ port, of: 'room', option: '--port' }]);
  return new Map(findings.map((finding) => [finding.name, finding]));
}

describe('loopscope doctor', () => {
  test('finds this Node good enough', async () => {
    expect((await found()).get('Node')).toMatchObject({ state: 'ok', seen: process.version });
  });

  test('says of a port that is taken how to choose another', async () => {
    const net = new NodeNet();
    const listener = await net.listen({ host: '127.0.0.1', port: 0 });
    const { port } = net.getsockname(listener);
    const busy = (await found(port)).get(`port ${port}`);
    net.close(listener);
    expect(busy).toMatchObject({ state: 'none', seen: 'busy: a program listens there' });
    expect(busy?.purpose).toBe('choose another for the room: --port N');
  });

  test('gives a port back that it tried', async () => {
    const net = new NodeNet();
    const listener = await net.listen({ host: '127.0.0.1', port: 0 });
    const { port } = net.getsockname(listener);
    net.close(listener);
    expect((await found(port)).get(`port ${port}`)).toMatchObject({ state: 'ok', seen: 'free' });
    net.close(await net.listen({ host: '127.0.0.1', port }));
  });

  test('says what it is for where a program is not there', async () => {
    vi.stubEnv('PATH', '');
    vi.stubEnv('LOOPSCOPE_PHP', '');
    vi.stubEnv('LOOPSCOPE_CHROMIUM', '');
    const findings = await found();
    expect(findings.get('PHP')).toMatchObject({ state: 'none', seen: 'not found' });
    expect(findings.get('strace')).toMatchObject({ state: 'none', seen: 'not found' });
  });

  test.each([
    ['PHP', 'LOOPSCOPE_PHP'],
    ['Chromium', 'LOOPSCOPE_CHROMIUM'],
  ])('says when the %s that %s names is not there', async (name, variable) => {
    vi.stubEnv(variable, '/no/such/program');
    const finding = (await found()).get(name);
    expect(finding?.state).toBe('none');
    expect(finding?.seen).toContain('/no/such/program');
  });

  test('runs a line of TypeScript as lessons do, and as tools do', async () => {
    const findings = await found();
    expect(findings.get('lessons')).toMatchObject({ state: 'ok' });
    expect(findings.get('tsx')).toMatchObject({ state: 'ok' });
  });

  test('says that tools do not run where esbuild has no binary that runs, and that lessons do', () => {
    vi.stubEnv('ESBUILD_BINARY_PATH', fileURLToPath(import.meta.url)); // a file that is no program
    const { status, stdout } = runIn('.', 'doctor');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^ok {4}lessons /m);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).toMatch(
      /^none {2}tsx .*\n( {20}.*\n)*? {20}only examples and tools need it; npm ci/m,
    );
  });

  test.each([
    'Error: The package "@esbuild/linux-x64" could not be found, and is needed by esbuild.',
    'Specifically the "@esbuild/darwin-arm64" package is present but this platform\nneeds the "@esbuild/linux-x64" package instead.',
  ])('names the binary that is missing: %s', (line) => {
    expect(causeIn(`node:internal/x:1\n  ^\n\n${line}\n    at a\n`, say)).toBe(
      '@esbuild/linux-x64 is missing: copied from another system?',
    );
  });

  test('names any other cause by its line', () => {
    const printed =
      "node:internal/x:1\n  ^\n\nError [ERR_X]: Cannot find package 'sucrase'\n    at a\n";
    expect(causeIn(printed, say)).toBe("Error [ERR_X]: Cannot find package 'sucrase'");
  });

  test('as it is built, finds nothing to mend in a healthy clone, in 80 columns', () => {
    const { status, stdout, stderr } = runIn('.', 'doctor');
    expect({ status, stderr }, stdout).toEqual({ status: 0, stderr: '' });
    expect(stdout).not.toContain('MEND');
    expect(stdout).toMatch(/^ok {4}lessons {7}a line of TypeScript runs$/m);
    expect(stdout).toMatch(/^ok {4}tsx {11}a line of TypeScript runs$/m);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(stdout).toMatch(/^ok {4}Node {10}v\d+/m);
  });
});
