/**
 * Where a demo plays: a chat room and the people in it, on real sockets of this machine, acting
 * one after the other so that every run tells the same story.
 * @module
 */

import { createRoom } from '../chat/room.js';
import { WebSocketClient } from '../chat/websocket-client.js';
import { NodeNet } from '../net/node.js';
import type { TraceEvent } from '../trace/event.js';
import { runLoop } from '../trace/loop.js';

/** One person in the room. */
export interface Person {
  /** Says something; settled when the room has answered. */
  says(text: string): Promise<void>;
  /** Closes the page; settled when the connection is over. */
  leaves(): Promise<void>;
}

/** What a demo gets to play with. */
export interface Stage {
  /** Connects and logs in; settled when the room has said so to everyone. */
  joins(name: string): Promise<Person>;
  /** Closes the room. @returns everything that its loop did */
  end(): Promise<TraceEvent[]>;
}

/** Opens a room on a free port. */
export async function openStage(): Promise<Stage> {
  const net = new NodeNet();
  const room = createRoom(net);
  const opened = await room.listen({ host: '127.0.0.1', port: 0 });
  const bind = opened.find((step) => step.step === 'bind');
  const url = `ws://127.0.0.1:${bind?.port}`;
  const events: TraceEvent[] = [];
  const running = runLoop(net, room, (event) => void events.push(event), opened);
  return {
    joins: (name) => join(url, name),
    async end() {
      room.stop();
      await running;
      return events;
    },
  };
}

async function join(url: string, name: string): Promise<Person> {
  const net = new NodeNet();
  let heard: () => void = () => {};
  const answer = (): Promise<void> =>
    new Promise((resolve) => {
      heard = resolve;
    });
  const client = await WebSocketClient.connect(net, url, {
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
