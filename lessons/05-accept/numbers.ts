import { FdSet, SimNet } from 'loopscope';

/** Turns in which the listener is readable, when three wait and each turn takes one. */
async function acceptTurns(): Promise<number> {
  const world = new SimNet();
  const server = world.host('server');
  const listener = await server.listen({ host: 'server', port: 8080 });
  for (const name of ['Ada', 'Ming', 'Grace']) {
    await world.host(name).connect({ host: 'server', port: 8080 });
  }
  await world.settle();
  let turns = 0;
  const [read, none] = [new FdSet([listener]), new FdSet()];
  while ((await server.select(read, none, none, 0)).read.length > 0) {
    server.accept(listener);
    turns++;
  }
  return turns;
}

export default { acceptTurns };
