import { describe, expect, test } from 'vitest';
import { fromHex } from '../../src/bytes.js';
import { randomConversation } from '../../src/scenario/conversation.js';
import { type Action, checkScenario } from '../../src/scenario/scenario.js';

const many = Array.from({ length: 400 }, (_, number) => randomConversation(7, number));

describe('conversations by chance', () => {
  test('are scenarios, of one to three clients, in which one acts at a time', () => {
    for (const one of many) {
      expect(checkScenario(JSON.parse(JSON.stringify(one)))).toEqual(one);
      expect(one.steps.every((actions) => actions.length === 1)).toBe(true);
    }
    const counts = many.map(({ steps }) =>
      steps.flat().filter(({ do: what }) => what === 'connect'),
    );
    expect([...new Set(counts.map(({ length }) => length))].sort()).toEqual([1, 2, 3]);
  });

  test('are the same for the same seed and number, and others for others', () => {
    expect(randomConversation(7, 5)).toEqual(many[5]);
    expect(randomConversation(8, 5).steps).not.toEqual(many[5]?.steps);
    expect(randomConversation(7, 6).steps).not.toEqual(many[5]?.steps);
  });

  test('have every act, every opcode, every bit, masked and not, and all ways to end', () => {
    const acts: Action[] = many.flatMap(({ steps }) => steps.flat());
    const kinds = new Set(acts.map((action) => action.do));
    expect([...kinds].sort()).toEqual(
      ['close', 'connect', 'handshake', 'pieces', 'reset', 'send', 'shutdown', 'text'].sort(),
    );
    const firsts = acts.flatMap((action) => {
      const hex =
        action.do === 'send' ? action.hex : action.do === 'pieces' ? action.pieces.join('') : '';
      return [...(fromHex(hex)?.subarray(0, 1) ?? [])];
    });
    expect(new Set(firsts.map((byte) => byte & 0x0f)).size).toBe(16);
    for (const bit of [0x80, 0x40, 0x20, 0x10]) {
      expect(new Set(firsts.map((byte) => (byte & bit) !== 0)).size).toBe(2);
    }
  });
});
