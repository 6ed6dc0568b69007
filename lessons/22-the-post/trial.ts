/** The scenario in which the post stands trial: talk, and three ways to leave. */

import {
  type Comparison,
  compare,
  type Net,
  type Scenario,
  type SimulatedRun,
  script,
  simulate,
} from 'loopscope';
import { type Calls, PostServer, type Turn } from './post.js';

const { closeFrame, connect, handshake, reset, say, send, shutdown } = script;

export const TRIAL: Scenario = script
  .scenario('trial', 'Ada, Bob and Grace talk, and leave by Close, FIN and RST.')
  .joins('A', 'Ada')
  .joins('B', 'Bob')
  .step(say('A', 'hello'))
  .joins('C', 'Grace')
  .step(say('C', 'hello Ada'))
  .step(send('B', closeFrame(1001)))
  .step(reset('C'))
  .step(connect('D'))
  .step(handshake('D'))
  .step(shutdown('D'))
  .step(say('A', 'alone again'));

/** How a turn did beside the file that runs. */
export interface Tried {
  comparison: Comparison;
  calls: Calls;
  run: SimulatedRun;
}

/** Plays the trial with a turn, and with the mirror of the file that runs. */
export async function tryTurn(turn: Turn, failing = 0): Promise<Tried> {
  let server: PostServer | null = null;
  const run = await simulate(TRIAL, {
    program: (net: Net) => {
      server = new PostServer(net, turn, failing);
      return server;
    },
  });
  const file = await simulate(TRIAL, { profile: 'original' });
  const comparison = compare(
    TRIAL,
    { name: 'the post', wire: run.wire, trace: null },
    { name: 'the file', wire: file.wire, trace: null },
  );
  const { calls } = server as unknown as PostServer;
  return { comparison, calls, run };
}
