/**
 * A chat room and the people in it, who act one after the other, so that every run of a demo tells
 * the same story.
 * @module
 */

import { UNHURRIED } from '../chat/limits.js';
import { OriginalServer } from '../chat/original.js';
import { createRoom } from '../chat/room.js';
import { WebSocketClient } from '../chat/websocket-client.js';
import { Random } from '../net/sim.js';
import type { Profile } from '../scenario/simulate.js';
import type { TraceEvent } from '../trace/event.js';
import { runLoop } from '../trace/loop.js';
import { keepTrace, type Networks, type NetworksOptions, openNetworks } from './networks.js';

/** One person in the room. */
export interface Person {
  /** Says something; settled when the room has answered. */
  says(text: string): Promise<void>;
  /** Closes the page; settled when the connection is over. */
  leaves(): Promise<void>;
}

/** What a demo gets to play with. */
export interface Stage {
  /** What it plays on. */
  readonly networks: Networks;
  /** Where the room is: `ws://127.0.0.1:8080`. */
  readonly url: string;
  /** What its loop has done up to now. */
  readonly events: readonly TraceEvent[];
  /** Connects and logs in; settled when the room has said so to everyone. */
  joins(name: string): Promise<Person>;
  /** Closes the room. @returns everything that its loop did */
  end(): Promise<readonly TraceEvent[]>;
}

/** How a stage is made. */
export interface StageOptions extends NetworksOptions {
  /** The room that obeys the RFC, or the mirror of the PHP original. Default `rfc6455`. */
  profile?: Profile;
}

/**
 * Opens a room.
 *
 * ```ts
 * import { openStage } from 'loopscope/lesson';
 *
 * const stage = await openStage({ network: 'sim' });
 * const ada = await stage.joins('Ada');
 * await ada.says('hello');
 * await ada.leaves();
 * const events = await stage.end();
 * console.log(events.filter(({ step }) => step === 'accept').length); // 1
 * ```
 */
export async function openStage({
  profile = 'rfc6455',
  ...options
}: StageOptions = {}): Promise<Stage> {
  const networks = openNetworks(options);
  const net = networks.server;
  const room = profile === 'original' ? new OriginalServer(net) : createRoom(net, UNHURRIED);
  const opened = await room.listen(networks.address);
  const bind = opened.find((step) => step.step === 'bind');
  const url = `ws://127.0.0.1:${bind?.port}`;
  const events: TraceEvent[] = [];
  const running = runLoop(net, room, (event) => void events.push(event), opened);
  let people = 0;
  return {
    networks,
    url,
    events,
    joins: (name) => join(networks, url, name, ++people),
    async end() {
      room.stop();
      await running;
      keepTrace(events);
      return events;
    },
  };
}

async function join(
  networks: Networks,
  url: string,
  name: string,
  number: number,
): Promise<Person> {
  const net = networks.client(`client-${number}`);
  const random = new Random(number); // a page's masks cannot be foretold; a lesson's can, so that runs repeat
  let heard: () => void = () => {};
  const answer = (): Promise<void> =>
    new Promise((resolve) => {
      heard = resolve;
    });
  const client = await WebSocketClient.connect(net, url, {
    random: (bytes) => random.fill(bytes),
    onopen: () => client.send(JSON.stringify({ type: 'login', content: name })),
    onmessage: ({ text }) => {
      if (JSON.parse(text).type !== 'handshake') heard();
    },
  });
  const running = runLoop(net, client);
  await answer();
  return {
    says(content) {
      client.send(JSON.stringify({ type: 'user', content }));
      return answer();
    },
    leaves() {
      client.close();
      return running;
    },
  };
}
