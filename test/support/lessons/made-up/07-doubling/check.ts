import type { Check, Checker } from 'loopscope/lesson';

export default (({ double }, t: Checker) => {
  for (const value of [3, 65_536]) {
    t.step('step.double', { value });
    const given: unknown = double(value);
    t.expect(typeof given === 'number', 'wrong.text', { value });
    const why = given === value ** 2 ? 'wrong.square' : 'wrong.add-two';
    t.command = 'npx loopscope lesson';
    t.equal(given, value * 2, why, { value });
  }
}) satisfies Check<typeof import('./exercise.js')>;
