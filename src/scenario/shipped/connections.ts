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
  scenario,
  send,
  shutdown,
  stop,
  textFrame,
} from '../build.js';
import type { Scenario } from '../scenario.js';

export const comingsAndGoings: Scenario[] = [
  scenario(
    'eight-bytes',
    'A page that is closed sends a Close frame of 8 bytes, ws.close() one of 6. The original logs both out because fewer than 9 bytes came, and sends no Close frame back.',
  )
    .shows('D01', 'D02')
    .joins('A', 'Ada')
    .joins('B', '小明')
    .joins('C', 'Grace')
    .step(send('B', closeFrame(1001)))
    .step(send('C', closeFrame()))
    .step(say('A', 'who is left?')),

  scenario(
    'short-texts',
    'Texts of 0, 1 and 2 bytes are as short as a goodbye: the original throws out who sends them. A text of 3 bytes is read.',
  )
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

  scenario(
    'close-with-reason',
    'ws.close(1000, "bye") makes a Close frame of 11 bytes, which the original takes for chat: everyone gets [], and 小明 stays in the list until TCP ends.',
  )
    .shows('D30', 'D14')
    .joins('A', 'Ada')
    .joins('B', '小明')
    .step(send('B', closeFrame(1000, 'bye')))
    .step(say('A', 'are you there?'))
    .step(close('B')),

  scenario(
    'half-close',
    '小明 sends FIN and goes on reading. He is logged out, and the server ends its half too. The room does the same, as FIN without a Close frame is no goodbye of WebSocket.',
  )
    .joins('A', 'Ada')
    .joins('B', '小明')
    .step(shutdown('B'))
    .step(say('A', 'who is left?')),

  scenario(
    'reset',
    'One client vanishes by RST, one by FIN before its handshake. To the original both are logouts like any other, the second of a person without a name.',
  )
    .shows('D02', 'D16')
    .joins('A', 'Ada')
    .joins('B', '小明')
    .step(reset('B'))
    .step(connect('C'))
    .step(close('C'))
    .step(say('A', 'who is left?')),

  scenario(
    'silent-socket',
    'A client connects and says nothing. The original sends it the frames of the chat before any answer to a handshake, and lists it as "".',
  )
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

  scenario(
    'paused',
    'While the server stands still, three people speak, one leaves and one connects. When it goes on, it serves the listener first, then the clients in the order of connecting.',
  )
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

  scenario(
    'slow-reader',
    '小明 stops reading and Ada goes on talking. When the buffers between are full, a blocking write stops the whole original, and a new client waits too, until 小明 is gone.',
  )
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
