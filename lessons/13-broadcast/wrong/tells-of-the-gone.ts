// refused: wrong.send-steps
import { encodeFrame, type Fd, type Net, Opcode, SocketError, type Step } from 'loopscope';
import type { Client } from '../exercise.js';

/** Tells of a send to one who is gone, as of one that took nothing. */
export function* broadcast(
  net: Net,
  clients: ReadonlyMap<Fd, Client>,
  _speaker: Fd,
  json: string,
): Generator<Step> {
  const bytes = encodeFrame(Opcode.text, new TextEncoder().encode(json));
  const to = [...clients.keys()];
  yield { step: 'broadcast', to, bytes };
  for (const fd of to) {
    let taken = 0;
    try {
      taken = net.send(fd, bytes);
    } catch (error) {
      if (!(error instanceof SocketError)) throw error;
    }
    yield { step: 'send', fd, length: bytes.length, taken };
  }
}
