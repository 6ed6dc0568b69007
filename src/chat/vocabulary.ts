/**
 * The JSON vocabulary of the chat: what clients and server say to each other, in the original's
 * words and with its order of keys.
 * @module
 */

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

/** Reads what a client said. @returns the message, or one sentence that says why it is none */
export function readClientMessage(text: string): ClientMessage | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'this was not JSON; send {"type":"login","content":"your name"}';
  }
  // #region lesson-vocabulary
  const { type, content } = (value ?? {}) as Record<string, unknown>;
  if (type !== 'login' && type !== 'user') {
    return `unknown type ${JSON.stringify(type) ?? 'missing'}; a client says "login" or "user"`;
  }
  if (typeof content !== 'string') return `"content" of a ${type} message must be a text`;
  if (type === 'login' && content.trim() === '') return 'a name must not be empty';
  return { type, content };
  // #endregion
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
