import { readFileSync } from 'node:fs';
import { toJsonSchema } from '@valibot/to-json-schema';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toHex } from '../../src/bytes.js';
import * as build from '../../src/scenario/build.js';
import {
  type Action,
  checkScenario,
  ScenarioError,
  scenarioSchema,
} from '../../src/scenario/scenario.js';

/** What checkScenario says of a value; null when it fits. */
function problemOf(value: unknown): string | null {
  try {
    checkScenario(value);
    return null;
  } catch (error) {
    if (error instanceof ScenarioError) return error.message;
    throw error;
  }
}

function withSteps(...steps: unknown[]): unknown {
  return { name: 'made-up', description: 'Nothing.', steps };
}

const connectA = { do: 'connect', client: 'A' };

describe('a scenario that does not fit is told by the path of its field', () => {
  test.each([
    [null, 'the scenario: expected an object, got null'],
    ['chat', 'the scenario: expected an object, got "chat"'],
    [{}, 'name: the key is missing'],
    [{ name: 'Two Clients' }, 'name: expected a name of small letters, digits and -, got "Two Cli'],
    [{ name: 'x', description: 7 }, 'description: expected a text, got 7'],
    [{ name: 'x', description: '', steps: {} }, 'steps: expected a list, got an object'],
    [
      { name: 'x', description: '', defects: ['D1'], steps: [] },
      'defects.0: expected a number such as D01, got "D1"',
    ],
    [
      { name: 'x', description: '', steps: [], speed: 2 },
      'speed: expected no key of this name, got "speed"',
    ],
  ])('as a whole: %j', (value, problem) => {
    expect(problemOf(value)).toContain(problem);
  });

  test.each([
    ['no list of actions', [connectA], 'steps.0: expected a list, got an object'],
    ['no action', [['connect']], 'steps.0.0: expected an object, got "connect"'],
    [
      'an action that is unknown',
      [[{ do: 'jump', client: 'A' }]],
      'steps.0.0.do: expected one of connect, handshake, text, send, pieces, flood, stop, read, close, shutdown, reset, pause, resume, got "jump"',
    ],
    ['no "do"', [[{ client: 'A' }]], 'steps.0.0.do: expected one of connect, handshake,'],
    ['no client', [[{ do: 'connect' }]], 'steps.0.0.client: the key is missing'],
    [
      'a client with a blank',
      [[{ do: 'connect', client: 'A B' }]],
      'steps.0.0.client: expected a name of letters, digits, - and _, got "A B"',
    ],
    [
      'a key that is unknown',
      [[{ ...connectA, port: 80 }]],
      'steps.0.0.port: expected no key of this name, got "port"',
    ],
    [
      'a client where none acts',
      [[{ do: 'pause', client: 'A' }]],
      'steps.0.0.client: expected no key of this name, got "client"',
    ],
    [
      'no hex',
      [[connectA], [{ do: 'send', client: 'A', hex: 'hello' }]],
      'steps.1.0.hex: expected bytes in hex, two digits each, got "hello"',
    ],
    [
      'half a byte',
      [[connectA], [{ do: 'send', client: 'A', hex: '81 8' }]],
      'steps.1.0.hex: expected bytes in hex, two digits each, got "81 8"',
    ],
    [
      'half a byte in the second piece',
      [[connectA, { do: 'pieces', client: 'A', pieces: ['81', '8'] }]],
      'steps.0.1.pieces.1: expected bytes in hex, two digits each, got "8"',
    ],
    [
      'a long text that is no hex',
      [[connectA, { do: 'send', client: 'A', hex: 'x'.repeat(2_000) }]],
      `steps.0.1.hex: expected bytes in hex, two digits each, got "${'x'.repeat(49)}…`,
    ],
    [
      'a number for a text',
      [[connectA, { do: 'text', client: 'A', text: 7 }]],
      'steps.0.1.text: expected a text, got 7',
    ],
    [
      'a size of 0',
      [[{ ...connectA, rcvbuf: 0 }]],
      'steps.0.0.rcvbuf: expected a whole number, 1 or more, got 0',
    ],
    [
      'half a time',
      [[connectA, { do: 'flood', client: 'A', text: '', most: 1.5 }]],
      'steps.0.1.most: expected a whole number, 1 or more, got 1.5',
    ],
    [
      'a client that never connected',
      [[connectA], [{ do: 'handshake', client: 'B' }]],
      'steps.1.0.client: expected a client that is connected, got "B"',
    ],
    [
      'a client that has closed',
      [[connectA], [{ do: 'close', client: 'A' }], [{ do: 'text', client: 'A', text: '' }]],
      'steps.2.0.client: expected a client that is connected, got "A"',
    ],
    [
      'a client that connects twice',
      [[connectA], [connectA]],
      'steps.1.0.client: expected a name that no client has had, got "A"',
    ],
    [
      'a client that connects again after a reset',
      [[connectA], [{ do: 'reset', client: 'A' }], [connectA]],
      'steps.2.0.client: expected a name that no client has had, got "A"',
    ],
  ])('%s', (_what, steps, problem) => {
    expect(problemOf(withSteps(...steps))).toContain(problem);
  });

  test('hex may hold blanks, and a client may go on after half a close', () => {
    const steps = [
      [connectA],
      [{ do: 'shutdown', client: 'A' }],
      [{ do: 'send', client: 'A', hex: ' 81 80\n37FA213D ' }],
    ];
    expect(problemOf(withSteps(...steps))).toBeNull();
  });
});

