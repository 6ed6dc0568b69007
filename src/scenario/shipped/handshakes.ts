/**
 * Scenarios of the opening handshake.
 * @module
 */

import { chatFrame, connect, handshake, login, pieces, say, send } from '../build.js';
import { SCENARIO_REQUEST as REQUEST } from '../play.js';
import type { Scenario } from '../scenario.js';
import { shipped } from './script.js';

const KEY_AT = REQUEST.indexOf('Sec-WebSocket-Key:');

export const handshakes: Scenario[] = [
  shipped('plain-get')
    .shows('D08', 'D25')
    .joins('A', 'Ada')
    .step(connect('B'))
    .step(send('B', 'GET / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nAccept: */*\r\n\r\n'))
    .step(connect('C'))
    .step(send('C', 'POST / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nContent-Length: 3\r\n\r\na=b'))
    .step(connect('D'))
    .step(send('D', Uint8Array.of(0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, 0xfc, 0x03)))
    .step(connect('E'))
    .step(send('E', 'ninebytes'))
    .step(login('A', 'Ada')),

  shipped('split-handshake')
    .shows('D09', 'D01', 'D14')
    .joins('A', 'Ada')
    .step(connect('B'))
    .step(pieces('B', REQUEST, KEY_AT + 30))
    .step(connect('C'))
    .step(pieces('C', REQUEST, REQUEST.length - 2))
    .step(connect('D'))
    .step(pieces('D', REQUEST, 5)),

  shipped('long-request')
    .shows('D09', 'D05', 'D14')
    .joins('A', 'Ada')
    .step(connect('B'))
    .step(send('B', withCookie(3_000)))
    .step(login('B', '小明')),

  shipped('glued-handshake')
    .shows('D10')
    .joins('A', 'Ada')
    .step(connect('B'))
    .step(send('B', REQUEST, chatFrame('said at once')))
    .step(login('B', '小明')),

  shipped('lower-case-key')
    .shows('D25')
    .step(connect('A'))
    .step(send('A', REQUEST.replace('Sec-WebSocket-Key', 'sec-websocket-key')))
    .step(connect('B'))
    .step(send('B', REQUEST.replace(/Sec-WebSocket-Key.*\r\n/, '')))
    .step(connect('C'))
    .step(handshake('C'))
    .step(say('C', 'two of us cannot get in')),
];

/** The request, made longer by a cookie in front of its last CRLF. */
function withCookie(length: number): string {
  const line = 'Cookie: c=';
  const cookie = 'x'.repeat(length - REQUEST.length - line.length - 2);
  return `${REQUEST.slice(0, -2)}${line}${cookie}\r\n\r\n`;
}
