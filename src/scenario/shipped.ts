/**
 * The scenarios that ship: the plain chat of one, two and three clients, and one or more for each
 * defect of the original that scripted clients can show.
 * @module
 */

import { close, closeFrame, connect, handshake, login, say, scenario, send } from './build.js';
import type { Scenario } from './scenario.js';
import { comingsAndGoings } from './shipped/connections.js';
import { frames } from './shipped/frames.js';
import { handshakes } from './shipped/handshakes.js';
import { messages } from './shipped/messages.js';

const plainChats: Scenario[] = [
  scenario(
    'one-client',
    'Ada connects, shakes hands, logs in, says two things and closes her page. The answer to the handshake shows how the original writes its head.',
  )
    .shows('D02', 'D32')
    .joins('A', 'Ada')
    .step(say('A', 'hello'))
    .step(say('A', ''))
    .step(send('A', closeFrame(1001))),

  scenario(
    'two-clients',
    'Ada and 小明 log in, talk and leave: 小明 closes his page, Ada calls ws.close(). Each hears all that is said, her own words too.',
  )
    .shows('D02', 'D33')
    .joins('A', 'Ada')
    .joins('B', '小明')
    .step(say('A', 'hello'))
    .step(say('B', '你好'))
    .step(say('B', '你好 👋'))
    .step(send('B', closeFrame(1001)))
    .step(say('A', 'alone again'))
    .step(send('A', closeFrame())),

  scenario(
    'three-clients',
    'Three people come, talk in Chinese and in emoji, and leave one after the other in three ways: a page that closes, ws.close(), a plain FIN.',
  )
    .shows('D02', 'D33')
    .joins('A', 'Ada')
    .joins('B', '小明')
    .joins('C', 'Grace')
    .step(say('A', 'good morning'))
    .step(say('B', '早上好'))
    .step(say('C', '👩‍💻 😀'))
    .step(say('A', 'one'), say('B', 'two'), say('C', 'three'))
    .step(send('B', closeFrame(1001)))
    .step(send('C', closeFrame()))
    .step(say('A', 'bye'))
    .step(close('A')),

  scenario(
    'login-order',
    'Three clients connect and log in the other way round. The original lists people in the order of connecting, with "" for those who have no name yet.',
  )
    .shows('D16', 'D34')
    .step(connect('A'))
    .step(handshake('A'))
    .step(connect('B'))
    .step(handshake('B'))
    .step(connect('C'))
    .step(handshake('C'))
    .step(login('C', 'Grace'))
    .step(login('B', '小明'))
    .step(login('A', 'Ada')),
];

/** All that ship, by name, in the order of reading. */
export const SCENARIOS: ReadonlyMap<string, Scenario> = new Map(
  [...plainChats, ...comingsAndGoings, ...frames, ...handshakes, ...messages].map((one) => [
    one.name,
    { ...one },
  ]),
);
