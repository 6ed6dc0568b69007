import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  asksForNothing,
  COMMON,
  choice,
  type Parameters,
  readAddress,
  writeAddress,
} from '../../src/page/address.js';

const ALL: Parameters = { view: choice('loop', 'bytes'), ...COMMON };
const FALLBACKS = Object.fromEntries(
  Object.entries(ALL).map(([name, { fallback }]) => [name, fallback]),
);

describe('the address', () => {
  test('names scenario, seed, server and step', () => {
    const { values, notices } = readAddress(
      '#view=loop&scenario=ping&seed=7&profile=original&step=42',
      ALL,
    );
    expect(values).toEqual({
      ...FALLBACKS,
      scenario: 'ping',
      seed: '7',
      profile: 'original',
      step: '42',
    });
    expect(notices).toEqual([]);
  });

  test('that is empty means the first step of the first view', () => {
    expect(readAddress('', ALL)).toEqual({ values: FALLBACKS, notices: [] });
    expect(writeAddress(FALLBACKS, ALL)).toBe('#view=loop');
  });

  test.each(['', '#', '#theme=dark&lang=en', '#presenter=28&pane=code'])(
    '%s asks for nothing in particular',
    (hash) => expect(asksForNothing(hash)).toBe(true),
  );

  test.each(['#view=loop', '#step=1', '#theme=dark&seed=7', '#nonsense'])(
    '%s asks for something',
    (hash) => expect(asksForNothing(hash)).toBe(false),
  );

  test.each([
    ['seed=-1', 'The address has seed=-1, which cannot be; 0 was taken.'],
    ['seed=1e3', 'The address has seed=1e3, which cannot be; 0 was taken.'],
    ['seed=4294967296', 'The address has seed=4294967296, which cannot be; 0 was taken.'],
    ['step=0', 'The address has step=0, which cannot be; 1 was taken.'],
    [
      'scenario=tow-clients',
      'The address has scenario=tow-clients, which cannot be; two-clients was taken.',
    ],
    ['profile=php', 'The address has profile=php, which cannot be; rfc6455 was taken.'],
    ['constructor=1', 'The address has “constructor”, which means nothing here; it was left out.'],
    ['%E0%A4%A=1', 'The address has “\ufffd%A”, which means nothing here; it was left out.'],
  ])('with %s is mended, and that is said', (part, notice) => {
    const { values, notices } = readAddress(`#${part}`, ALL);
    expect(notices).toEqual([notice]);
    expect(values).toEqual(FALLBACKS);
  });

  test('with a name that a parameter had before means the parameter', () => {
    const acts = { fallback: '', formerly: 'steps', mend: (text: string) => text };
    const { values, notices } = readAddress('#steps=9', { ...ALL, acts });
    expect(values).toEqual({ ...FALLBACKS, acts: '9' });
    expect(notices).toEqual([]);
  });

  test('what is wrong is quoted in part only', () => {
    const { notices } = readAddress(`#seed=${'9'.repeat(10_000)}`, ALL);
    expect(notices[0]?.length).toBeLessThan(120);
  });

  test('what is wrong is said once, and of very much only the beginning', () => {
    expect(readAddress('#x=1&x=2&x=3', ALL).notices).toHaveLength(1);
    const many = Array.from({ length: 40 }, (_, i) => `x${i}=1`).join('&');
    const { notices } = readAddress(`#${many}`, ALL);
    expect(notices).toHaveLength(6);
    expect(notices[5]).toBe('Of what is wrong with the address, 35 more are not said.');
  });

  test('what is quoted of it turns no line round, and is cut between characters', () => {
    const { notices } = readAddress(`#seed=%E2%80%AE1&${'a'.repeat(39)}👋👋=1`, ALL);
    expect(notices).toEqual([
      'The address has seed=\\u{202e}1, which cannot be; 0 was taken.',
      `The address has “${'a'.repeat(39)}👋…”, which means nothing here; it was left out.`,
    ]);
  });

  test('that was written reads as it was', () => {
    const values = fc.record({
      view: fc.constantFrom('loop', 'bytes'),
      scenario: fc.constantFrom('two-clients', 'ping', 'eight-bytes'),
      seed: fc.nat(0xffff_ffff).map(String),
      profile: fc.constantFrom('rfc6455', 'original'),
      step: fc.integer({ min: 1, max: 9_999_999 }).map(String),
      speed: fc.constantFrom('0.5', '2', '30'),
      theme: fc.constantFrom('auto', 'light', 'dark'),
      lang: fc.constantFrom('', 'en', 'xx-test'),
      presenter: fc.constantFrom('on', 'off', '20', '28'),
      pane: fc.constantFrom('trace', 'bytes'),
      recording: fc.constantFrom('', 'nginx', 'select-slow-reader'),
      loop: fc.nat(256).map(String),
      network: fc.constantFrom('', 'delay.50', 'cut.20.up'),
    });
    fc.assert(
      fc.property(values, (one) => {
        expect(readAddress(writeAddress(one, ALL), ALL)).toEqual({ values: one, notices: [] });
      }),
    );
  });

  test('keeps any text of a view in one piece', () => {
    const parameters = { ...ALL, text: { fallback: '', mend: (text: string) => text } };
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const address = writeAddress({ ...FALLBACKS, text }, parameters);
        expect(readAddress(address, parameters).values.text).toBe(text);
      }),
    );
  });
});
