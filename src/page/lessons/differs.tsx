/**
 * What the exercise gave beside what was expected: bytes from the first that differs, or values.
 * @module
 */

import type { JSX } from 'preact';
import type { Detail } from '../course/course.js';
import type { Session } from '../session.js';
import { MOST_IN_ADDRESS } from '../shared/hex-parameter.js';
import { say } from '../texts.js';
import { printableLine } from './work.js';

/** Bytes, and characters of a value, that are shown. */
const MOST_SHOWN_BYTES = 48;
const MOST_SHOWN = 600;

/** What differs. @param field in words; null where none is known */
export function Differs({
  detail,
  field,
  session,
}: {
  detail: Exclude<Detail, { kind: 'line' }>;
  field: string | null;
  session: Session;
}): JSX.Element {
  const rows = [
    [say('lessons.check.expected'), detail.expected],
    [say('lessons.check.actual'), detail.actual],
  ] as const;
  const { kind } = detail;
  return (
    <>
      {kind === 'bytes' && (
        <p>
          {field === null
            ? say('lessons.check.byte-only', { offset: String(detail.offset) })
            : say('lessons.check.byte', { offset: String(detail.offset), field })}
        </p>
      )}
      <dl class="differs">
        {rows.map(([name, value]) => (
          <>
            <dt key={name}>{name}</dt>
            <dd>
              {kind === 'bytes' ? (
                <Bytes hex={value} which={name} session={session} />
              ) : (
                <Value text={value} at={detail.at} />
              )}
            </dd>
          </>
        ))}
      </dl>
    </>
  );
}

/** Bytes, the first of which differs. */
function Bytes({
  hex,
  which,
  session,
}: {
  hex: string;
  which: string;
  session: Session;
}): JSX.Element {
  if (hex === '') return <span class="none">{say('lessons.check.nothing')}</span>;
  const shown = hex.slice(0, 2 * MOST_SHOWN_BYTES).replace(/..(?=.)/g, '$& ');
  const bytes = hex.slice(0, 2 * MOST_IN_ADDRESS);
  return (
    <>
      <code>
        <mark>{shown.slice(0, 2)}</mark>
        {shown.slice(2)}
        {hex.length > 2 * MOST_SHOWN_BYTES && ' …'}
      </code>{' '}
      <a href={session.addressWith({ view: 'bytes', bytes, at: '0', role: 'auto' })}>
        {say('lessons.check.in-bytes', { which })}
      </a>
    </>
  );
}

/** A value, marked from the first character that differs. */
function Value({ text, at }: { text: string; at: number }): JSX.Element {
  const from = Math.max(0, Math.min(at, text.length) - MOST_SHOWN / 2);
  const lines = (part: string): string => part.split('\n').map(printableLine).join('\n');
  return (
    <code>
      {from > 0 && '… '}
      {lines(text.slice(from, at))}
      <mark>{lines(text.slice(at, from + MOST_SHOWN))}</mark>
      {text.length > from + MOST_SHOWN && ' …'}
    </code>
  );
}
