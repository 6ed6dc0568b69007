/**
 * The bits of a byte as eight buttons, each named by what it is part of.
 * @module
 */

import type { JSX } from 'preact';
import { say } from '../texts.js';
import { fieldAt } from './fields.js';
import type { BytesReading } from './state.js';

const BITS = [7, 6, 5, 4, 3, 2, 1, 0];

/** The buttons; a press turns the bit round. */
export function BitButtons({ reading }: { reading: BytesReading }): JSX.Element {
  const at = reading.at.value;
  const value = reading.editor.bytes.value[at] ?? 0;
  const bits = fieldAt(reading.units.value, at)?.bits ?? [];
  const nameOf = (bit: number): string => bits.find(({ mask }) => mask & (1 << bit))?.name ?? '';
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame
    <div class="bits" role="group" aria-label={say('bytes.bits', { at })}>
      {BITS.map((bit) => {
        const name = nameOf(bit);
        const isFirst = name !== '' && (bit === 7 || nameOf(bit + 1) !== name);
        return (
          <span key={bit} class={name === '' || isFirst ? 'bit first' : 'bit'}>
            <button
              type="button"
              aria-label={say(name === '' ? 'bytes.bit' : 'bytes.bit.named', {
                bit,
                name,
                value: (value >> bit) & 1,
              })}
              aria-pressed={(value & (1 << bit)) !== 0}
              onClick={() => reading.editor.flip(at, bit)}
            >
              {(value >> bit) & 1}
            </button>
            <span class="bit-name" aria-hidden="true">
              {name === '' ? bit : isFirst ? name : ''}
            </span>
          </span>
        );
      })}
    </div>
  );
}
