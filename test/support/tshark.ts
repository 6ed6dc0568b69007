/**
 * Wireshark's own reading of a capture, to hold ours against, and dumpcap that captures on the loopback.
 * @module
 */

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { findProgram } from '../../src/serve/programs.js';

const run = promisify(execFile);

/** What to say where a test is skipped. */
export const NO_TSHARK = 'no tshark here: install it to hold the inspector against it';

/** Whether it is missing. */
export const isTsharkMissing = findProgram('tshark') === null || findProgram('dumpcap') === null;

/** A frame, field by field; bytes in hex. */
export interface PlainFrame {
  readonly fin: boolean;
  /** RSV1 to RSV3, RSV1 the highest bit. */
  readonly rsv: number;
  readonly opcode: number;
  readonly masked: boolean;
  readonly maskingKey: string | null;
  readonly payloadLength: number;
  /** Unmasked, and inflated where it was compressed. */
  readonly payload: string;
}

/** Frames by who sent them: `127.0.0.1:50000`. */
export type FramesBySender = Record<string, PlainFrame[]>;

/**
 * The frames that tshark finds in a capture.
 *
 * @param file its path
 */
export async function tsharkFrames(file: string): Promise<FramesBySender> {
  const options = ['-o', 'tcp.reassemble_out_of_order:TRUE', '-n', '-Y', 'websocket'];
  const form = ['-T', 'pdml', '-J', 'ip ipv6 tcp websocket data'];
  const { stdout } = await run('tshark', ['-r', file, ...options, ...form], { maxBuffer: 1 << 28 });
  const frames: FramesBySender = {};
  for (const packet of stdout.split('<packet>').slice(1)) {
    const [head = '', ...protos] = packet.split('<proto name="websocket"');
    const host = /.*name="ip(?:v6)?\.src" [^>]*show="([^"]*)"/s.exec(head)?.[1] ?? '';
    const port = /.*name="tcp\.srcport" [^>]*show="(\d+)"/s.exec(head)?.[1];
    const from = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
    frames[from] = [...(frames[from] ?? []), ...protos.map(frameIn)];
  }
  return frames;
}

function frameIn(proto: string): PlainFrame {
  const shown = (name: string) =>
    RegExp(`name="websocket.${name}" [^>]*show="([^"]*)"`).exec(proto);
  const number = (name: string) => Number(shown(name)?.[1] ?? 0);
  const length16 = shown('payload_length_ext_16') ?? shown('payload_length_ext_64');
  return {
    fin: number('fin') === 1,
    rsv: number('rsv'),
    opcode: number('opcode'),
    masked: number('mask') === 1,
    maskingKey: shown('masking_key')?.[1]?.replaceAll(':', '') ?? null,
    payloadLength: Number((length16 ?? shown('payload_length'))?.[1]),
    payload: payloadIn(proto),
  };
}

/** What a Close frame says comes in two fields. */
function payloadIn(proto: string): string {
  const code = /name="websocket\.payload\.close\.status_code" [^>]*value="([0-9a-f]*)"/.exec(proto);
  const reason = /name="websocket\.payload\.close\.reason" [^>]*value="([0-9a-f]*)"/.exec(proto);
  if (code !== null) return `${code[1]}${reason?.[1] ?? ''}`;
  const named =
    /name="websocket\.payload\.(?:text|continue|ping|pong|unknown)" [^>]*value="([0-9a-f]*)"/;
  const data = /<field name="data" value="([0-9a-f]*)"/;
  return (named.exec(proto) ?? data.exec(proto))?.[1] ?? '';
}

/** dumpcap, while it captures. */
export class Dumpcap {
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess) {
    this.#process = process;
  }

  /**
   * Captures what goes to and from a port of the loopback.
   *
   * @returns null where it may not
   */
  static async start(port: number, file: string): Promise<Dumpcap | null> {
    const loopback = process.platform === 'linux' ? 'lo' : 'lo0';
    const args = ['-q', '-i', loopback, '-f', `tcp port ${port}`, '-w', file];
    const child = spawn('dumpcap', args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    return new Promise((resolve) => {
      child.stderr.on('data', (text) => {
        said += text;
        if (/^File: /m.test(said)) resolve(new Dumpcap(child)); // it captures
      });
      child.once('exit', () => resolve(null));
      child.once('error', () => resolve(null));
    });
  }

  /** Ends it; what came before is in the file. */
  async stop(): Promise<void> {
    const gone = once(this.#process, 'exit');
    this.#process.kill('SIGINT');
    await gone;
  }
}
