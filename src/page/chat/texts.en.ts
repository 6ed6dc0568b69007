/**
 * Texts of the Chat view.
 * @module
 */

/** The texts by key. */
export const chat = {
  'chat.title': 'Chat',
  'chat.about':
    'A seat in the room, through the browser’s own WebSocket. Open this page in a second tab, side by side, and let the two talk.',
  'chat.room': 'Room',
  'chat.name': 'Name',
  'chat.name.none': 'Your name',
  'chat.join': 'Join',
  'chat.leave': 'Leave',
  'chat.state.out': 'not in the room',
  'chat.state.connecting': 'connecting …',
  'chat.state.in': 'in the room',
  'chat.state.leaving': 'closing …',
  'chat.state.again': 'the room does not answer; it is tried again',
  'chat.waits':
    'The room has not answered yet. If its server stands still, the request waits in the kernel’s queue.',
  'chat.log': 'What was said',
  'chat.log.none': 'Nothing yet.',
  'chat.users': 'In the room: {n}',
  'chat.users.none': 'nobody, as far as this page knows',
  'chat.colon': ': ',
  'chat.message': 'Message',
  'chat.send': 'Send',
  'chat.open': 'connected to {url}',
  'chat.login': '{name} came in',
  'chat.logout': '{name} left',
  'chat.closed': 'the connection is closed: {code}, {meaning}',
  'chat.reason': 'the reason given: {reason}',
  'chat.no-address': '{url} is no address of a room; one is ws://127.0.0.1:8080',
  'chat.no-answer':
    'The room did not answer for {time}, and the browser gave up: its server stands still. It is tried again.',
  'chat.no-room': 'no connection to {url}: is the room open there?',
  'chat.from-disk':
    'This page is from a disk; the room lets it in when started with: npx loopscope serve --allow-origin null',
  'chat.binary': 'the room sent a binary message, which has no meaning here',
  'chat.unknown': 'the room sent what has no meaning here: {text}',
} as const;
