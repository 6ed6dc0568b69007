/**
 * The scenarios that ship: the plain chat of one, two and three clients, and one or more for each
 * defect of the original that scripted clients can show.
 * @module
 */

import { close, closeFrame, connect, handshake, login, say, send } from './build.js';
import type { Scenario } from './scenario.js';
import { comingsAndGoings } from './shipped/connections.js';
import { frames } from './shipped/frames.js';
import { handshakes } from './shipped/handshakes.js';
import { messages } from './shipped/messages.js';
import { shipped } from './shipped/script.js';

const plainChats: Scenario[] = [
  shipped('one-client')
    .shows('D02', 'D32')
    .joins('A', 'Ada')
    .step(say('A', 'hello'))
    .step(say('A', ''))
    .step(send('A', closeFrame(1001))),

  shipped('two-clients')
    .shows('D02', 'D33')
    .joins('A', 'Ada')
    .joins('B', '小明')
    .step(say('A', 'hello'))
    .step(say('B', '你好'))
    .step(say('B', '你好 👋'))
    .step(send('B', closeFrame(1001)))
    .step(say('A', 'alone again'))
    .step(send('A', closeFrame())),

  shipped('three-clients')
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

  shipped('login-order')
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

/** A world that is played like a scenario and is none of them: it has two servers, see two-loops.ts. */
export const TWO_LOOPS = 'two-loops';
