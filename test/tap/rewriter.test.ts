import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromUtf8Lossy, joinBytes } from '../../src/bytes.js';
import { RequestRewriter } from '../../src/tap/rewriter.js';
import { hex, utf8 } from '../support/bytes.js';
import { cutAt } from '../support/cuts.js';

const SERVER = { host: 'chat.example:8443', target: '/room?a=b' };

/** What goes on of some bytes, in pieces. */
function rewritten(pieces: readonly Uint8Array[], server = SERVER): Uint8Array {
  const rewriter = new RequestRewriter(server);
  return joinBytes([...pieces.map((piece) => rewriter.take(piece)), rewriter.end()]);
}

const asText = (text: string, server?: typeof SERVER): string =>
  fromUtf8Lossy(rewritten([utf8(text)], server));

describe('requests on their way to a server with a name', () => {
  test('name it in Host and Origin, and every other byte stays', () => {
    const said =
      'GET / HTTP/1.1\r\nhost:  127.0.0.1:9000\r\nX-Host: 127.0.0.1:9000\r\n' +
      'ORIGIN: http://127.0.0.1:9000\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n';
    expect(asText(said)).toBe(
      'GET /room?a=b HTTP/1.1\r\nhost:  chat.example:8443\r\nX-Host: 127.0.0.1:9000\r\n' +
        'ORIGIN: https://chat.example:8443\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
  });

  test.each([
    ['GET /x HTTP/1.1\r\n\r\n', 'GET /x HTTP/1.1\r\n\r\n'],
    ['GET /?q HTTP/1.1\r\n\r\n', 'GET /?q HTTP/1.1\r\n\r\n'],
    [
      '\r\nGET / HTTP/1.0\r\nHost:\r\n\r\n',
      '\r\nGET /room?a=b HTTP/1.0\r\nHost:chat.example:8443\r\n\r\n',
    ],
    ['SSH-2.0-x\r\nHost: a\r\n\r\n', 'SSH-2.0-x\r\nHost: a\r\n\r\n'],
    ['GET / HTTP/1.1\r\nHost: a', 'GET / HTTP/1.1\r\nHost: a'], // cut by FIN
    ['GE', 'GE'],
  ])('%j becomes %j', (said, becomes) => {
    expect(asText(said)).toBe(becomes);
  });

  test('a target that is no more than the host leaves / as it is', () => {
    expect(asText('GET / HTTP/1.1\r\n\r\n', { ...SERVER, target: null as never })).toBe(
      'GET / HTTP/1.1\r\n\r\n',
    );
  });

  test('each of several is, however they are cut, and no body and no frame', () => {
    const lure = 'GET / HTTP/1.1\r\nHost: a\r\n\r\n';
    const said = joinBytes([
      utf8(lure),
      utf8(`POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: ${lure.length}\r\n\r\n${lure}`),
      utf8(`PUT /y HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n`),
      utf8(`${lure.length.toString(16)}\r\n${lure}\r\n0\r\n\r\n`),
      utf8('GET / HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\n\r\n'),
      hex('818537fa213d7f9f4d5158'),
      utf8(lure), // within the WebSocket: a frame like no other
    ]);
    const whole = rewritten([said]);
    expect(fromUtf8Lossy(whole).match(/chat\.example/g)).toHaveLength(4);
    expect(fromUtf8Lossy(whole).split(lure)).toHaveLength(4);
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 12 }), (offsets) => {
        expect(Buffer.compare(rewritten(cutAt(said, offsets)), whole)).toBe(0);
      }),
    );
  });

  test('what looked like a request when the WebSocket opened goes on with the next bytes', () => {
    const rewriter = new RequestRewriter(SERVER);
    expect(rewriter.take(utf8('GE'))).toHaveLength(0);
    rewriter.open();
    expect(fromUtf8Lossy(rewriter.take(utf8('T / HTTP/1.1\r\nHost: a\r\n\r\n')))).toBe(
      'GET / HTTP/1.1\r\nHost: a\r\n\r\n',
    );
  });
});
