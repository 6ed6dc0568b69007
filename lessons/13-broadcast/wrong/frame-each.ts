// refused: wrong.frame-each
import { encodeFrame, type Fd, type Net, Opcode, SocketError, type Step } from 'loopscope';
import type { Client } from '../exercise.js';

/** Makes a frame, and tells of it, for each client. */
export function* broadcast(
  net: Net,
  clients: ReadonlyMap<Fd, Client>,
  _speaker: Fd,
  json: string,
): Generator<Step> {
  for (const fd of clients.keys()) {
    const bytes = encodeFrame(Opcode.text, new TextEncoder().encode(json));
    yield { step: 'broadcast', to: [fd], bytes };
    try {
      yield { step: 'send', fd, length: bytes.length, taken: net.send(fd, bytes) };
    } catch (error) {
      if (!(error instanceof SocketError)) throw error;
    }
  }
}
