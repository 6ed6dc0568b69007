// refused: wrong.text-payload
import { encodeFrame, type Fd, type Net, Opcode, SocketError, type Step } from 'loopscope';
import type { Client } from '../exercise.js';

/** Gives the text itself to the frame. */
export function* broadcast(
  net: Net,
  clients: ReadonlyMap<Fd, Client>,
  _speaker: Fd,
  json: string,
): Generator<Step> {
  const bytes = encodeFrame(Opcode.text, json as unknown as Uint8Array);
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
