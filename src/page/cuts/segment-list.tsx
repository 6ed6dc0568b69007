/**
 * The segments one below the other: what one recv gets, what the decoder holds, and what the room
 * and the mirror do.
 * @module
 */

import type { JSX } from 'preact';
import { memo } from 'preact/compat';
import type { Letter } from '../../inspect/letters.js';
import { describeStep } from '../../trace/text.js';
import { DefectNote } from '../bytes/original-reads.js';
import { rangeWithLength } from '../bytes/range-words.js';
import { language } from '../language.js';
import type { ServerName } from '../mine/servers.js';
import { ByteDump } from '../shared/byte-dump.js';
import { gap, say } from '../texts.js';
import { StepBadge } from '../walk/step-badge.js';
import { segmentsOf } from './cuts.js';
import {
  type Decoded,
  decodeSegments,
  LISTENER,
  type SegmentOutcome,
  type StreamOutcome,
} from './segments.js';
import type { CutState } from './state.js';

/** A sentence may quote a whole message. */
const LONGEST = 240;
/** Messages that are named in a verdict. */
const MOST_HEARD = 6;

/** The list. */
export function CutSegments({ state }: { state: CutState }): JSX.Element {
  const bytes = state.bytes.value;
  const cuts = state.cuts.value;
  const segments = segmentsOf(bytes, cuts);
  const decoded = decodeSegments(segments);
  const letters: Letter[] = [];
  for (const { start, end, letter } of state.fields.value) {
    for (let at = start; at < end; at++) letters[at] = letter;
  }
  const played = state.play.played.value;
  const server = state.server.value;
  const isOf =
    played !== null &&
    played.bytes === bytes &&
    played.server === server &&
    String(played.cuts) === String(cuts);
  const edges = [0, ...cuts];
  return (
    <ol class="cut-segments">
      {segments.map((segment, i) => {
        const start = edges[i] ?? 0;
        return (
          <li key={`${start} ${segment.length}`} class="pane cut-segment">
            <h2>
              {say('cuts.segment', { i: i + 1 })}
              <span class="file">{rangeWithLength({ start, end: start + segment.length })}</span>
            </h2>
            <div class="cut-cells">
              <section>
                <h3>{say('cuts.recv')}</h3>
                <ByteDump
                  bytes={segment}
                  label={say('dump.hex')}
                  letterOf={(at) => letters[start + at] ?? null}
                  most={128}
                />
              </section>
              <section>
                <h3>{say('cuts.decoder')}</h3>
                <Decoder decoded={decoded[i]} />
              </section>
              <Outcome name={server} outcome={isOf ? played.first.segments[i] : undefined} />
              <Outcome name="original" outcome={isOf ? played.mirror.segments[i] : undefined} />
            </div>
          </li>
        );
      })}
    </ol>
  );
}

function Decoder({ decoded }: { decoded: Decoded | undefined }): JSX.Element | null {
  if (decoded === undefined) return null;
  const { answered, frames, held, waitsFor, problem } = decoded;
  return (
    <ul class="cut-decoder">
      {answered !== null && <li>{say('cuts.decoder.answered', { status: answered })}</li>}
      {frames.map(({ name, payloadLength, text }, i) => (
        <li key={i} class="came">
          <b>→ {say('cuts.decoder.frame', { name, n: payloadLength })}</b>{' '}
          {text !== null && <code>{text.slice(0, LONGEST)}</code>}
        </li>
      ))}
      {problem !== null && <li class="stopped">{say('cuts.decoder.stopped', { problem })}</li>}
      {problem === null && (
        <li>
          {waitsFor === null ? say('cuts.decoder.nothing') : say('cuts.decoder.holds', { n: held })}
        </li>
      )}
      {waitsFor !== null && (
        <li>
          {waitsFor.field === 'request' || waitsFor.length === null
            ? say('cuts.decoder.request')
            : say('cuts.decoder.waits', {
                field: waitsFor.field,
                have: waitsFor.have,
                length: waitsFor.length,
              })}
        </li>
      )}
    </ul>
  );
}

/** While it is being played nothing is said, and the last is not shown: it would be wrong. */
const Outcome = memo(function Outcome({
  name,
  outcome,
}: {
  name: ServerName;
  outcome: SegmentOutcome | undefined;
}): JSX.Element {
  const events = outcome?.events ?? [];
  const defects = outcome?.defects ?? [];
  const isRead = events.some(({ step }) => step === 'recv');
  const told = events.filter(({ step }) => step !== 'recv');
  return (
    <section class={defects.length > 0 ? 'cut-outcome hurt' : 'cut-outcome'}>
      <h3>{say(`run.profile.${name}`)}</h3>
      {outcome === undefined && <p class="none">{say('cuts.playing')}</p>}
      {outcome !== undefined && told.length === 0 && (
        <p class="none">{say(isRead ? 'cuts.nothing' : 'cuts.unread')}</p>
      )}
      <ul>
        {told.map((event) => {
          const sentence = describeStep(event, language.value);
          return (
            <li key={event.seq}>
              <StepBadge step={event.step} />{' '}
              <span>
                {sentence.length > LONGEST ? `${sentence.slice(0, LONGEST)} …` : sentence}
              </span>
            </li>
          );
        })}
      </ul>
      {defects.map((number) => (
        <DefectNote key={number} number={number} />
      ))}
    </section>
  );
});

/** Whether what everyone gets is what it should be, in a line. */
export function Verdict({
  name,
  outcome,
}: {
  name: ServerName;
  outcome: StreamOutcome | undefined;
}): JSX.Element {
  const difference = outcome?.difference ?? null;
  const sign = outcome === undefined ? '…' : difference === null ? '✓' : '✗';
  return (
    <p class={difference === null ? 'cut-verdict' : 'cut-verdict hurt'}>
      <b>
        {sign} {say('cuts.reader', { name: say(`run.profile.${name}`) })}
      </b>{' '}
      {outcome === undefined && say('cuts.playing')}
      {outcome !== undefined && (
        <>
          {say(difference === null ? 'cuts.whole' : 'cuts.hurt')}
          {gap()}
          {say('cuts.heard', { name: LISTENER })}{' '}
          {outcome.heard.slice(0, MOST_HEARD).map((text, i) => (
            <code key={i}>{text.slice(0, LONGEST)}</code>
          ))}
          {outcome.heard.length === 0 && say('cuts.heard.nothing')}
          {outcome.heard.length > MOST_HEARD && '…'}
        </>
      )}
    </p>
  );
}
