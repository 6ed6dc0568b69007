// refused: wrong.sends-first
import { encodeFrame, type Fd, type Net, Opcode, SocketError, type Step } from 'loopscope';
import type { Client } from '../exercise.js';

/** Sends, and tells of it when all is done. */
export function* broadcast(
  net: Net,
  clients: ReadonlyMap<Fd, Client>,
  _speaker: Fd,
  json: string,
): Generator<Step> {
  const bytes = encodeFrame(Opcode.text, new TextEncoder().encode(json));
  const to = [...clients.keys()];
  const sends: Step[] = [];
  for (const fd of to) {
    try {
      sends.push({ step: 'send', fd, length: bytes.length, taken: net.send(fd, bytes) });
    } catch (error) {
      if (!(error instanceof SocketError)) throw error;
    }
  }
  yield { step: 'broadcast', to, bytes };
  yield* sends;
}
