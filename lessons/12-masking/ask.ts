/**
 * What a server answers to the bytes of a client that has shaken hands.
 */

import {
  ClientHandshake,
  createRoom,
  FdSet,
  OriginalServer,
  runLoop,
  type TraceEvent,
} from 'loopscope';
import { keepTrace, openNetworks } from 'loopscope/lesson';

/** The room that obeys the RFC, and the mirror of the PHP original. */
export type Kind = 'original' | 'room';

/**
 * Opens a server, shakes hands with it, and sends it some bytes.
 *
 * @param bytes sent as they are, right or wrong
 * @returns what the server sends back
 */
export async function ask(kind: Kind, bytes: Uint8Array): Promise<Uint8Array> {
  const { address, server, client } = openNetworks();
  const program = kind === 'original' ? new OriginalServer(server) : createRoom(server);
  const opened = await program.listen(address);
  const { port = 0 } = opened.find((step) => step.step === 'bind') ?? {};
  const events: TraceEvent[] = [];
  const running = runLoop(server, program, (event) => void events.push(event), opened);
  const net = client('program');
  const fd = await net.connect({ host: '127.0.0.1', port });
  const hear = async (): Promise<Uint8Array> => {
    await net.select(new FdSet([fd]), new FdSet(), new FdSet());
    return net.recv(fd, 2_048);
  };
  const host = `127.0.0.1:${port}`;
  net.send(fd, new ClientHandshake({ host, key: 'dGhlIHNhbXBsZSBub25jZQ==' }).request);
  // behind the answer comes a greeting, perhaps in a recv of its own
  for (let heard = ''; !heard.includes('"done"'); ) heard += new TextDecoder().decode(await hear());
  net.send(fd, bytes);
  const answer = await hear();
  net.close(fd);
  program.stop();
  await running;
  keepTrace(events);
  return answer;
}
