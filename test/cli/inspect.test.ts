import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as v from 'valibot';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { joinBytes } from '../../src/bytes.js';
import { inspectSchema, lineSchema } from '../../src/inspect/schema.js';
import { Failure } from '../../src/terminal/failure.js';
import { inspectCommand } from '../../src/terminal/inspect.js';
import { hex, utf8 } from '../support/bytes.js';
import { packetOf, pcap, pcapng, segment } from '../support/pcap.js';

let out = '';
let folder = '';

beforeEach(() => {
  out = '';
  folder = mkdtempSync(join(tmpdir(), 'inspect-'));
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += text;
    return true;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
  process.exitCode = undefined;
});

/** Writes a file, inspects it, and gives the payload texts. */
async function textsIn(content: string | Uint8Array): Promise<unknown[]> {
  const file = join(folder, 'input');
  writeFileSync(file, content);
  await inspectCommand(file, { role: 'auto', format: 'json' });
  const { frames } = JSON.parse(out);
  return frames.map(({ payload }: { payload: { text?: string } }) => payload.text);
}

describe('loopscope inspect', () => {
  test('explains hex, and exits with 0', async () => {
    await inspectCommand(undefined, {
      hex: '818537fa213d7f9f4d5158',
      role: 'auto',
      format: 'text',
    });
    expect(out).toContain('Frame at byte 0, 11 bytes from the client: text, masked');
    expect(out).toContain('0x7f XOR 0x37 (byte 0 of the key) is 0x48, "H".');
    expect(process.exitCode).toBeUndefined();
    for (const line of out.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
  });

  test('exits with 1 for a problem, which a mark shows beside the colour', async () => {
    await inspectCommand(undefined, { hex: '817e000568656c6c6f', role: 'auto', format: 'text' });
    expect(out).toContain('! length-not-shortest, close code 1002 (RFC 6455 5.2)');
    expect(process.exitCode).toBe(1);
  });

  test('tells each frame on a line of NDJSON, with all of its spans, in the form of its schema', async () => {
    const file = join(folder, 'input');
    const frames = Array.from({ length: 30_000 }, (_, i) =>
      hex(`8202 ${i % 2 === 0 ? '0001' : '0100'}`),
    );
    writeFileSync(file, joinBytes([...frames, hex('8105 48')]));
    await inspectCommand(file, { role: 'auto', format: 'ndjson' });
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    for (const line of [...lines.slice(0, 50), ...lines.slice(-50)]) v.parse(lineSchema, line);
    expect(lines.map(({ kind }) => kind).filter((kind, i, all) => kind !== all[i - 1])).toEqual([
      'stream',
      'frame',
      'rest',
      'end',
    ]);
    expect(lines[30_000].spans.at(-1)).toMatchObject({ field: 'payload', start: 119_998 });
    expect(lines.at(-1)).toEqual({ kind: 'end', stream: 0, frames: 30_000, problems: 0 });
  });

  test('says that an empty file is one, and exits with 2', async () => {
    const file = join(folder, 'input');
    writeFileSync(file, '');
    const run = inspectCommand(file, { role: 'auto', format: 'text' });
    await expect(run).rejects.toThrow(/input is empty: there are no bytes to explain$/);
    await expect(run).rejects.toMatchObject({ exitCode: 2 });
  });

  test.skipIf(process.platform === 'win32')(
    'tells the beginning of a device without an end',
    async () => {
      await inspectCommand('/dev/zero', { role: 'auto', format: 'text' });
      expect(out).toMatch(
        /^Only the first 4,194,304 bytes are told here; --format ndjson tells all/m,
      );
      expect(out.length).toBeLessThan(5_000);
    },
  );

  test('reads base64', async () => {
    await inspectCommand(undefined, { base64: 'gQVIZWxsbw==', role: 'auto', format: 'json' });
    expect(JSON.parse(out).frames[0].payload.text).toBe('Hello');
  });

  test.each([
    [undefined, {}],
    ['file', { hex: '81' }],
    [undefined, { hex: '8' }],
    [undefined, { base64: '?' }],
    [undefined, { hex: '8100', raw: true }],
    ['/no/such/file', {}],
  ])('exits with 2 for wrong usage: %s %o', async (file, options) => {
    const run = () => inspectCommand(file, { ...options, role: 'auto', format: 'text' });
    await expect(run()).rejects.toThrow(Failure);
    await expect(run()).rejects.toMatchObject({ exitCode: 2 });
  });

  test.each([
    ['raw bytes', Uint8Array.of(0x81, 5, 0x48, 0x65, 0x6c, 0x6c, 0x6f)],
    ['hex', '8105 4865 6c6c 6f\n'],
    ['base64', 'gQVIZWxsbw==\n'],
    ['xxd', '00000000: 8105 4865 6c6c 6f                        ..Hello\n'],
    ['xxd -g1', '00000000: 81 05 48 65 6c 6c 6f                             ..Hello\n'],
    [
      'hexdump -C',
      '00000000  81 05 48 65 6c 6c 6f                              |..Hello|\n00000007\n',
    ],
    ['Wireshark', '0000   81 05 48 65 6c 6c 6f                              ..Hello\n'],
    ['a list of C', '{ 0x81, 0x5, 0x48, 0x65, 0x6c, 0x6c, 0x6f }'],
    ['an escaped string', '"\\x81\\x05\\x48\\x65\\x6c" \\\n"\\x6c\\x6f"'],
    ['colons', '81:05:48:65:6c:6c:6f'],
  ])('reads %s', async (_, content) => {
    expect(await textsIn(content)).toEqual(['Hello']);
  });

  test('reads a dump of several lines whose letters look like hex', async () => {
    const text = 'abcdefabcdefabcdefab';
    const hex = `8114${Buffer.from(text).toString('hex')}`;
    const line = (at: number, letters: string) => {
      const bytes = hex.slice(at * 2, at * 2 + 32).replace(/..(?!$)/g, '$& ');
      return `${at.toString(16).padStart(8, '0')}: ${bytes.padEnd(48)} ${letters}\n`;
    };
    expect(await textsIn(line(0, `..${text.slice(0, 14)}`) + line(16, text.slice(14)))).toEqual([
      text,
    ]);
  });

  test('reads a trace: every connection, both directions, with the pieces as they came', async () => {
    const file = new URL('../recordings/two-clients-seed-7.ndjson', import.meta.url).pathname;
    await inspectCommand(file, { role: 'auto', format: 'json' });
    const { streams } = JSON.parse(out);
    expect(streams.map(({ name }: { name: string }) => name.replace(/fd \d+/, 'fd'))).toEqual([
      'connection 0, fd, from the client',
      'connection 0, fd, from the server',
      'connection 1, fd, from the client',
      'connection 1, fd, from the server',
    ]);
    expect(streams[0].inspection.handshakes[0].problems).toEqual([]);
    expect(streams[0].note).toBeUndefined();
    expect(streams[1].note).toContain('only what the server broadcast');
    v.parse(inspectSchema, JSON.parse(out));
    expect(process.exitCode).toBeUndefined();
  });

  test('says under the name what a stream lacks, in 80 columns', async () => {
    const file = new URL('../recordings/two-clients-seed-7.ndjson', import.meta.url).pathname;
    await inspectCommand(file, { role: 'auto', format: 'text' });
    const lines = out.split('\n');
    const name = lines.findIndex((line) => line.includes('from the server =='));
    expect(lines[name + 1]).toBe(
      'A trace holds only what the server broadcast, and no other bytes that it sent:',
    );
    for (const line of lines.slice(name + 1)) expect(line.length).toBeLessThanOrEqual(100);
  });

  test('says which form it took, in text, in JSON and on the page', async () => {
    const file = join(folder, 'input');
    writeFileSync(file, "b'\\x81\\x04beef'\n");
    await inspectCommand(file, { role: 'auto', format: 'text' });
    expect(out).toMatch(/^Read as bytes of Python\.\nFrame at byte 0, 6 bytes/);
    out = '';
    await inspectCommand(file, { role: 'auto', format: 'json' });
    expect(JSON.parse(out)).toMatchObject({
      form: 'python',
      frames: [{ payload: { text: 'beef' } }],
    });
    v.parse(inspectSchema, JSON.parse(out));
    out = '';
    await inspectCommand(file, { role: 'auto', format: 'html' });
    expect(out).toContain('<p class="note">Read as bytes of Python.</p>');
  });

  test('exits with 2 for text in no form that is known, and says which are', async () => {
    const file = join(folder, 'input');
    writeFileSync(file, 'hello world\n');
    const run = () => inspectCommand(file, { role: 'auto', format: 'text' });
    await expect(run()).rejects.toThrow(
      /input: this is text, in none of the forms .* hex, base64, .*; --raw takes/,
    );
    await expect(run()).rejects.toMatchObject({ exitCode: 2 });
    expect(out).toBe('');
  });

  test('reads a trace that was cut as far as it is whole, and says how far that is', async () => {
    const trace = new URL('../recordings/two-clients-seed-7.ndjson', import.meta.url);
    const file = join(folder, 'input');
    writeFileSync(file, readFileSync(trace).subarray(0, 9_000));
    await inspectCommand(file, { role: 'auto', format: 'json' });
    const { streams, notes } = JSON.parse(out);
    expect(streams.length).toBeGreaterThan(1);
    expect(notes).toEqual([expect.stringMatching(/^trace line \d+: .*; the \d+ events before/)]);
  });

  test('takes text that is hex or base64 as it is with --raw', async () => {
    const text = utf8('8105');
    const file = join(folder, 'input');
    writeFileSync(file, text);
    await inspectCommand(file, { role: 'auto', format: 'json', raw: true });
    expect(JSON.parse(out).frames[0]).toMatchObject({ offset: 0, header: { opcode: 8 } });
  });

  describe('of a capture', () => {
    const hello = [
      segment({ syn: true }),
      segment({ sequence: 1, payload: utf8('GET / HTTP/1.1\r\nUpgrade: websocket\r\n\r\n') }),
      segment({ sequence: 39, payload: hex('8182 00000000 4869') }),
    ].map((one) => packetOf(one));
    const other = packetOf(segment({ from: '10.0.0.3:50000', payload: utf8('SSH-2.0') }));

    const NO_SERVER =
      'Connection 0, 10.0.0.1:50000 to 10.0.0.2:8080, from the server: the capture has no byte of it.';

    /** Inspects a capture as JSON. */
    async function streamsIn(content: Uint8Array) {
      const file = join(folder, 'input');
      writeFileSync(file, content);
      await inspectCommand(file, { role: 'auto', format: 'json' });
      v.parse(inspectSchema, JSON.parse(out));
      return JSON.parse(out);
    }

    test.each([
      ['pcap', pcap],
      ['pcapng', pcapng],
    ])('reads %s', async (_, write) => {
      const { streams, notes } = await streamsIn(write(hello));
      expect(streams).toHaveLength(1);
      expect(streams[0].name).toBe(
        'connection 0, 10.0.0.1:50000 to 10.0.0.2:8080, from the client',
      );
      expect(streams[0].inspection.frames[0].payload.text).toBe('Hi');
      expect(notes).toEqual([NO_SERVER]);
    });

    test('notes what was cut and what is not explained', async () => {
      const file = pcap([...hello, other, other]);
      expect((await streamsIn(file.subarray(0, -1))).notes).toEqual([
        'The file ends in the middle of packet 5.',
        NO_SERVER,
        '1 connection left out, begun before the capture and not seen to be of WebSocket: 10.0.0.3:50000 to 10.0.0.2:8080.',
      ]);
      out = '';
      await inspectCommand(join(folder, 'input'), { role: 'auto', format: 'text' });
      expect(out).toMatch(/^The file ends in the middle of packet 5\.\nConnection 0, /);
    });

    test.each([
      [
        pcap([other]),
        /: no WebSocket stream in this capture\. 1 connection left out, begun before the capture/,
      ],
      [pcap([]).subarray(0, 10), /input: the pcap file ends in its header, after 10 bytes of 24$/],
    ])('exits with 2 when there is nothing to explain: %#', async (content, message) => {
      await expect(streamsIn(content)).rejects.toThrow(message);
      await expect(streamsIn(content)).rejects.toThrow(Failure);
    });

    test('is read out of gzip, as far as that is whole', async () => {
      const packed = gzipSync(pcap(hello));
      expect((await streamsIn(packed)).streams).toHaveLength(1);
      out = '';
      expect((await streamsIn(packed.subarray(0, -6))).streams).toHaveLength(1);
      await expect(streamsIn(hex('1f8b ffff'))).rejects.toThrow(/^cannot unpack .*input: /);
    });

    test.each([
      ['snoop', utf8('snoop\0\0\0\0\0\0\u0002'), /capture of snoop: make a pcap/],
      [
        'HAR',
        utf8('{"log":{"entries":[{"data":"h\\u00e9"}]}}'),
        /this is a HAR without a WebSocket/,
      ],
    ])('is named where it is one of %s', async (_, file, message) => {
      await expect(streamsIn(file)).rejects.toThrow(message);
    });

    test('says when each frame came, and how long after the one before', async () => {
      const request = utf8('GET / HTTP/1.1\r\nUpgrade: websocket\r\nSec-WebSocket-Key: a\r\n\r\n');
      const two = [
        request,
        joinBytes([hex('8182 00000000'), utf8('Hi')]),
        joinBytes([hex('8182 00000000'), utf8('Ho')]),
      ].map((payload, i) =>
        packetOf(segment({ sequence: i === 0 ? 1 : 1 + request.length + (i - 1) * 8, payload })),
      );
      const { streams } = await streamsIn(pcap(two));
      expect(streams[0].inspection.frames.map(({ time }: { time: unknown }) => time)).toEqual([
        { at: '2023-11-14T22:13:21.000001Z', after: '1.000001' },
        { at: '2023-11-14T22:13:22.000002Z', after: '1.000001' },
      ]);
      out = '';
      await inspectCommand(join(folder, 'input'), { role: 'auto', format: 'text' });
      expect(out.replace(/\n */g, ' ')).toContain(
        'It came at 2023-11-14T22:13:22.000002Z, 1.000001 s after the one before.',
      );
      out = '';
      await inspectCommand(join(folder, 'input'), { role: 'auto', format: 'html' });
      expect(out).toContain('2023-11-14T22:13:22.000002Z, 1.000001 s after the one before.');
    });

    test('takes its bytes for frames with --raw', async () => {
      const file = join(folder, 'input');
      writeFileSync(file, pcap(hello));
      await inspectCommand(file, { role: 'auto', format: 'json', raw: true });
      expect(JSON.parse(out).frames[0].header.opcode).toBe(4);
    });
  });
});
