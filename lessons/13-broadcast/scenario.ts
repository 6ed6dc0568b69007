/**
 * What the clients do while the exercise is checked. It was played against examples/php/server.php
 * under PHP 8.2, and recorded.ts is the trace that PHP wrote: tools/lesson-recordings.ts records
 * it again.
 */

import { script } from 'loopscope';

const { closeFrame, connect, handshake, pause, reset, resume, say, scenario, send } = script;

/** Who leaves, who is gone, who never logs in, and who speaks at once. */
export const SCENARIO = scenario(
  'fan-out',
  'Ada leaves, and Lin gets her descriptor; then Grace is gone.',
)
  .joins('A', 'Ada')
  .joins('B', '小明')
  .joins('C', 'Grace')
  .step(say('A', 'good morning'))
  .step(send('A', closeFrame(1001)))
  .joins('D', 'Lin')
  .step(connect('E'))
  .step(handshake('E')) // and never logs in: it is in the table, and hears what is said
  .step(say('B', '早上好'))
  .step(pause())
  .step(say('D', 'one'), say('B', 'two'), say('C', 'three'))
  .step(resume())
  .step(pause())
  .step(say('B', 'where is Grace?'), reset('C'))
  .step(resume());
