// refused: wrong.frame-each
import { encodeFrame, type Fd, type Net, Opcode, SocketError, type Step } from 'loopscope';
import type { Client } from '../exercise.js';

/** Tells of one frame, and makes another for each client. */
export function* broadcast(
  net: Net,
  clients: ReadonlyMap<Fd, Client>,
  _speaker: Fd,
  json: string,
): Generator<Step> {
  const frame = (): Uint8Array => encodeFrame(Opcode.text, new TextEncoder().encode(json));
  const to = [...clients.keys()];
  yield { step: 'broadcast', to, bytes: frame() };
  for (const fd of to) {
    try {
      const bytes = frame();
      yield { step: 'send', fd, length: bytes.length, taken: net.send(fd, bytes) };
    } catch (error) {
      if (!(error instanceof SocketError)) throw error;
    }
  }
}
