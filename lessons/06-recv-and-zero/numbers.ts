import { FdSet, SimNet } from 'loopscope';

/** The turn in which a server that overlooks an end twice hears of it no more. */
async function overlooked(): Promise<number> {
  const world = new SimNet();
  const [server, client] = [world.host('server'), world.host('client')];
  const listener = await server.listen({ host: 'server', port: 8080 });
  const peer = await client.connect({ host: 'server', port: 8080 });
  await world.settle();
  const fd = server.accept(listener);
  client.close(peer);
  await world.settle();
  const [read, none] = [new FdSet([fd]), new FdSet()];
  let times = 0;
  while ((await server.select(read, none, none, 0)).read.length > 0) {
    const { length } = server.recv(fd, 2_048);
    if (length === 0 && times++ < 2) continue;
    read.delete(fd);
    server.close(fd);
  }
  return times;
}

export default { overlooked };
