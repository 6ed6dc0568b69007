/**
 * What the rows of a Lamport diagram say of bytes: what they turned out to be, in a few words.
 * @module
 */

import { fromUtf8Lossy } from '../bytes.js';
import { diagram } from '../texts/diagram.en.js';
import { diagram as diagramZh } from '../texts/diagram.zh.js';
import type { Language } from '../texts/language.js';
import { type Say, speakers } from '../texts/say.js';
import { FrameDecoder } from '../websocket/decoder.js';
import { opcodeName } from '../websocket/frame.js';
import type { RecvStep, TraceEvent } from './event.js';
import { printable } from './text.js';
import { jsonOf } from './view.js';

/** Says a text of the diagram. */
export type DiagramSay = Say<keyof typeof diagram>;

/** The voice of a language. */
export const diagramIn = speakers({ en: diagram, zh: diagramZh }, { grouping: false });

/**
 * What an event of a trace says to who looks at it from outside: what came in, or what goes out.
 *
 * @returns '' where it carries nothing that was said
 */
export function saidAt(events: readonly TraceEvent[], index: number, language?: Language): string {
  const event = events[index];
  if (event?.step === 'broadcast') return printable(framesOf(event.bytes, diagramIn(language)));
  if (event?.step !== 'recv') return '';
  const say = diagramIn(language);
  return printable(event.bytes.length === 0 ? say('fin') : received(events, index, event, say));
}

/** What received bytes turned out to be: the steps behind a recv, up to the next one, say it. */
export function received(
  events: readonly TraceEvent[],
  index: number,
  { fd, bytes, call, length = bytes.length }: RecvStep,
  say: DiagramSay,
): string {
  const said: string[] = [];
  for (let i = index + 1; i < events.length; i++) {
    const event = events[i];
    if (event === undefined || event.step === 'recv' || event.step === 'select') break;
    if (!('fd' in event) || event.fd !== fd) continue;
    if (event.step === 'handshake') said.push(say('request'));
    if (event.step === 'parse') said.push(opcodeName(event.opcode));
    // the text is better than the name of the frame that it came in
    if (event.step === 'deal' && event.message !== '')
      said.splice(-1, 1, saying(event.message, say));
    if (event.step === 'disconnect') break;
  }
  if (said.length > 0) return said.join(' + ');
  // of a stranger's bytes nobody knows when they are whole
  return call === undefined ? say('unfinished') : plain(bytes, length, say);
}

/** Characters of a text that is none of ours. */
const PLAIN = 60;

/** Bytes that are no frames: their first line, where they are text. */
function plain(bytes: Uint8Array, length: number, say: DiagramSay): string {
  const [line = ''] = fromUtf8Lossy(bytes.subarray(0, PLAIN)).split(/\r?\n/);
  const isText = line !== '' && !/[\p{Cc}\ufffd]/u.test(line);
  return isText ? `"${line}"` : say('size', { bytes: length }).trim();
}

/** What a loop said, without what is around it on its way. */
export function relayed(json: string): string {
  try {
    return jsonOf(JSON.parse(json)?.message) ?? json;
  } catch {
    return json;
  }
}

/** What a frame of the server's says. */
export function framesOf(bytes: Uint8Array, say: DiagramSay): string {
  const frames = new FrameDecoder('server').feed(bytes);
  return frames
    .map(({ opcode, payload }) =>
      opcode === 1 ? saying(fromUtf8Lossy(payload), say) : opcodeName(opcode),
    )
    .join(' + ');
}

/** A message of the chat in a few words: `"hello"`, `Ada: "hello"`, `login "Ada"`. */
export function saying(json: string, say: DiagramSay): string {
  let message: Record<string, unknown> | null = null;
  try {
    message = JSON.parse(json);
  } catch {
    // then it is shown as it is
  }
  if (typeof message?.type !== 'string') return json;
  const { type, from, content } = message;
  const said = typeof content === 'string' ? `"${content}"` : jsonOf(content);
  if (type !== 'user') return said === undefined ? type : `${type} ${said}`;
  return typeof from === 'string' ? say('said', { from, what: `${said}` }) : `${said}`;
}
