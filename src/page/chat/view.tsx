/**
 * The Chat view: the room itself, as a browser is in it.
 * @module
 */

import type { JSX } from 'preact';
import type { Parameter } from '../address.js';
import { say } from '../texts.js';
import type { PageView, ViewProps } from '../view.js';
import { ChatRoom } from './room.js';

/** Empty for the room beside this page. */
const room: Parameter = {
  fallback: '',
  mend: (text) => (text === '' || isRoom(text) ? text : null),
};

const name: Parameter = {
  fallback: '',
  mend: (text) => (text.length <= 60 ? text : null),
};

/** The view. */
export const chatView: PageView = {
  name: 'chat',
  title: 'chat.title',
  Body: ChatView,
  parameters: { room, name },
};

function ChatView({ session }: ViewProps): JSX.Element {
  return (
    <div class="chat">
      <h1 class="unseen">{say('chat.title')}</h1>
      <p class="chat-about">{say('chat.about')}</p>
      <ChatRoom session={session} />
    </div>
  );
}

function isRoom(text: string): boolean {
  try {
    return text.length <= 200 && /^wss?:$/.test(new URL(text).protocol);
  } catch {
    return false;
  }
}
