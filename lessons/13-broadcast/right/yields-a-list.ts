import { encodeFrame, type Fd, type Net, Opcode, SocketError, type Step } from 'loopscope';
import type { Client } from '../exercise.js';

/** Sends in a generator of its own, with the payload as a Buffer. */
export function* broadcast(
  net: Net,
  clients: ReadonlyMap<Fd, Client>,
  _speaker: Fd,
  json: string,
): Generator<Step> {
  const bytes = encodeFrame(Opcode.text, Buffer.from(json));
  yield { step: 'broadcast', to: Array.from(clients, ([fd]) => fd), bytes };
  for (const [fd] of clients) yield* sendTo(net, fd, bytes);
}

function sendTo(net: Net, fd: Fd, bytes: Uint8Array): Step[] {
  let taken = 0;
  try {
    taken = net.send(fd, bytes);
  } catch (error) {
    if (error instanceof SocketError) return [];
    throw error;
  }
  return [{ step: 'send', fd, length: bytes.length, taken }];
}
