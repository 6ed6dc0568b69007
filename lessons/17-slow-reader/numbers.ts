import { FdSet, SimNet, SocketError } from 'loopscope';

/** Bytes that a server can send to a client that never reads, before its socket takes no more. */
async function between(): Promise<number> {
  const world = new SimNet();
  const [server, client] = [world.host('server'), world.host('client')];
  const listener = await server.listen({ host: 'server', port: 8080 });
  await client.connect({ host: 'server', port: 8080 });
  await world.settle();
  const fd = server.accept(listener);
  const none = new FdSet();
  for (let sent = 0; ; ) {
    try {
      sent += server.send(fd, new Uint8Array(1_000));
    } catch (error) {
      if (error instanceof SocketError && error.code === 'EAGAIN') return sent;
      throw error;
    }
    await server.select(none, none, none, 10);
  }
}

const PICTURE = 64_000;

export default {
  between,
  ticksTaken: async () => Math.floor((await between()) / PICTURE),
  firstWaiting: async () => PICTURE * 6 - (await between()),
  behind: async () => PICTURE * 9 - (await between()),
};
