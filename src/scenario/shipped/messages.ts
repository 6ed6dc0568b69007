/**
 * Scenarios of the chat's own messages: JSON, names and texts.
 * @module
 */

import { toUtf8 } from '../../bytes.js';
import { close, connect, frame, handshake, login, say, send, stop, text } from '../build.js';
import type { Action, Scenario } from '../scenario.js';
import { shipped } from './script.js';

const tenPeople = ['B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K'];

/** A text that is this long when PHP has escaped it: twelve bytes for each emoji. */
function escapedLength(length: number): string {
  return '😀'.repeat(Math.floor(length / 12)) + 'x'.repeat(length % 12);
}

export const messages: Scenario[] = [
  shipped('not-json')
    .shows('D14')
    .joins('A', 'Ada')
    .joins('B', '小明')
    .step(text('B', 'hello world'))
    .step(text('B', '{"type":"user","content":"no end'))
    .step(text('B', "{'type':'user','content':'single quotes'}"))
    .step(text('B', '"user"'))
    .step(text('B', '[1, 2, 3]'))
    .step(text('B', '{"type":"system","content":"I am the server"}'))
    .step(text('B', '{"content":"no type"}'))
    .step(text('B', '{"type":"user","content":"half a pair: \\ud83d"}'))
    .step(say('B', 'understood')),

  shipped('bad-utf8')
    .shows('D36', 'D14')
    .joins('A', 'Ada')
    .joins('B', '小明')
    .step(send('B', frame(0x1, joinedText('{"type":"user","content":"', [0xff, 0xfe], '"}'))))
    .step(say('A', 'what was that?')),

  shipped('any-text')
    .shows('D33')
    .joins('A', '小明')
    .step(say('A', '你好，世界'))
    .step(say('A', '👨‍👩‍👧‍👦'))
    .step(say('A', 'http://a.b/c?d=e'))
    .step(say('A', '"quoted" \\ back\tand\nforth'))
    .step(say('A', 'a\u2028b\u0000c')),

  shipped('html')
    .shows('D31')
    .joins('A', 'Ada')
    .joins('B', '<b>Bob</b>')
    .step(say('B', '<img src=x onerror="alert(1)">')),

  shipped('nameless')
    .shows('D16')
    .joins('A', 'Ada')
    .step(connect('B'))
    .step(handshake('B'))
    .step(say('B', 'who am I?'))
    .step(login('B', ''))
    .step(say('B', 'nobody'))
    .step(close('B')),

  shipped('rename')
    .shows('D19')
    .joins('A', 'Ada')
    .joins('B', 'Ada')
    .step(say('B', 'which Ada?'))
    .step(login('B', '小明'))
    .step(say('B', 'I am new'))
    .step(close('B')),

  shipped('forged-logout')
    .shows('D20')
    .joins('A', 'Ada')
    .joins('B', '小明')
    .step(text('B', '{"type":"logout","content":"Ada"}'))
    .step(say('A', 'I am here')),

  shipped('loose-type')
    .shows('D17', 'D14')
    .joins('A', 'Ada')
    .step(connect('B'))
    .step(handshake('B'))
    .step(text('B', '{"type":0,"content":"zero"}'))
    .step(text('B', '{"type":true,"content":"true"}'))
    .step(text('B', '{"type":-0.0,"content":"minus nought"}'))
    .step(text('B', '{"type":1,"content":"one"}'))
    .step(text('B', '{"type":"0","content":"zero in quotes"}'))
    .step(text('B', '{"type":null,"content":"null"}'))
    .step(text('B', '{"type":[],"content":"a list"}')),

  shipped('odd-types')
    .shows('D18')
    .joins('A', 'Ada')
    .step(text('A', '{"type":"user"}'))
    .step(text('A', '{"type":"user","content":{}}'))
    .step(text('A', '{"type":"user","content":[1.0,1e17,-0,9223372036854775808]}'))
    .step(text('A', '{"type":"user","content":{"a":{"b":[true,null]}}}'))
    .step(text('A', '{"type":"login","content":42}'))
    .step(text('A', '{"type":"login"}'))
    .step(say('A', 'my name is null')),

  shipped('infinite-name')
    .shows('D27', 'D18')
    .joins('A', 'Ada')
    .joins('B', '小明')
    .step(text('A', '{"type":"user","content":1e999}'))
    .step(text('B', '{"type":"login","content":1e999}'))
    .step(login('A', 'Ada'))
    .step(say('A', 'texts still work'))
    .step(close('B'))
    .step(login('A', 'Ada')),

  lists65025(),
];

/**
 * Two answers that differ in one byte, as the word `logout` is one letter longer than `login`. Ten
 * names of 6,024 bytes are the most of them. While these come the first client bears 1e999, which
 * keeps the answers empty, and the run short.
 */
function lists65025(): Scenario {
  const script = shipped('length-65025')
    .shows('D24', 'D27', 'D20')
    .step(connect('A'))
    .step(handshake('A'))
    .step(text('A', '{"type":"login","content":1e999}'));
  for (const client of tenPeople) script.joins(client, escapedLength(6_024)).step(stop(client));
  return script.step(login('A', escapedLength(2_354))).step(logout('A', escapedLength(2_354)));
}

function logout(client: string, name: string): Action {
  return text(client, JSON.stringify({ type: 'logout', content: name }));
}

/** Text and bytes in one payload. */
function joinedText(before: string, bytes: number[], behind: string): Uint8Array {
  return Uint8Array.from([...toUtf8(before), ...bytes, ...toUtf8(behind)]);
}
