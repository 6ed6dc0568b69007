// refused: wrong.no-frame
import { type Fd, type Net, SocketError, type Step } from 'loopscope';
import type { Client } from '../exercise.js';

/** Sends the text as it is. */
export function* broadcast(
  net: Net,
  clients: ReadonlyMap<Fd, Client>,
  _speaker: Fd,
  json: string,
): Generator<Step> {
  const bytes = new TextEncoder().encode(json);
  const to = [...clients.keys()];
  yield { step: 'broadcast', to, bytes };
  for (const fd of to) {
    try {
      yield { step: 'send', fd, length: bytes.length, taken: net.send(fd, bytes) };
    } catch (error) {
      if (!(error instanceof SocketError)) throw error;
    }
  }
}
