// refused: wrong.masked
import { encodeFrame, type Fd, type Net, Opcode, SocketError, type Step } from 'loopscope';
import type { Client } from '../exercise.js';

/** Masks, as a client does. */
export function* broadcast(
  net: Net,
  clients: ReadonlyMap<Fd, Client>,
  _speaker: Fd,
  json: string,
): Generator<Step> {
  const payload = new TextEncoder().encode(json);
  const bytes = encodeFrame(Opcode.text, payload, { maskingKey: 0x37fa213d });
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
