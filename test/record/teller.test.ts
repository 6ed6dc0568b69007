/** What is told of a recording, by whoever made it. */

import { expect, test } from 'vitest';
import { Teller } from '../../src/record/teller.js';

test.each([
  ['a file', 'strace', /nothing that strace wrote/],
  ['a process that was watched', 'watch', /No loop was seen/],
] as const)('%s without any call: what is said fits it', (_, recorder, said) => {
  const options = { traceLimit: 1, format: 'text' } as const;
  const teller = new Teller(options, { recorder, program: '42' }, 'en');
  expect(() => teller.end(null)).toThrow(said);
});
