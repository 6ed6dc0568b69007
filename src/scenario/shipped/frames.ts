/**
 * Scenarios of frames and of their bytes in TCP.
 * @module
 */

import { Opcode } from '../../websocket/frame.js';
import {
  binaryFrame,
  chatFrame,
  closeFrame,
  continuationFrame,
  frame,
  lyingFrame,
  pieces,
  pingFrame,
  say,
  send,
  textFrame,
  unmaskedFrame,
} from '../build.js';
import type { Scenario } from '../scenario.js';
import { shipped } from './script.js';

/** The message of a client, as text. */
function chat(content: string): string {
  return JSON.stringify({ type: 'user', content });
}

export const frames: Scenario[] = [
  shipped('two-frames')
    .shows('D03', 'D14')
    .joins('A', 'Ada')
    .joins('B', '小明')
    .step(send('A', chatFrame('one'), chatFrame('two')))
    .step(say('A', 'three'))
    .step(send('B', chatFrame('bye'), closeFrame(1001)))
    .step(say('B', 'still here')),

  shipped('split-frame')
    .shows('D04', 'D01', 'D14')
    .joins('A', 'Ada')
    .joins('B', '小明')
    .step(pieces('A', chatFrame('in two parts'), 20))
    .step(say('A', 'in one'))
    .step(pieces('B', chatFrame('in two parts'), 6)),

  shipped('large-message')
    .shows('D05', 'D04', 'D01', 'D14')
    .joins('A', 'Ada')
    .joins('B', '小明')
    .step(say('B', 'x'.repeat(2_040 - chat('').length)))
    .step(say('B', 'x'.repeat(2_041 - chat('').length)))
    .joins('C', 'Grace')
    .step(say('C', 'x'.repeat(5_000 - chat('').length)))
    .step(say('C', 'short')),

  shipped('ping')
    .shows('D06', 'D01', 'D14')
    .joins('A', 'Ada')
    .joins('B', '小明')
    .step(send('B', pingFrame('ping')))
    .step(send('B', frame(Opcode.pong, 'pong')))
    .step(send('B', pingFrame(chat('said in a ping'))))
    .step(send('B', pingFrame())),

  shipped('fragments')
    .shows('D07', 'D01', 'D14')
    .joins('A', 'Ada')
    .joins('B', '小明')
    .step(send('A', textFrame(chat('in two').slice(0, 20), false)))
    .step(send('A', continuationFrame(chat('in two').slice(20))))
    .step(send('B', textFrame(chat('in one'), false)))
    .step(send('B', continuationFrame(''))),

  shipped('binary')
    .shows('D11')
    .joins('A', 'Ada')
    .joins('B', '小明')
    .joins('C', 'Grace')
    .step(send('A', binaryFrame(chat('in a binary frame'))))
    .step(send('B', frame(Opcode.text, chat('with RSV1 set'), { rsv1: true })))
    .step(send('C', frame(0x3, chat('with opcode 3')))),

  shipped('unmasked')
    .shows('D12', 'D14')
    .joins('A', 'Ada')
    .joins('B', '小明')
    .step(send('B', unmaskedFrame(chat('no mask'))))
    .step(say('A', 'what was that?')),

  shipped('lying-length')
    .shows('D13')
    .joins('A', 'Ada')
    .joins('B', '小明')
    .joins('C', 'Grace')
    .joins('D', 'Linus')
    .step(send('A', lyingFrame(chat('claims 1'), 1)))
    .step(send('B', lyingFrame(chat('claims 100'), 100)))
    .step(send('C', lyingFrame(chat('16 bits'), chat('16 bits').length, 16)))
    .step(send('D', lyingFrame(chat('64 bits'), chat('64 bits').length, 64))),
];
