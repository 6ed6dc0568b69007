/**
 * Where what the clients got differs, as a table: client, field, and the bytes of both sides, decoded.
 * @module
 */

import type { JSX } from 'preact';
import { describeDifference, type WireDifference } from '../../scenario/compare.js';
import { printable } from '../../trace/text.js';
import { language } from '../language.js';
import { comma, say } from '../texts.js';
import { JsonParts } from './json-parts.js';

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
              {rowsOf(wire).map(({ one, said, clients }) => (
                <tr key={`${one.client} ${one.leftOffset} ${one.field}`}>
                  <th scope="row">{clients}</th>
                  <td>
                    {printable(said.field)}
                    {one.form !== null && <span class="form">{formText(one.defect)}</span>}
                    <JsonParts json={one.json} />
                  </td>
                  <Side offset={one.leftOffset} text={said.left} reads={said.leftReads} />
                  <Side offset={one.rightOffset} text={said.right} reads={said.rightReads} />
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

/** A difference, what is said of it, and whom it meets. */
interface WireRow {
  one: WireDifference;
  said: ReturnType<typeof describeDifference>;
  clients: string;
}

/** Where they part comes first; what differs in form alone stands once, with all whom it meets. */
function rowsOf(wire: readonly WireDifference[]): WireRow[] {
  const parts = wire.filter(({ form }) => form === null);
  const forms = new Map<string, WireRow>();
  for (const one of wire) {
    if (one.form === null) continue;
    const kind = `${one.form} ${one.defect} ${one.field}`;
    const known = forms.get(kind);
    if (known === undefined) forms.set(kind, rowOf(one));
    else known.clients += `${comma()}${one.client}`;
  }
  return [...parts.map(rowOf), ...forms.values()];
}

function rowOf(one: WireDifference): WireRow {
  return { one, said: describeDifference(one, language.value), clients: one.client };
}

function formText(number: string | null): string {
  return number === null ? say('compare.wire.form') : say('compare.wire.form.number', { number });
}

/** No more of a text is shown. */
const MOST = 400;

function Side({
  offset,
  text,
  reads,
}: {
  offset: number;
  text: string;
  reads: string;
}): JSX.Element {
  const isHex = /^([0-9a-f]{2})+…?$/.test(text);
  return (
    <td>
      {reads !== '' && (
        <span class="reads">
          {printable(reads.slice(0, MOST))}
          {reads.length > MOST && '…'}
        </span>
      )}
      <span class={isHex ? 'hex' : ''}>
        {isHex ? text.replace(/..(?=[0-9a-f…])/g, '$& ') : printable(text)}
      </span>
      <span class="form">{say('compare.wire.byte', { offset })}</span>
    </td>
  );
}
