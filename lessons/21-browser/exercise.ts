/**
 * Lesson 21: add a command to the room. Who says `/nick Grace` is called Grace from then on.
 *
 * Pages know five types of messages, and a page that is open learns no new one. So a new name is
 * told in words that they know: a logout of the old name, then a login of the new one.
 */

import type { ServerMessage } from 'loopscope';
import { todo } from 'loopscope/lesson';

/** What the room says, and to whom: to all who are logged in, or to the one who spoke. */
export interface Answer {
  to: 'everyone' | 'sender';
  message: ServerMessage;
}

/** The room has something to say to one person alone. */
export const system = (content: string): Answer => ({
  to: 'sender',
  message: { type: 'system', content },
});

/** Someone came or left. @param names who is here now */
export const presence = (type: 'login' | 'logout', who: string, names: string[]): Answer => ({
  to: 'everyone',
  message: { type, content: who, user_list: names },
});

/**
 * Deals with what someone who is logged in has said, if it is a command.
 *
 * - `/nick` alone, or with nothing but spaces behind it: a `system` message says what is missing.
 * - `/nick NAME`, when anyone has that name: a `system` message says so, and nothing changes.
 * - `/nick NAME`: the name in `names` is changed, and everyone hears a logout of the old name, with
 *   the names of all others, then a login of the new one, with all names. The place in the list
 *   stays. Spaces around a name do not count; otherwise any text is a name.
 *
 * @param names of all who are logged in, by descriptor, in the order of logging in
 * @param fd who speaks; it is in `names`
 * @returns what is said, in order; null when this is no command, `/nickname` or `a /nick` for two
 */
export function command(names: Map<number, string>, fd: number, content: string): Answer[] | null {
  return todo(`fd ${fd}, ${names.get(fd)}, says ${content}: is it a command?`);
}
