/**
 * Scenarios of leaving, of TCP, and of a server that is held up.
 * @module
 */

import {
  close,
  closeFrame,
  connect,
  flood,
  handshake,
  login,
  pause,
  reset,
  resume,
  say,
  send,
  shutdown,
  stop,
  textFrame,
} from '../build.js';
import type { Scenario } from '../scenario.js';
import { shipped } from './script.js';

export const comingsAndGoings: Scenario[] = [
  shipped('eight-bytes')
    .shows('D01', 'D02')
    .joins('A', 'Ada')
    .joins('B', '小明')
    .joins('C', 'Grace')
    .step(send('B', closeFrame(1001)))
    .step(send('C', closeFrame()))
    .step(say('A', 'who is left?')),

  shipped('short-texts')
    .shows('D01', 'D14')
    .joins('A', 'Ada')
    .joins('B', '小明')
    .step(send('B', textFrame('')))
    .joins('C', 'Grace')
    .step(send('C', textFrame('7')))
    .joins('D', 'Linus')
    .step(send('D', textFrame('{}')))
    .step(send('A', textFrame('[7]')))
    .step(say('A', 'still here')),

  shipped('close-with-reason')
    .shows('D30', 'D14')
    .joins('A', 'Ada')
    .joins('B', '小明')
    .step(send('B', closeFrame(1000, 'bye')))
    .step(say('A', 'are you there?'))
    .step(close('B')),

  shipped('half-close')
    .joins('A', 'Ada')
    .joins('B', '小明')
    .step(shutdown('B'))
    .step(say('A', 'who is left?')),

  shipped('reset')
    .shows('D02', 'D16')
    .joins('A', 'Ada')
    .joins('B', '小明')
    .step(reset('B'))
    .step(connect('C'))
    .step(close('C'))
    .step(say('A', 'who is left?')),

  shipped('silent-socket')
    .shows('D15', 'D16')
    .joins('A', 'Ada')
    .step(connect('B'))
    .step(say('A', 'hello'))
    .joins('C', 'Grace')
    .step(say('C', 'hi'))
    .step(handshake('B'))
    .step(login('B', '小明'))
    .step(connect('D'))
    .step(close('D')),

  shipped('paused')
    .shows('D02', 'D15')
    .joins('A', 'Ada')
    .joins('B', '小明')
    .joins('C', 'Grace')
    .joins('D', 'Linus')
    .step(
      pause(),
      say('C', 'first'),
      say('B', 'second'),
      connect('E'),
      close('D'),
      say('A', 'third'),
    )
    .step(resume())
    .step(handshake('E'))
    .step(login('E', 'Ken')),

  shipped('slow-reader')
    .shows('D26', 'D15')
    .joins('A', 'Ada')
    .step(connect('B', 4_096))
    .step(handshake('B'))
    .step(login('B', '小明'))
    .joins('C', 'Grace')
    .step(
      stop('B'),
      flood('A', JSON.stringify({ type: 'user', content: 'x'.repeat(2_000) }), 5_000),
    )
    .step(connect('D'), handshake('D'), say('C', 'does anyone hear me?'))
    .step(reset('B'))
    .step(say('A', 'it goes on')),
];
