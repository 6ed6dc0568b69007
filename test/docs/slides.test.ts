/** The slides of each route: made of the lessons, so that nothing in them is told twice. */

import { describe, expect, test } from 'vitest';
import { allLessons } from '../../src/lesson/lesson.js';
import { ROUTES } from '../../src/lesson/routes.js';
import { deckOf } from '../../tools/slides.js';

describe.each(['en', 'zh'] as const)('the slides in %s', (language) => {
  const lessons = allLessons(language);

  test.each(['45', '90'])(
    'of route %s have each question, a live demo, the answer and the exercise',
    async (name) => {
      const route = ROUTES.get(name);
      if (route === undefined) throw new Error(name);
      const deck = await deckOf(route, lessons, language);
      const slides = deck.split('<section').slice(1);
      const bridges = route.stops.filter(({ bridge }) => bridge !== null);
      expect(slides).toHaveLength(1 + 4 * route.stops.length + bridges.length);
      const demos = [
        ...deck.matchAll(
          /data-src="(loopscope\.\w+\.html)#view=loop&#38;scenario=[\w-]+&#38;step=\d+/g,
        ),
      ];
      expect(demos.map(([, page]) => page)).toEqual(
        route.stops.map(() => `loopscope.${language}.html`),
      );
      for (const { lesson } of route.stops) expect(deck).toContain(lessons[lesson]?.title);
      for (const slide of slides) expect(slide).not.toMatch(/[^!]\{\w+\}/);
    },
  );
});

test.each([
  ['en', 'Expect: '],
  ['zh', '可能遇到：'],
] as const)(
  'the slides of all lessons have a picture for the board and mistakes to expect: %s',
  async (language, expects) => {
    const route = ROUTES.get('alone');
    if (route === undefined) throw new Error('alone');
    const deck = await deckOf(route, allLessons(language), language);
    expect(deck.match(/<pre>./g)).toHaveLength(route.stops.length);
    expect(deck.split(`<p>${expects}`).length).toBeGreaterThan(2 * 2 * route.stops.length);
    expect(deck.includes('<pre><b class="wide">')).toBe(language === 'zh');
  },
);
