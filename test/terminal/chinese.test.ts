/** Chinese on a terminal: a character takes two columns, and lines break by rules of their own. */

import { stripVTControlCharacters } from 'node:util';
import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { inspect } from '../../src/inspect/inspect.js';
import { inspectionText } from '../../src/inspect/text.js';
import { SCENARIOS } from '../../src/scenario/shipped.js';
import { simulate } from '../../src/scenario/simulate.js';
import { behaviourLines } from '../../src/terminal/behaviour.js';
import { phpSourceOf, sourceOf } from '../../src/terminal/sources.js';
import { stepperSpeaker } from '../../src/terminal/stepper-say.js';
import { screenOf } from '../../src/terminal/stepper-screen.js';
import { stepper } from '../../src/texts/stepper.zh.js';
import { lamportText } from '../../src/trace/lamport-text.js';
import { Stepper } from '../../src/trace/stepper.js';
import { describeStep } from '../../src/trace/text.js';
import { hex } from '../support/bytes.js';

const language = 'zh';
const scenario = SCENARIOS.get('two-clients');
if (scenario === undefined) throw new Error('no such scenario');
const { events } = await simulate(scenario);

/** Words of English that are no names: of no step, field, protocol, opcode or header. */
const ENGLISH =
  /\b(?:the|and|of|not|is|are|was|bytes?|frames?|server|clients?|masked|waits|ready|empty|after|before|peer|turn)\b/;

describe('in Chinese', () => {
  test('the stepper fills 80x24 at each step, and cuts nothing of its frame', () => {
    const walk = new Stepper(events);
    walk.end();
    for (let position = events.length; position > 0; position -= 7) {
      const { view } = walk;
      const step = view.event?.step;
      const lines = screenOf(
        view,
        { columns: 80, rows: 24 },
        {
          title: stepperSpeaker(language)('title.scenario', { name: 'two-clients', profile: 'x' }),
          length: events.length,
          source: step === undefined ? null : sourceOf(step, 'rfc6455'),
          php: step === undefined ? null : phpSourceOf(step),
          unserved: [],
          tellsQueues: false,
          state: stepper['walk.stands'],
          problem: '',
          footer: stepper['keys.server'],
          language,
        },
      ).map((line) => stripVTControlCharacters(line));
      expect(lines).toHaveLength(24);
      expect(lines.filter((line) => stringWidth(line) > 80)).toEqual([]);
      const frame = lines.filter((line) => line.startsWith('──') || line === lines[0]);
      expect([...frame, lines.at(-1)].filter((line) => line?.includes('…'))).toEqual([]);
      for (let back = 0; back < 7; back++) walk.back();
    }
  });

  test('a step leaves no English word that is no name', () => {
    const said = events
      .filter(({ step }) => step !== 'act' && step !== 'deal')
      .map((event) => describeStep(event, language));
    expect(said.filter((text) => ENGLISH.test(text))).toEqual([]);
  });

  test('a diagram keeps its lanes below each other', () => {
    const lanes = lamportText(events, { language })
      .split('\n')
      .slice(1)
      .filter((line) => /[│●]/.test(line))
      .map((line) => stringWidth(line.slice(0, line.search(/[│●├]/))));
    expect(new Set(lanes).size).toBe(1);
  });

  test('how two servers behave stands in columns', () => {
    const behaviour = {
      ...{ waitsIn: null, calls: null, stoodMs: 0 },
      wakeUps: 12,
      forNothing: 0,
      waitedMs: 93,
      otherMs: {},
      recvs: [6, 153],
      writes: [],
      leftOpen: 0,
    };
    const sides = ['original', 'rfc6455'].map((name) => ({ name, behaviour, there: 0 }));
    const [, ...table] = behaviourLines(sides, true, language);
    const cells = table.slice(1).map((line) => line.split(/ {2,}/).at(-1) ?? '');
    const starts = table.slice(1).map((line, i) => stringWidth(line) - stringWidth(cells[i] ?? ''));
    expect(cells).toHaveLength(10);
    expect(new Set(starts).size).toBe(1);
  });

  test('no line of an inspection is wider than 80 columns, begins with what closes, or ends in what opens', () => {
    const bytes = hex('f1 03 616263 82fe0001 00000000 61 88 02 03ed 81 05 48');
    const text = inspectionText(bytes, inspect(bytes, { role: 'client', language }), { language });
    const lines = text.split('\n').map((line) => line.trim());
    expect(lines.filter((line) => /^[，。：；？！）”]|[（“]$/.test(line))).toEqual([]);
    expect(text.split('\n').filter((line) => stringWidth(line) > 80)).toEqual([]);
    expect(text.replace(/[a-z\d]+(?:-[a-z\d]+)+/g, '')).not.toMatch(ENGLISH); // codes stay
  });
});
