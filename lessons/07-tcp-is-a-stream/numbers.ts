import { type CutReport, SCENARIOS, tryEveryCut } from 'loopscope';

/** The scenario of the text, cut everywhere. */
function cut(profile: 'original' | 'rfc6455'): Promise<CutReport> {
  const scenario = SCENARIOS.get('one-client');
  if (scenario === undefined) throw new Error('bug: there is no scenario one-client');
  return tryEveryCut(scenario, { profile });
}
const original = cut('original');

export default {
  cuts: async () => (await original).tried,
  fatal: async () => (await original).fatal.length,
  harmless: async () => (await original).tried - (await original).fatal.length,
  fatalRoom: async () => (await cut('rfc6455')).fatal.length,
};
