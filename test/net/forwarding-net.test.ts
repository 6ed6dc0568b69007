import { expect, test } from 'vitest';
import { ForwardingNet } from '../../src/net/forwarding-net.js';
import { SimNet } from '../../src/net/sim.js';
import { netContract } from './net.contract.js';

netContract('ForwardingNet', (options) => {
  const world = new SimNet();
  const [server, client] = [world.host('server', options), world.host('client')];
  return { server: new ForwardingNet(server), client: new ForwardingNet(client), end() {} };
});

test('a call that is given is made instead of the network’s', async () => {
  const heard: number[] = [];
  const host = new SimNet().host('server');
  const net = new ForwardingNet(host, {
    close(fd) {
      heard.push(fd);
      host.close(fd);
    },
  });
  const listener = await net.listen({ host: 'server', port: 8080 });
  net.close(listener);
  expect(heard).toEqual([listener]);
  expect(host.openFds).toEqual([]);
});
