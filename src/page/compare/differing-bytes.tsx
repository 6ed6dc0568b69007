/**
 * The bytes of one side around the first that differs from the other side.
 * @module
 */

import type { JSX } from 'preact';
import { signOf } from '../../inspect/letters.js';
import { say } from '../texts.js';

const BEFORE = 8;
const SHOWN = 40;

/** The bytes. @param at the first that differs */
export function DifferingBytes({
  bytes,
  other,
  at,
}: {
  bytes: Uint8Array;
  other: Uint8Array;
  at: number;
}): JSX.Element {
  const from = Math.max(0, at - BEFORE);
  const part = [...bytes.subarray(from, from + SHOWN)];
  const text = part.map(signOf);
  return (
    <div class="differing">
      <p class="none">{say('compare.bytes.at', { at })}</p>
      <p class="hex">
        {from > 0 && '… '}
        {part.map((value, i) => {
          const hex = value.toString(16).padStart(2, '0');
          const isOther = value !== other[from + i];
          return isOther ? <mark key={i}>{hex}</mark> : <span key={i}>{hex}</span>;
        })}
        {part.length === 0 && say('compare.bytes.none')}
        {from + SHOWN < bytes.length && ' …'}
      </p>
      <p class="text" aria-hidden="true">
        {text.join('')}
      </p>
    </div>
  );
}
