/**
 * `loopscope serve --broker`: the room of this process as one of several loops that are one room.
 * @module
 */

import { randomBytes } from 'node:crypto';
import { BrokerLost } from '../broker/pipe.js';
import { SharedRoom } from '../broker/shared-room.js';
import { type BrokerUrl, readBrokerUrl } from '../broker/url.js';
import type { ServerOptions } from '../chat/limits.js';
import { type Fd, SocketError } from '../net/net.js';
import type { NodeNet, NodeNetOptions } from '../net/node.js';
import { tlsOpener } from '../net/node-tls.js';
import { Failure } from '../terminal/failure.js';
import type { Step } from '../trace/event.js';

/**
 * Reads where the broker is.
 *
 * @param text as it was given: it may hold a password, so nothing says it again
 * @throws Failure (2) where that is no broker's address
 */
export function brokerOf(text: string): BrokerUrl {
  try {
    return readBrokerUrl(text);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new Failure('serve.brokerUrl', { message: error }, 2);
  }
}

/** How a process reaches it: nothing else is connected to. */
export function socketsFor({ isTls }: BrokerUrl): NodeNetOptions {
  return isTls ? { openSocket: tlsOpener({ protocols: [] }) } : {};
}

/** Makes the room; `reachBroker` comes before it listens. */
export function sharedRoom(net: NodeNet, limits: ServerOptions, broker: BrokerUrl): SharedRoom {
  const { address, where, user, password } = broker;
  const loop = randomBytes(8).toString('hex');
  const dial = (): Promise<Fd> => net.connect(address);
  return new SharedRoom(net, { loop, dial, where, user, password, limits });
}

/** Goes to the broker. @returns the steps that this took @throws Failure (1) where none takes us */
export async function reachBroker(room: SharedRoom, { where }: BrokerUrl): Promise<Step[]> {
  try {
    return await room.open();
  } catch (error) {
    if (!(error instanceof SocketError || error instanceof BrokerLost)) throw error;
    throw new Failure('serve.broker', { where, message: error });
  }
}
