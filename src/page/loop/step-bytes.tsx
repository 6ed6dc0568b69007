/**
 * The bytes of a step, and whose they are; those of frames with the letters of their fields.
 * @module
 */

import { Fragment, type JSX } from 'preact';
import { memo } from 'preact/compat';
import { useMemo } from 'preact/hooks';
import { inspect } from '../../inspect/inspect.js';
import { type Letter, letterOf } from '../../inspect/letters.js';
import { describeEnglish } from '../../trace/english.js';
import type { TraceEvent } from '../../trace/event.js';
import { sendingAt } from '../../trace/sending.js';
import { printable } from '../../trace/text.js';
import type { View } from '../../trace/view.js';
import type { Role } from '../../websocket/frame.js';
import { language } from '../language.js';
import { ByteDump } from '../shared/byte-dump.js';
import { say } from '../texts.js';

interface StepBytes {
  bytes: Uint8Array;
  says: string;
  /** Who sent them; null where nobody knows what they are: a stranger's, without a handshake. */
  role: Role | null;
}

/** No field is looked for behind this. */
const MOST = 512;
/** No text is drawn behind this. */
const LONGEST_TEXT = 2_000;

/** What the pane is drawn from. */
interface BytesPaneProps {
  view: View;
  /** The trace: what a send offers was made in steps before it. */
  events: readonly TraceEvent[];
}

/** The pane. */
export const BytesPane = memo(function BytesPane({ view, events }: BytesPaneProps): JSX.Element {
  const found = useMemo(() => knownOf(view, bytesOf(view, events)), [view, language.value]);
  const letters = useMemo(() => (found === null ? [] : lettersOf(found)), [found]);
  const used = [...new Set(letters)];
  return (
    <section class="pane bytes" aria-labelledby="bytes-title">
      <h2 id="bytes-title">
        {say('loop.bytes')}
        {found !== null && (
          <span class="file">
            {say('loop.bytes.about', { n: found.bytes.length, what: found.says })}
          </span>
        )}
      </h2>
      {found === null ? (
        <Words event={view.event} />
      ) : (
        <>
          <p class="legend">
            {used.map((letter) => (
              <span key={letter}>
                <b class={`letter letter-${letter}`}>{letter}</b> {say(`loop.letter.${letter}`)}
              </span>
            ))}
          </p>
          <ByteDump
            bytes={found.bytes}
            label={say('dump.hex')}
            letterOf={(at) => letters[at] ?? null}
          />
        </>
      )}
    </section>
  );
});

/** A step without bytes may have words: what was said, and what is answered. */
function Words({ event }: { event: TraceEvent | null }): JSX.Element {
  const words = wordsOf(event);
  if (words.length === 0) return <p class="none">{saysOfNone(event)}</p>;
  return (
    <dl class="words">
      {words.map(([key, text]) => (
        <Fragment key={key}>
          <dt>{say(`loop.words.${key}`)}</dt>
          <dd>{printable(text.slice(0, LONGEST_TEXT))}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

/** Why there are no bytes to show: none moved, or the trace does not hold them. */
function saysOfNone(event: TraceEvent | null): string {
  if (event?.step === 'send' && event.length > 0) {
    const { fd, taken, length } = event;
    return say('loop.bytes.send.unknown', { fd: String(fd), taken, length });
  }
  if (event?.step === 'arrive' && event.kind === 'bytes') {
    return say('loop.bytes.arrive', { fd: String(event.fd), length: event.length });
  }
  return say('loop.bytes.none');
}

type Word = 'said' | 'answer' | 'key' | 'accept' | 'refused';

function wordsOf(event: TraceEvent | null): [Word, string][] {
  if (event?.step === 'deal') {
    return [
      ['said', event.message],
      ['answer', event.reply],
    ];
  }
  if (event?.step !== 'handshake') return [];
  if ('refused' in event) {
    const { status, reason } = event.refused;
    const why = describeEnglish(reason, language.value);
    return [['refused', say('loop.bytes.refusal', { status: String(status), why })]];
  }
  return [
    ['key', event.key],
    ['accept', event.accept],
  ];
}

/** Of a stranger's connection without a handshake nothing is read as frames. */
function knownOf({ event, sockets }: View, found: StepBytes | null): StepBytes | null {
  const isPlain = event !== null && 'fd' in event && sockets.get(event.fd)?.state === 'accepted';
  return found !== null && isPlain ? { ...found, role: null } : found;
}

/** The bytes that a step moves, as far as the trace holds them. */
function bytesOf({ event, position }: View, events: readonly TraceEvent[]): StepBytes | null {
  if (event === null) return null;
  switch (event.step) {
    case 'recv':
    case 'parse':
      return some(event.bytes, say(`loop.bytes.${event.step}`, { fd: String(event.fd) }), 'client');
    case 'broadcast':
      return some(event.bytes, say('loop.bytes.broadcast', { to: names(event) }), 'server');
    case 'act':
      return some(event.bytes, say('loop.bytes.act', { client: event.client }), 'client');
    case 'send': {
      const { fd, taken, length } = event;
      const sending = sendingAt(events, position - 1);
      if (sending === null) return null;
      const { bytes, missing, answersHandshake } = sending;
      const key = missing === 0 ? 'whole' : answersHandshake ? 'handshake' : 'part';
      const values = { fd: String(fd), taken, length, missing };
      return some(bytes, say(`loop.bytes.send.${key}`, values), 'server');
    }
    case 'socket':
    case 'setsockopt':
    case 'bind':
    case 'listen':
    case 'select':
    case 'accept':
    case 'handshake':
    case 'deal':
    case 'block':
    case 'disconnect':
    case 'error':
    case 'arrive':
    case 'again':
    case 'fault':
    case 'wake':
    case 'other':
    case 'broker':
    case 'call':
    case 'unknown':
      return null;
    default:
      return event satisfies never;
  }
}

function some(bytes: Uint8Array, says: string, role: Role): StepBytes | null {
  return bytes.length === 0 ? null : { bytes, says, role };
}

function names({ to }: TraceEvent & { step: 'broadcast' }): string {
  if (to.length === 0) return say('loop.bytes.nobody');
  return say('loop.bytes.fds', { fds: `${to.slice(0, 8).join(' ')}${to.length > 8 ? ' …' : ''}` });
}

/** A piece of a stream may begin anywhere: only what reads as whole frames or a handshake has letters. */
function lettersOf({ bytes, role }: StepBytes): Letter[] {
  const letters: Letter[] = [];
  if (role === null) return letters;
  const { frames, handshakes, rest } = inspect(bytes.subarray(0, MOST), { role });
  if (rest !== null && frames.length === 0 && bytes.length <= MOST) return letters;
  for (const { offset, length } of handshakes) letters.push(...letterRun('H', offset + length));
  for (const { spans } of frames) {
    for (const span of spans)
      letters.push(...letterRun(letterOf(span.field), span.end - span.start));
  }
  return letters;
}

function letterRun(letter: Letter, length: number): Letter[] {
  return new Array<Letter>(Math.min(length, MOST)).fill(letter);
}