describe('the builder', () => {
  test.each<[string, Uint8Array, string]>([
    ['the example of RFC 6455 5.7', build.textFrame('Hello'), '818537fa213d7f9f4d5158'],
    ['a page that is closed', build.closeFrame(1001), '888237fa213d3413'],
    ['ws.close()', build.closeFrame(), '888037fa213d'],
    ['ws.close(1000, "bye")', build.closeFrame(1000, 'bye'), '888537fa213d3412434452'],
    ['a ping', build.pingFrame('ping'), '898437fa213d47934f5a'],
    ['an empty ping', build.pingFrame(), '898037fa213d'],
    ['a first fragment', build.textFrame('Hel', false), '018337fa213d7f9f4d'],
    ['a last fragment', build.continuationFrame('lo'), '808237fa213d5b95'],
    ['bytes', build.binaryFrame(Uint8Array.of(0, 1)), '828237fa213d37fb'],
    ['RFC 6455 5.7, unmasked', build.unmaskedFrame('Hello'), '810548656c6c6f'],
    ['a lie in 7 bits', build.lyingFrame('Hello', 100), '81e437fa213d7f9f4d5158'],
    ['5 in 16 bits', build.lyingFrame('Hello', 5, 16), '81fe000537fa213d7f9f4d5158'],
    [
      '65,536 in 64 bits',
      build.lyingFrame('Hello', 65_536, 64),
      '81ff000000000001000037fa213d7f9f4d5158',
    ],
  ])('%s', (_what, bytes, hex) => {
    expect(toHex(bytes)).toBe(hex);
  });

  test('sends strings as UTF-8, and all in one write', () => {
    expect(build.send('A', 'é', Uint8Array.of(0xff))).toEqual({
      do: 'send',
      client: 'A',
      hex: 'c3a9ff',
    });
  });

  test('cuts bytes into pieces that make the whole', () => {
    expect(build.pieces('A', 'abcde', 1, 4)).toEqual({
      do: 'pieces',
      client: 'A',
      pieces: ['61', '626364', '65'],
    });
  });

  test('reads as a script', () => {
    const script = build
      .scenario('hello', 'Ada says hello.')
      .shows('D02')
      .joins('A', 'Ada')
      .step(build.say('A', 'hello'), build.close('A'));
    expect(JSON.parse(JSON.stringify(script))).toEqual({
      name: 'hello',
      description: 'Ada says hello.',
      defects: ['D02'],
      steps: [
        [{ do: 'connect', client: 'A' }],
        [{ do: 'handshake', client: 'A' }],
        [{ do: 'text', client: 'A', text: '{"type":"login","content":"Ada"}' }],
        [
          { do: 'text', client: 'A', text: '{"type":"user","content":"hello"}' },
          { do: 'close', client: 'A' },
        ],
      ],
    });
  });

  test('always makes what fits', () => {
    const bytes = fc.uint8Array({ maxLength: 40 });
    const cuts = fc.array(fc.nat(40), { maxLength: 3 });
    const acts: fc.Arbitrary<(client: string) => Action>[] = [
      fc.constantFrom<(client: string) => Action>(
        build.handshake,
        build.stop,
        build.read,
        build.close,
        build.shutdown,
        build.reset,
        build.pause,
        build.resume,
      ),
      fc.string().map((text) => (client) => build.text(client, text)),
      fc.anything().map((name) => (client) => build.login(client, String(name))),
      fc.jsonValue().map((value) => (client) => build.say(client, value)),
      bytes.map((some) => (client) => build.send(client, some, build.frame(0x1, some))),
      fc.tuple(bytes, cuts).map(
        ([some, at]) =>
          (client) =>
            build.pieces(client, some, ...at.sort((a, b) => a - b)),
      ),
      fc.tuple(fc.string(), fc.integer({ min: 1, max: 9 })).map(
        ([text, most]) =>
          (client) =>
            build.flood(client, text, most),
      ),
    ];
    const doing = fc.tuple(fc.constantFrom('A', 'B', 'C-3', 'D_4'), fc.oneof(...acts));
    fc.assert(
      fc.property(fc.array(fc.array(doing, { maxLength: 4 }), { maxLength: 12 }), (steps) => {
        const script = build.scenario('made-up', 'Whatever comes.').shows('D01');
        const seen = new Set<string>();
        const gone = new Set<string>();
        for (const step of steps) {
          const actions: Action[] = [];
          for (const [client, act] of step) {
            if (gone.has(client)) continue;
            if (!seen.has(client))
              actions.push(build.connect(client, seen.size * 4_096 || undefined));
            seen.add(client);
            const action = act(client);
            if (action.do === 'close' || action.do === 'reset') gone.add(client);
            actions.push(action);
          }
          script.step(...actions);
        }
        expect(problemOf(JSON.parse(JSON.stringify(script)))).toBeNull();
      }),
    );
  });
});

