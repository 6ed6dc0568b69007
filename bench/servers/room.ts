/**
 * Our room in the contests, on one loop or on several: with the port of a broker, it is one of those
 * that are one room. Both from the sources, so that nothing but the broker lies between them.
 *
 *     room.ts broadcast [BROKER]
 */

import { SharedRoom } from '../../src/broker/shared-room.js';
import { createRoom } from '../../src/chat/room.js';
import { NodeNet } from '../../src/net/node.js';
import { runLoop } from '../../src/trace/loop.js';
import { LIMITS } from './limits.js';
import { reportTo } from './usage.js';

const [, broker] = process.argv.slice(2);
const net = new NodeNet({ fdSetSize: 65_536 });
const room = broker === undefined ? createRoom(net, LIMITS) : await shared(Number(broker));
const opened = await room.listen({ host: '127.0.0.1', port: 0 });
const bind = opened.find((step) => step.step === 'bind');
await reportTo(bind?.port ?? 0);
await runLoop(net, room);

async function shared(port: number): Promise<SharedRoom> {
  const one = new SharedRoom(net, {
    loop: process.pid.toString(16).padStart(16, '0'),
    dial: () => net.connect({ host: '127.0.0.1', port }),
    where: `redis://127.0.0.1:${port}`,
    limits: LIMITS,
  });
  await one.open();
  return one;
}
