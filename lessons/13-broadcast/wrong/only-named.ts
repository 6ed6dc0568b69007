// refused: wrong.only-named
import { encodeFrame, type Fd, type Net, Opcode, SocketError, type Step } from 'loopscope';
import type { Client } from '../exercise.js';

/** Leaves out who is connected and has not logged in. */
export function* broadcast(
  net: Net,
  clients: ReadonlyMap<Fd, Client>,
  _speaker: Fd,
  json: string,
): Generator<Step> {
  const bytes = encodeFrame(Opcode.text, new TextEncoder().encode(json));
  const to = [...clients.keys()].filter((fd) => clients.get(fd)?.uname !== '');
  yield { step: 'broadcast', to, bytes };
  for (const fd of to) {
    try {
      yield { step: 'send', fd, length: bytes.length, taken: net.send(fd, bytes) };
    } catch (error) {
      if (!(error instanceof SocketError)) throw error;
    }
  }
}
