/**
 * The messages of a HAR, below the list of handshakes: there are no bytes of frames to go to.
 * @module
 */

import type { JSX } from 'preact';
import { dateOf } from '../../inspect/capture-time.js';
import { messageBegins, messageHead } from '../../inspect/har-text.js';
import { wordsIn } from '../../inspect/words.js';
import { printable } from '../../trace/text.js';
import { language } from '../language.js';
import { useWindow } from '../shared/windowed.js';
import { say } from '../texts.js';
import { clockOf } from './list.js';
import type { ListedMessage } from './listed.js';
import type { BytesReading } from './state.js';

/** As in list.css. */
const ROW_REM = 1.75;

/** The messages of all streams, as far as they are seen; nothing where there are none. */
export function MessageList({ reading }: { reading: BytesReading }): JSX.Element | null {
  const { list, streams } = reading;
  const of = list.messages.value.length;
  if (of === 0) return null;
  return (
    <Messages messages={list.shownMessages.value} of={of} isOne={streams.value.length === 1} />
  );
}

interface MessagesProps {
  messages: readonly ListedMessage[];
  of: number;
  /** Whether there is only one stream. */
  isOne: boolean;
}

function Messages({ messages, of, isOne }: MessagesProps): JSX.Element {
  const { length } = messages;
  const { ref, onScroll, from, to, paper } = useWindow<HTMLDivElement>(length, ROW_REM, -1);
  return (
    <>
      <h3 class="entries-title">
        {say('bytes.messages', { n: of })}
        {length < of && (
          <span class="list-count">{say('bytes.list.count', { n: length, of })}</span>
        )}
      </h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: so that it can be scrolled with the keys */}
      <div ref={ref} class={`entries ${paper}`} tabIndex={0} data-own-keys onScroll={onScroll}>
        <ol class="rows" style={{ '--height': `${length * ROW_REM}rem` }}>
          {messages.slice(from, to).map((listed, i) => (
            <Row key={from + i} listed={listed} place={from + i} isOne={isOne} />
          ))}
        </ol>
      </div>
    </>
  );
}

interface RowProps {
  listed: ListedMessage;
  place: number;
  isOne: boolean;
}

function Row({ listed, place, isOne }: RowProps): JSX.Element {
  const { stream, number, message, before } = listed;
  const { direction, time, opcodeName } = message;
  const head = messageHead(message, number, before, wordsIn(language.value));
  return (
    <li class="entry message" title={head} style={{ top: `${place * ROW_REM}rem` }}>
      {!isOne && <span class="entry-stream">{stream + 1}</span>}
      <span class={`entry-from ${direction}`}>
        <span aria-hidden="true">{direction === 'client' ? '→' : '←'}</span>
        <span class="unseen">{say(`bytes.list.from.${direction}`)}</span>
      </span>
      <span class="entry-kind">{opcodeName}</span>
      {time !== null && <span class="entry-time">{clockOf(dateOf(time))}</span>}
      <span class="entry-begins">{printable(messageBegins(message))}</span>
    </li>
  );
}
