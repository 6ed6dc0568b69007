import { World } from './world.js';

/** The demo's last world: what those in it heard, and what the loops did, from the cut on. */
async function cut(): Promise<Pick<World, 'heard' | 'events'>> {
  const world = await World.open({ hasBroker: true, cut: [1_000, 8_000] });
  await world.until(16_000);
  const { heard, events } = world;
  await world.end();
  return { heard: heard.filter(({ at }) => at > 1_000), events };
}
const seconds = (ms = 0): number => Math.round(ms / 1_000);

export default {
  gone: async () => {
    const { heard } = await cut();
    return seconds(
      heard.find(({ name, message }) => name === 'Ada' && message.type === 'logout')?.at,
    );
  },
  noticed: async () => {
    const { events } = await cut();
    return seconds(
      events.find(({ event }) => event.step === 'broker' && event.do === 'lost')?.event.t,
    );
  },
};
