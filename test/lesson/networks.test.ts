import { expect, test, vi } from 'vitest';
import { SimNet } from '../../src/net/sim.js';

// modules of their own: others in this world may have handed something over
vi.resetModules();
const { handOver, networksHere, openNetworks } = await import('../../src/lesson/networks.js');
const { openStage } = await import('../../src/lesson/stage.js');

test('without anything handed over there is the simulated network alone, and it is said', async () => {
  expect(networksHere()).toEqual(['sim']);
  expect(openNetworks().kind).toBe('sim');
  expect(() => openNetworks({ network: 'real' })).toThrow(
    'no real sockets here; import loopscope/node in Node, or play on sim',
  );
});

test('a stage plays on the network that was handed over, and gives its trace there', async () => {
  const world = new SimNet(); // in the place of sockets
  const kept: number[] = [];
  let hosts = 0;
  handOver({
    network: 'real',
    realNet: (options) => world.host(`process-${++hosts}`, options),
    language: 'xx-test',
    keepTrace: (events) => void kept.push(events.length),
  });
  expect(networksHere()).toEqual(['sim', 'real']);
  const stage = await openStage();
  expect(stage.networks.kind).toBe('real');
  expect(stage.networks.language).toBe('xx-test');
  await (await stage.joins('Ada')).leaves();
  const events = await stage.end();
  expect(hosts).toBe(2);
  expect(kept).toEqual([events.length]);
});
