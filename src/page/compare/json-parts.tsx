/**
 * Where two texts of JSON part: the member, and what either side has there.
 * @module
 */

import type { JSX } from 'preact';
import type { JsonDifference } from '../../scenario/reading.js';
import { printable } from '../../trace/text.js';
import { say } from '../texts.js';

/** No more of a value is shown. */
const MOST = 120;

/** The member and both values; nothing where there is no JSON to part in. */
export function JsonParts({ json }: { json: JsonDifference | null }): JSX.Element | null {
  if (json === null) return null;
  const { path, left, right } = json;
  const has = (value: string | null): JSX.Element =>
    value === null ? (
      <i>{say('compare.json.nothing')}</i>
    ) : (
      <code>{printable(value.length > MOST ? `${value.slice(0, MOST)}…` : value)}</code>
    );
  return (
    <p class="json-parts">
      {path === '' ? say('compare.json.whole') : say('compare.json', { path: printable(path) })}{' '}
      {has(left)} | {has(right)}
    </p>
  );
}
