/**
 * What is said of a PHP server that is compared, beside why it could not be run.
 * @module
 */

/** The texts by key. */
export const php = {
  repairs:
    '{side} runs with {n, plural, one {# repair} other {# repairs}} for PHP 8, in {n, plural, one {line} other {lines}} {lines}; --format json has each',
  repaired: '{side} was repaired for PHP 8, line {line}: {was} → {is}, since {why}',
  ended: '{side} ended early: {message}',
  typeError:
    'A TypeError ends the original too under PHP 8 (D35); whether this is the same, its line tells.',
  'repair.curly': 'PHP 8 does not compile a string offset in curly braces',
  'repair.number':
    'in PHP 8 a socket is an object without a number, and all clients would share one entry',
  'repair.resource': 'in PHP 8 a socket is an object, and no resource',
  'repair.instead': 'a function of that name behind the end',
  'repair.gone': 'PHP 8 has that function no longer',
  'repair.text': 'in PHP 8 a socket is an object and does not turn into text',
} as const;
