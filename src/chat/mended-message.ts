/**
 * What a mended server makes of a message: the same as the mirror, or it does not understand it.
 * @module
 */

import { room } from '../texts/room.en.js';
import { fill } from '../texts/say.js';
import { encodeTextFrame } from '../websocket/frame.js';
import type { Member, Mends } from './mended-facts.js';
import { textOf } from './original.js';
import { phpJsonDecode, phpJsonEncode } from './php-json.js';
import { looselyEquals, type PhpValue, phpIndex } from './php-values.js';
import { readClientMessage } from './vocabulary.js';

/**
 * Looks at a message before the mirror does, and notes what name it gives.
 *
 * @returns `as-it-is` for the mirror to read; `nonsense` where the mirror would understand it and should
 *   not; with D14 mended, the frame that tells the sender what was wrong, and the mirror reads nothing
 */
export function messageMend(
  payload: Uint8Array,
  client: Member,
  mends: Mends,
): 'as-it-is' | 'nonsense' | Uint8Array {
  const value = phpJsonDecode(payload);
  const type = phpIndex(value, 'type');
  const word = WORDS.find((one) => looselyEquals(type, one));
  const content = phpIndex(value, 'content');
  const refused = word !== undefined && isRefused({ type, word, content }, client, mends);
  if (word === undefined || refused) {
    const isEarly = word === 'user' && mends.has('D16') && !client.isNamed;
    if (mends.has('D14') || isEarly) return systemFrame(whatIsWrong(payload, client));
    return refused ? 'nonsense' : 'as-it-is';
  }
  if (word === 'login') {
    client.isNamed = true;
    client.name = content;
  }
  return 'as-it-is';
}

/** The types of the original's switch, in its order. */
const WORDS = ['login', 'logout', 'user'] as const;

/** A message that the mirror understands. */
interface Understood {
  type: PhpValue;
  word: (typeof WORDS)[number];
  content: PhpValue;
}

function isRefused({ type, word, content }: Understood, client: Member, mends: Mends): boolean {
  return (
    (mends.has('D17') && type !== word) ||
    (mends.has('D18') && typeof content !== 'string') ||
    (mends.has('D19') && word === 'login' && client.isNamed) ||
    (mends.has('D20') && word === 'logout') ||
    (mends.has('D27') && phpJsonEncode(content) === false) ||
    (mends.has('D16') && word === 'user' && !client.isNamed) ||
    (mends.has('D16') && word === 'login' && content === '')
  );
}

/** What the room says of it. */
function whatIsWrong(payload: Uint8Array, client: Member): string {
  const message = readClientMessage(textOf(payload));
  if (typeof message === 'string') return message;
  return client.isNamed
    ? fill(room['system.twice'], { name: String(client.name) })
    : fill(room['system.first']);
}

function systemFrame(content: string): Uint8Array {
  return encodeTextFrame(JSON.stringify({ type: 'system', content }));
}
