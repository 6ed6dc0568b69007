/**
 * nginx and haproxy, started with a configuration of the guide: other ports, other files, nothing else.
 * @module
 */

import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificate } from './certificate.js';
import { until } from './patience.js';
import { freePort, isOpen } from './ports.js';

const GUIDE = new URL('../../docs/behind-a-proxy.md', import.meta.url);
/** Debian puts them where only root looks. */
const PATH = `${process.env.PATH ?? ''}:/usr/sbin:/usr/local/sbin`;
const ENV = { ...process.env, PATH };

/** Whether a program can be run. */
export function has(program: string): boolean {
  return spawnSync(program, ['-v'], { env: ENV, stdio: 'ignore' }).error === undefined;
}

/** The configuration of the guide for one of them, as it stands there. */
export function configuration(program: 'nginx' | 'haproxy'): string {
  const guide = readFileSync(GUIDE, 'utf8').replaceAll('\r\n', '\n');
  const [, block] =
    new RegExp(`\n## ${program}\n.*?\`\`\`\\w+\n(.*?)\`\`\``, 's').exec(guide) ?? [];
  if (block === undefined) throw new Error(`the guide has no configuration of ${program}`);
  return block;
}

/** A proxy that runs. */
export interface RunningProxy {
  readonly port: number;
  /** The certificate that it shows, signed by itself. */
  readonly certificate: string;
}

/** Proxies, and their folders, that end together. */
export class Proxies {
  readonly #children: ChildProcess[] = [];
  readonly #folders: string[] = [];

  /** Starts nginx in front of a room. */
  async nginx(config: string, roomPort: number): Promise<RunningProxy> {
    const { folder, port, certificate } = await this.#prepare();
    const server = config
      .replace('listen 443', `listen 127.0.0.1:${port}`)
      .replace('127.0.0.1:8080', `127.0.0.1:${roomPort}`)
      .replaceAll('/etc/ssl/', `${folder}/`);
    const kinds = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];
    const places = kinds.map((kind) => `${kind}_temp_path ${folder}/${kind};`).join('\n');
    const main = `daemon off; master_process off; pid ${folder}/pid; error_log stderr;
events {}
http { access_log off;\n${places}\n${server} }\n`;
    writeFileSync(join(folder, 'conf'), main);
    await this.#start('nginx', ['-p', folder, '-e', 'stderr', '-c', join(folder, 'conf')], port);
    return { port, certificate };
  }

  /** Starts haproxy in front of a room; it looks every 20 ms whether that is alive. */
  async haproxy(config: string, roomPort: number): Promise<RunningProxy> {
    const { folder, port, certificate } = await this.#prepare();
    const text = config
      .replace('bind :443', `bind 127.0.0.1:${port}`)
      .replace('127.0.0.1:8080 check', `127.0.0.1:${roomPort} check inter 20`)
      .replaceAll('/etc/ssl/', `${folder}/`);
    writeFileSync(join(folder, 'conf'), text);
    await this.#start('haproxy', ['-db', '-f', join(folder, 'conf')], port);
    return { port, certificate };
  }

  /** Ends them all. */
  async end(): Promise<void> {
    for (const child of this.#children.splice(0)) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const gone = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await gone;
    }
    for (const folder of this.#folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  }

  async #prepare(): Promise<RunningProxy & { folder: string }> {
    const folder = mkdtempSync(join(tmpdir(), 'loopscope-proxy-'));
    this.#folders.push(folder);
    const { cert: certificate, key } = makeCertificate(folder, 'class.example');
    writeFileSync(join(folder, 'class.example.both.pem'), certificate + key);
    return { folder, port: await freePort(), certificate };
  }

  /** Starts one, and waits until it listens. */
  async #start(program: string, args: string[], port: number): Promise<void> {
    const child = spawn(program, args, { env: ENV, stdio: ['ignore', 'ignore', 'pipe'] });
    this.#children.push(child);
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += String(chunk);
    });
    const answers = async (): Promise<true | undefined> => {
      if (child.exitCode !== null) throw new Error(`${program} ended: ${said}`);
      return (await isOpen(port)) || undefined;
    };
    await until(answers, () => `${program} does not listen: ${said}`);
  }
}
