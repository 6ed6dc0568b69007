import { describe, expect, test } from 'vitest';
import { prove } from '../../src/scenario/proof.js';
import { proofText } from '../../src/scenario/proof-text.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { SCENARIOS } from '../../src/scenario/shipped.js';
import { simulate } from '../../src/scenario/simulate.js';
import type { WireEvent } from '../../src/scenario/wire.js';

function shipped(name: string): Scenario {
  const found = SCENARIOS.get(name);
  if (found === undefined) throw new Error(`there is no scenario ${name}`);
  return found;
}

async function roomIn(name: string): Promise<WireEvent[]> {
  return (await simulate(shipped(name))).wire;
}

describe('what parts the room from the mirror is proven', () => {
  test.each([
    ['eight-bytes', ['D02']],
    ['two-frames', ['D03', 'D02']],
    ['split-frame', ['D04']],
    ['large-message', ['D05']],
    ['ping', ['D06']],
    ['fragments', ['D07']],
    ['split-handshake', ['D09']],
    ['glued-handshake', ['D10 D16']],
    ['binary', ['D11']],
    ['unmasked', ['D12']],
    ['paused', ['D15']],
    ['login-order', ['D16', 'D34']],
    ['loose-type', ['D14 D17']],
    ['rename', ['D14 D19']],
    ['close-with-reason', ['D30', 'D02']],
    ['bad-utf8', ['D36']],
  ])('in %s: %o, to the end', async (name, mends) => {
    const proof = await prove(shipped(name), await roomIn(name));
    expect(proof.mends.map(({ defects }) => defects.join(' '))).toEqual(mends);
    expect(proof.mends.at(-1)?.parts).toBeNull();
    expect(proof.parts).not.toBeNull();
  });

  test('each mend leads further, and the place is told', async () => {
    const { parts, mends } = await prove(shipped('two-frames'), await roomIn('two-frames'));
    const places = [parts, ...mends.map((mend) => mend.parts)];
    expect(places.map((place) => place?.step)).toEqual([6, 8, undefined]);
    expect(places[1]?.difference).toMatchObject({ client: 'B', right: '880203e9', left: 'FIN' });
  });
});

describe('nothing is proven', () => {
  test('where the two are equal, or part in form alone', async () => {
    const scenario = shipped('any-text');
    const { wire } = await simulate(scenario, { profile: 'original' });
    const nothing = { triedAll: true, untried: [], parts: null, mends: [] };
    expect(await prove(scenario, wire)).toEqual(nothing);
    expect(await prove(scenario, await roomIn('any-text'))).toEqual(nothing);
  });

  test('of a letter that no mistake of the original changes', async () => {
    const scenario = shipped('two-clients');
    const { wire } = await simulate(scenario, { profile: 'original' });
    const changed = wire.map((event) =>
      // "from" becomes "frum"
      'hex' in event ? { ...event, hex: event.hex.replaceAll('66726f6d', '6672756d') } : event,
    );
    const { parts, mends } = await prove(scenario, changed);
    expect(mends).toEqual([]);
    expect(parts?.difference.json?.path).toBe('from');
  });

  test.each([
    'large-message',
    'long-request', // where a frame more agrees by chance with D03 mended
  ])('of a server that reads fewer bytes at a time than the original, in %s', async (name) => {
    const scenario = shipped(name);
    const { wire } = await simulate(scenario, { profile: 'original' });
    const more = wire.flatMap((event) =>
      'hex' in event && event.hex === '81025b5d' ? [event, event] : [event],
    );
    expect((await prove(scenario, more)).mends).toEqual([]);
  });
});

describe('plays that send too much', () => {
  test('are bounded by their bytes, and what was not tried is told', async () => {
    const wire = await roomIn('two-frames');
    const proof = await prove(shipped('two-frames'), wire, 1_500);
    expect(proof.mends).toEqual([]);
    expect(proof.untried).toContainEqual(['D03']);
    const said = proofText(proof).at(-1)?.text;
    expect(said).toMatch(
      /^Not tried, as all plays .* too much: (?:D\d\d, ){7}D\d\d, and \d+ more\.$/,
    );
  });
});
