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
  scenario,
  send,
  textFrame,
  unmaskedFrame,
} from '../build.js';
import type { Scenario } from '../scenario.js';

/** The message of a client, as text. */
function chat(content: string): string {
  return JSON.stringify({ type: 'user', content });
}

export const frames: Scenario[] = [
  scenario(
    'two-frames',
    'Ada sends two messages that arrive together. The original takes them for one, loses both and sends [] to everyone; a Close frame behind a message is lost as well.',
  )
    .shows('D03', 'D14')
    .joins('A', 'Ada')
    .joins('B', '小明')
    .step(send('A', chatFrame('one'), chatFrame('two')))
    .step(say('A', 'three'))
    .step(send('B', chatFrame('bye'), closeFrame(1001)))
    .step(say('B', 'still here')),

  scenario(
    'split-frame',
    'A message arrives in two parts. The original reads each as a frame: [] goes out for a part of 9 bytes or more, and a part under 9 bytes throws its sender out.',
  )
    .shows('D04', 'D01', 'D14')
    .joins('A', 'Ada')
    .joins('B', '小明')
    .step(pieces('A', chatFrame('in two parts'), 20))
    .step(say('A', 'in one'))
    .step(pieces('B', chatFrame('in two parts'), 6)),

  scenario(
    'large-message',
    'A payload of 2,040 bytes is the longest that one recv takes. One byte more, and the original reads the last byte as a frame and throws the sender out; 5,000 bytes are three times [].',
  )
    .shows('D05', 'D04', 'D01', 'D14')
    .joins('A', 'Ada')
    .joins('B', '小明')
    .step(say('B', 'x'.repeat(2_040 - chat('').length)))
    .step(say('B', 'x'.repeat(2_041 - chat('').length)))
    .joins('C', 'Grace')
    .step(say('C', 'x'.repeat(5_000 - chat('').length)))
    .step(say('C', 'short')),

  scenario(
    'ping',
    'The original answers no ping: one of 4 bytes is [] for everyone, one whose payload is a message is chat, an empty one throws its sender out.',
  )
    .shows('D06', 'D01', 'D14')
    .joins('A', 'Ada')
    .joins('B', '小明')
    .step(send('B', pingFrame('ping')))
    .step(send('B', frame(Opcode.pong, 'pong')))
    .step(send('B', pingFrame(chat('said in a ping'))))
    .step(send('B', pingFrame())),

  scenario(
    'fragments',
    'A message in two fragments is lost, each is [] for everyone. A whole message in a first fragment is chat at once, and the empty fragment behind it throws 小明 out.',
  )
    .shows('D07', 'D01', 'D14')
    .joins('A', 'Ada')
    .joins('B', '小明')
    .step(send('A', textFrame(chat('in two').slice(0, 20), false)))
    .step(send('A', continuationFrame(chat('in two').slice(20))))
    .step(send('B', textFrame(chat('in one'), false)))
    .step(send('B', continuationFrame(''))),

  scenario(
    'binary',
    'Each client breaks another rule of the first byte: a binary frame, a reserved bit, an opcode that is not defined. The original never looks at it, so all of it is chat.',
  )
    .shows('D11')
    .joins('A', 'Ada')
    .joins('B', '小明')
    .joins('C', 'Grace')
    .step(send('A', binaryFrame(chat('in a binary frame'))))
    .step(send('B', frame(Opcode.text, chat('with RSV1 set'), { rsv1: true })))
    .step(send('C', frame(0x3, chat('with opcode 3')))),

  scenario(
    'unmasked',
    '小明 sends a frame without a mask. The original takes the first four bytes of the payload for the mask, makes nonsense of the rest and sends [].',
  )
    .shows('D12', 'D14')
    .joins('A', 'Ada')
    .joins('B', '小明')
    .step(send('B', unmaskedFrame(chat('no mask'))))
    .step(say('A', 'what was that?')),

  scenario(
    'lying-length',
    'Headers that claim 1 byte, 100 bytes, and the right number in 16 and in 64 bits where 7 would do. To the original the length only tells where the mask is: it is all chat.',
  )
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
