import { SimNet } from 'loopscope';

const ADDRESS = { host: '127.0.0.1', port: 8080 };

/** How many of twelve connects succeed while nobody calls accept. */
async function getIn(backlog: number): Promise<number> {
  const world = new SimNet();
  await world.host('server').listen(ADDRESS, { backlog });
  let connected = 0;
  for (let i = 1; i <= 12; i++) {
    void world
      .host(`client-${i}`)
      .connect(ADDRESS)
      .then(() => connected++);
  }
  await world.settle();
  return connected;
}

export default {
  admitted: () => getIn(9),
  outside: async () => 12 - (await getIn(9)),
};
