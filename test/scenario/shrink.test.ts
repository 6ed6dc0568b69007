import { describe, expect, test } from 'vitest';
import { pieces, scenario, send, text } from '../../src/scenario/build.js';
import { randomConversation } from '../../src/scenario/conversation.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { shrink } from '../../src/scenario/shrink.js';

const shows = (test: (all: string) => boolean) => async (one: Scenario) =>
  test(JSON.stringify(one.steps));

describe('a conversation is made small', () => {
  test('by clients, acts and characters that it does not need', async () => {
    const all = scenario('all', '')
      .joins('A', 'Ada')
      .joins('B', 'Grace')
      .step(text('B', 'much ado about nothing'))
      .step(send('A', 'la la'));
    const small = await shrink(
      all,
      shows((steps) => steps.includes('ado')),
    );
    expect(small.steps).toEqual([[{ do: 'connect', client: 'B' }], [text('B', 'ado')]]);
    expect(small.name).toBe('all');
  });

  test('by bytes and by pieces', async () => {
    const cut = scenario('cut', '')
      .joins('A', 'Ada')
      .step(pieces('A', 'abcdefgh', 2, 5));
    const whole = await shrink(
      cut,
      shows((steps) => steps.replaceAll('","', '').includes('6465')),
    );
    expect(whole.steps.at(-1)).toEqual([{ do: 'send', client: 'A', hex: '6465' }]);
    const still = await shrink(
      cut,
      shows((steps) => /64.*","/.test(steps)),
    );
    expect(still.steps.at(-1)).toMatchObject([{ do: 'pieces' }]);
    expect(JSON.stringify(still.steps.at(-1)).length).toBeLessThan(60);
  });

  test('and never out of order, nor by more tries than it may have', async () => {
    let tries = 0;
    const small = await shrink(
      randomConversation(1, 2),
      async () => {
        tries++;
        return false;
      },
      25,
    );
    expect(tries).toBe(25);
    expect(small).toEqual(randomConversation(1, 2));
  });
});
