/**
 * The JSON vocabulary of the chat: what clients and server say to each other, in the original's
 * words and with its order of keys.
 * @module
 */

import { room } from '../texts/room.en.js';
import { fill } from '../texts/say.js';

/** What a client may say: its name, or a text for everyone. */
export interface ClientMessage {
  /** `login` gives a name, `user` a text. */
  type: 'login' | 'user';
  /** The name, or the text. */
  content: string;
}

/** The greeting, to a client whose handshake is done. */
export interface GreetingMessage {
  /** Says that it is the greeting. */
  type: 'handshake';
  /** Always `done`. */
  content: 'done';
}

/** Someone came or left. */
export interface PresenceMessage {
  /** Which of the two. */
  type: 'login' | 'logout';
  /** Whose name. */
  content: string;
  /** Who is here now. */
  user_list: string[];
}

/** Someone said something. */
export interface UserMessage {
  /** Says that a person speaks. */
  type: 'user';
  /** The speaker's name. */
  from: string;
  /** The text. */
  content: string;
}

/** The room has something to say to one client alone. */
export interface SystemMessage {
  /** Says that the room speaks. */
  type: 'system';
  /** One sentence. */
  content: string;
}

/** What the server says. */
export type ServerMessage = GreetingMessage | PresenceMessage | UserMessage | SystemMessage;

/** The longest name, in characters (code points): each login sends all names to all. */
export const MAX_NAME = 64;

/** What moves the cursor or turns the direction of writing: it would change the text around a name. */
const NOT_IN_NAMES = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;
/** What leaves no mark. */
const INVISIBLE = /[\s\p{Default_Ignorable_Code_Point}]/gu;

/**
 * Parts that a message may have: brackets, commas and colons outside its texts. One of the vocabulary
 * has four. Without this limit, who sends a megabyte of brackets has the room parse for half a second.
 */
export const MAX_PARTS = 64;

/** Reads what a client said. @returns the message, or one sentence that says why it is none */
export function readClientMessage(text: string): ClientMessage | string {
  if (!hasFewParts(text)) return fill(room['system.parts']);
  try {
    return messageOf(JSON.parse(text));
  } catch {
    return fill(room['system.json']);
  }
}

/** Tells whether parsing a text costs no more than its length. @internal */
export function hasFewParts(text: string, most = MAX_PARTS): boolean {
  let parts = 0;
  for (let at = 0; at < text.length; at++) {
    switch (text[at]) {
      case '"':
        at = endOfString(text, at);
        break;
      case '[':
      case '{':
      case ',':
      case ':':
        if (++parts > most) return false;
    }
  }
  return true;
}

/** Where the text that begins at a quote ends. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === '\\') backslashes++;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
}

function messageOf(value: unknown): ClientMessage | string {
  // #region lesson-vocabulary
  const { type, content } = (value ?? {}) as Record<string, unknown>;
  if (type !== 'login' && type !== 'user') {
    return fill(room['system.type'], { type: shown(type) });
  }
  if (typeof content !== 'string') return fill(room['system.content'], { type });
  return (type === 'login' ? nameProblem(content) : null) ?? { type, content };
  // #endregion
}

/** A value as JSON, in a few characters. */
function shown(value: unknown): string {
  const characters = [...(JSON.stringify(value) ?? 'missing').slice(0, 200)];
  return characters.length <= 40 ? characters.join('') : `${characters.slice(0, 40).join('')}…`;
}

/** Says why a text cannot be a name; null when it can. @internal */
export function nameProblem(name: string): string | null {
  // a code point has at most two units, so what is far too long need not be counted
  if (name.length > 2 * MAX_NAME || [...name].length > MAX_NAME) {
    return fill(room['system.long-name'], { most: MAX_NAME });
  }
  if (NOT_IN_NAMES.test(name)) return fill(room['system.name']);
  return name.replace(INVISIBLE, '') === '' ? fill(room['system.empty-name']) : null;
}

/** Reads what a server said. @returns null for what is not of this vocabulary */
export function readServerMessage(text: string): ServerMessage | null {
  try {
    const value: unknown = JSON.parse(text);
    return isServerMessage(value) ? value : null;
  } catch {
    return null;
  }
}

function isServerMessage(value: unknown): value is ServerMessage {
  const { type, content, from, user_list: users } = (value ?? {}) as Record<string, unknown>;
  if (typeof content !== 'string') return false;
  switch (type) {
    case 'handshake':
    case 'system':
      return true;
    case 'user':
      return typeof from === 'string';
    case 'login':
    case 'logout':
      return Array.isArray(users) && users.every((name) => typeof name === 'string');
    default:
      return false;
  }
}
