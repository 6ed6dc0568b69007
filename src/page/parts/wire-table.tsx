/**
 * Where what the clients got differs, as a table: client, field, and the bytes of both sides.
 * @module
 */

import type { JSX } from 'preact';
import type { WireDifference } from '../../scenario/compare.js';
import { say } from '../messages.js';

/** The table. @param wire null where a side does not know */
export function WireTable({
  wire,
  names,
}: {
  wire: readonly WireDifference[] | null;
  names: readonly [left: string, right: string];
}): JSX.Element {
  return (
    <section class="pane wire" aria-labelledby="wire-title">
      <h2 id="wire-title">{say('compare.wire')}</h2>
      {wire === null || wire.length === 0 ? (
        <p class="none">{say(wire === null ? 'compare.wire.unknown' : 'compare.wire.none')}</p>
      ) : (
        // biome-ignore lint/a11y/useSemanticElements: a section in a section says nothing
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
        <div class="scroller" role="region" aria-label={say('compare.wire')} tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{say('compare.wire.client')}</th>
                <th scope="col">{say('compare.wire.field')}</th>
                {names.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {wire.map((one) => (
                <tr key={`${one.client} ${one.leftOffset} ${one.field}`}>
                  <th scope="row">{one.client}</th>
                  <td>
                    {one.field}
                    {one.harmless !== null && (
                      <span class="form">{say('compare.wire.form', { number: one.harmless })}</span>
                    )}
                  </td>
                  <Side offset={one.leftOffset} text={one.left} />
                  <Side offset={one.rightOffset} text={one.right} />
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function Side({ offset, text }: { offset: number; text: string }): JSX.Element {
  const isHex = /^([0-9a-f]{2})+…?$/.test(text);
  return (
    <td>
      <span class={isHex ? 'hex' : ''}>
        {isHex ? text.replace(/..(?=[0-9a-f…])/g, '$& ') : text}
      </span>
      <span class="form">{say('compare.wire.byte', { offset })}</span>
    </td>
  );
}
