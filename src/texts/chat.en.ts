/**
 * What `loopscope chat` says of the room.
 * @module
 */

/** The texts by key. */
export const chat = {
  connected: 'connected to {url}; write and press Enter, /quit leaves',
  handshake: 'the handshake is done',
  login: '{name} is here ({here})',
  logout: '{name} left ({here})',
  here: 'here: {names}',
  'here.nobody': 'nobody is here',
  user: '{name}: {text}',
  binary: '? {length, plural, one {# byte that is} other {# bytes that are}} no text',
  other: '{sign} {text}',
} as const;
