/**
 * The messages of a HAR, below the list of handshakes: there are no bytes of frames to go to.
 * @module
 */

import type { JSX } from 'preact';
import { dateOf } from '../../inspect/capture-time.js';
import { messageBegins, messageHead } from '../../inspect/har-text.js';
import type { HarMessage } from '../../inspect/named-streams.js';
import { wordsIn } from '../../inspect/words.js';
import { printable } from '../../trace/text.js';
import { language } from '../language.js';
import { useWindow } from '../shared/windowed.js';
import { say } from '../texts.js';
import type { BytesReading } from './state.js';

/** As in list.css. */
const ROW_REM = 1.75;

/** The messages of the stream that is read; nothing where it has none. */
export function MessageList({ reading }: { reading: BytesReading }): JSX.Element | null {
  const messages = reading.streams.value[reading.stream.value]?.messages;
  return messages === undefined ? null : <Messages messages={messages} />;
}

function Messages({ messages }: { messages: readonly HarMessage[] }): JSX.Element {
  const { ref, onScroll, from, to, paper } = useWindow<HTMLDivElement>(
    messages.length,
    ROW_REM,
    -1,
  );
  return (
    <>
      <h3 class="entries-title">{say('bytes.messages', { n: messages.length })}</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: so that it can be scrolled with the keys */}
      <div ref={ref} class={`entries ${paper}`} tabIndex={0} data-own-keys onScroll={onScroll}>
        <ol class="rows" style={{ '--height': `${messages.length * ROW_REM}rem` }}>
          {messages.slice(from, to).map((message, i) => (
            <Row
              key={from + i}
              message={message}
              before={messages[from + i - 1] ?? null}
              place={from + i}
            />
          ))}
        </ol>
      </div>
    </>
  );
}

interface RowProps {
  message: HarMessage;
  before: HarMessage | null;
  place: number;
}

function Row({ message, before, place }: RowProps): JSX.Element {
  const { direction, time, opcodeName } = message;
  const head = messageHead(message, place + 1, before, wordsIn(language.value));
  return (
    <li class="entry message" title={head} style={{ top: `${place * ROW_REM}rem` }}>
      <span class={`entry-from ${direction}`}>
        <span aria-hidden="true">{direction === 'client' ? '→' : '←'}</span>
        <span class="unseen">{say(`bytes.list.from.${direction}`)}</span>
      </span>
      <span class="entry-kind">{opcodeName}</span>
      {time !== null && <span class="entry-time">{dateOf(time).slice(11, -1)}</span>}
      <span class="entry-begins">{printable(messageBegins(message))}</span>
    </li>
  );
}
