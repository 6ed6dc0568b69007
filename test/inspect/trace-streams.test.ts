import { describe, expect, test } from 'vitest';
import { inspect } from '../../src/inspect/inspect.js';
import { streamsInFile } from '../../src/inspect/streams.js';
import type { TraceEvent } from '../../src/trace/event.js';
import { formatMaker } from '../../src/trace/maker.js';
import { formatEvent } from '../../src/trace/ndjson.js';
import { hex, utf8 } from '../support/bytes.js';

const PAGE = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';
const ASK =
  'GET /chat HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n' +
  'Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n';
const GRANT =
  'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n' +
  'Sec-WebSocket-Extensions: permessage-deflate\r\n' +
  'Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n';
const DENY = 'HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\nno';

/** A trace of the tap: who says what, in turn; `>` begins what the client sends, `<` what the server does. */
function tapTrace(...said: [who: '>' | '<', bytes: string | Uint8Array][]): Uint8Array {
  const accept = { step: 'accept', listener: 3, fd: 4, host: '127.0.0.1', port: 5 };
  const steps = said.map(([who, what]) => {
    const bytes = typeof what === 'string' ? utf8(what) : what;
    return who === '>' ? { step: 'recv', fd: 4, bytes } : { step: 'broadcast', to: [4], bytes };
  });
  const maker = { program: 'loopscope', profile: 'tap', clock: 'real', recorder: 'tap' } as const;
  const lines = [accept, ...steps].map((step, seq) =>
    formatEvent({ v: 1, seq, turn: 0, t: 0, ...step } as TraceEvent),
  );
  return utf8(`${[formatMaker(maker).trimEnd(), ...lines].join('\n')}\n`);
}

/** What is read of it. */
function read(trace: Uint8Array) {
  return streamsInFile(trace).streams.map(({ bytes, note, options }) => {
    const { handshakes, frames } = inspect(bytes, options);
    return {
      note,
      texts: frames.map(({ payload }) => payload.text),
      heads: handshakes.map(({ acceptOk }) => acceptOk),
      problems: [...handshakes, ...frames].flatMap(({ problems }) => problems),
    };
  });
}

describe('a trace of the tap', () => {
  const frames: ['>' | '<', Uint8Array][] = [
    ['>', hex('c187 00000000 f248cdc9c90700')],
    ['<', hex('8102 4869')],
  ];

  test('holds both directions, the handshake too, whose key the answer is held to', () => {
    const nothing = { note: undefined, problems: [] };
    expect(read(tapTrace(['>', ASK], ['<', GRANT], ...frames))).toEqual([
      { ...nothing, texts: ['Hello'], heads: [null] },
      { ...nothing, texts: ['Hi'], heads: [true] },
    ]);
  });

  test('has plain HTTP in front of the upgrade left out, and says so', () => {
    const page = 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\npage';
    const trace = tapTrace(
      ['>', PAGE],
      ['<', page],
      ['>', ASK],
      ['<', DENY],
      ['>', ASK],
      ['<', GRANT],
    );
    expect(read(trace)).toMatchObject([
      {
        heads: [null],
        problems: [],
        note: expect.stringMatching(/^\d+ bytes left out in front.*2 exchanges/),
      },
      {
        heads: [true],
        problems: [],
        note: expect.stringMatching(/^\d+ bytes left out in front.*2 exchanges/),
      },
    ]);
    expect(
      read(tapTrace(['>', PAGE], ['<', page], ['>', ASK], ['<', GRANT], ...frames)),
    ).toMatchObject([{ texts: ['Hello'] }, { texts: ['Hi'] }]);
  });

  test('of a request that was turned away ends with the answer', () => {
    const [client, server] = read(tapTrace(['>', ASK], ['<', DENY], ['>', PAGE]));
    expect(client).toMatchObject({ heads: [null], texts: [], problems: [] });
    expect(server).toMatchObject({ texts: [], problems: [{ code: 'bad-handshake' }] });
    expect(server?.note).toMatch(/^2 bytes left out behind the head, of plain HTTP/);
  });
});
