// refused: wrong.gone-ends-it
import { encodeFrame, type Fd, type Net, Opcode, type Step } from 'loopscope';
import type { Client } from '../exercise.js';

/** Lets one who is gone end it for all behind. */
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
    yield { step: 'send', fd, length: bytes.length, taken: net.send(fd, bytes) };
  }
}