test('scenario.schema.json is the schema, for editors; `npx vitest run test/scenario -u` writes it', async () => {
  const schema = {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'A scenario of Loopscope',
    ...toJsonSchema(scenarioSchema),
  };
  // lists of words on one line, as Biome has them
  const text = JSON.stringify(schema, null, 2).replace(/\[\s+("[^[\]{}]*?")\s+\]/g, (_, words) => {
    return `[${words.replace(/,\s+/g, ', ')}]`;
  });
  await expect(`${text}\n`).toMatchFileSnapshot('../../src/scenario/scenario.schema.json');
});

describe('docs/scenarios.md', () => {
  const guide = readFileSync(new URL('../../docs/scenarios.md', import.meta.url), 'utf8');
  const block = (language: string): string =>
    new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 's').exec(guide)?.[1] ?? '';

  test('has an example that fits, and the same in TypeScript', () => {
    const example = JSON.parse(block('json'));
    expect(problemOf(example)).toBeNull();
    const built = new Function(...Object.keys(build), `return ${block('ts')}`);
    expect({ ...built(...Object.values(build)) }).toEqual(example);
  });

  test('names every action', () => {
    const rows = [...guide.matchAll(/^\| `(\w+)` \|/gm)].map(([, action]) => action);
    const known = scenarioSchema.entries.steps.item.item.options.map(
      (option) => option.entries.do.literal,
    );
    expect([...rows].sort()).toEqual([...known].sort());
  });

  test('shows an error as it is told', () => {
    const [, field, got] = /`(steps\.3\.0\.hex: [^`]*got "([^"]*)")`/.exec(guide) ?? [];
    const example = JSON.parse(block('json').replace('898437fa213d47934f5a', got ?? ''));
    expect(problemOf(example)).toBe(field);
  });
});
