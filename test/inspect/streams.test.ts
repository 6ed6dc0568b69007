import { describe, expect, test } from 'vitest';
import { toHex } from '../../src/bytes.js';
import { CaptureError } from '../../src/inspect/capture.js';
import { streamsInFile } from '../../src/inspect/streams.js';
import { textFrame } from '../../src/scenario/build.js';
import { SCENARIOS } from '../../src/scenario/shipped.js';
import { simulate } from '../../src/scenario/simulate.js';
import { formatEvent, TraceError } from '../../src/trace/ndjson.js';
import { utf8 } from '../support/bytes.js';
import { packetOf, pcap, segment } from '../support/pcap.js';

const HELLO = textFrame('Hello');
const bytesOf = (text: string): Uint8Array => utf8(text);

describe('the streams of a file', () => {
  test.each([
    ['bytes', HELLO],
    ['hex', bytesOf('81 85 37 fa 21 3d\n7f 9f 4d 51 58\n')],
    ['base64', bytesOf('gYU3+iE9f59NUVg=')],
  ])('are one, of %s', (_, file) => {
    const { streams, notes } = streamsInFile(file, 'client');
    expect(streams.map(({ bytes }) => toHex(bytes))).toEqual([toHex(HELLO)]);
    expect(streams[0]?.options).toEqual({ role: 'client' });
    expect(notes).toEqual([]);
  });

  test('a request that looks like a word is not taken for base64', () => {
    const request = bytesOf('GET / HTTP/1.1\r\n\r\n');
    expect(streamsInFile(request).streams[0]?.bytes).toEqual(request);
  });

  test('a capture has those of its connections', () => {
    const file = pcap([packetOf(segment({ payload: HELLO }))]);
    const { streams } = streamsInFile(file);
    expect(streams).toHaveLength(1);
    expect(streams[0]?.bytes).toEqual(HELLO);
    expect(() => streamsInFile(Uint8Array.of(0xa1, 0xb2, 0xc3, 0xd4, 0, 9, 0, 0))).toThrow(
      CaptureError,
    );
  });

  test('a trace has two for each connection, and says what is not in it', async () => {
    const scenario = SCENARIOS.get('two-clients');
    if (scenario === undefined) throw new Error('bug: two-clients is not shipped');
    const { events } = await simulate(scenario);
    const { streams } = streamsInFile(bytesOf(events.map(formatEvent).join('\n')));
    expect(streams.map(({ name }) => name)).toEqual([
      'connection 0, fd 4, from the client',
      'connection 0, fd 4, from the server',
      'connection 1, fd 5, from the client',
      'connection 1, fd 5, from the server',
    ]);
    expect(streams.map(({ note }) => note !== undefined)).toEqual([false, true, false, true]);
    expect(() => streamsInFile(bytesOf('{"v":1,"seq":0}'))).toThrow(TraceError);
  });
});
