/**
 * The demos of the lessons as scenarios. What is said in them goes over the wire, so it is the same in
 * every language.
 * @module
 */

import { gather } from '../../net/sim.js';
import {
  closeFrame,
  connect,
  handshake,
  login,
  say,
  scenario,
  send,
} from '../../scenario/build.js';
import type { Scenario } from '../../scenario/scenario.js';
import type { SimulateOptions } from '../../scenario/simulate.js';

/** Said in the demo of lesson 0, and asked about. */
export const HELLO_ADA = 'Hello, Ada!';
/** Said in another chat, and asked about. */
export const I_AM = 'I am';
/** Said in the demo of lesson 13 by one. */
export const HELLO_MING = 'Hello, Ming';
/** Said there by both. */
export const AT_ONCE = 'at once';

/** What a demo plays. */
export interface Demo {
  /** The scenario. */
  readonly scenario: Scenario;
  /** How it is simulated. */
  readonly options: SimulateOptions;
}

/** The demo of lesson 0: two people chat. */
export const HELLO: Demo = {
  scenario: scenario('hello-trace', '')
    .joins('A', 'Ada')
    .joins('B', '小明')
    .step(say('A', '你好, 小明 👋'))
    .step(say('B', HELLO_ADA))
    .step(send('B', closeFrame()))
    .step(send('A', closeFrame())),
  options: {},
};

/** Another chat, for the same questions: three people, one of whom leaves early. */
export const ANOTHER: Demo = {
  scenario: scenario('another-trace', '')
    .joins('A', 'Grace')
    .joins('B', '小明')
    .joins('C', 'Ada')
    .step(say('A', 'Who is here?'))
    .step(send('B', closeFrame()))
    .step(say('C', I_AM))
    .step(say('A', 'So am I'))
    .step(send('C', closeFrame()))
    .step(send('A', closeFrame())),
  options: {},
};

/** The demo of lesson 13: one speaks, and then both at once. */
export const BROADCAST: Demo = {
  scenario: scenario('broadcast', '')
    .step(connect('A'))
    .step(handshake('A'))
    .step(login('A', 'Ada'))
    .joins('B', '小明')
    .step(say('A', HELLO_MING))
    .step(say('A', AT_ONCE), say('B', AT_ONCE)),
  options: { rules: [{ rule: gather(5), where: { direction: 'up' } }] },
};
