/**
 * What is wrong with the bytes of a WebSocket, by the code of the problem; behind a point what tells
 * two of one code apart. The English goes on the wire, in Close frames, and into traces.
 * @module
 */

/** The texts by key. */
export const problems = {
  'reserved-bits':
    '{n, plural, one {{first}} =2 {{first} and {second}} other {{first} and {second} and {third}}} set, to which no extension gives a meaning',
  'reserved-opcode': 'opcode 0x{opcode} is reserved',
  'control-fragmented': 'a control frame without FIN',
  'nothing-to-continue': 'a continuation frame, but no message was begun',
  'message-not-finished': 'a new message before the fragmented one had ended',
  'unmasked-client-frame': 'a frame from the client that is not masked',
  'masked-server-frame': 'a frame from the server that is masked',
  'control-too-long': 'a control frame with a payload of more than 125 bytes',
  'length-too-long': 'a 64-bit length with its highest bit set',
  'length-not-shortest': 'length {length} written in {bits} bits',
  'message-too-big': 'a message of {length} bytes or more; the limit is {limit}',
  'message-too-big.inflated':
    'a message of {length} compressed bytes is longer than {limit} bytes inflated',
  'too-many-fragments': 'a message of more than {limit} frames',
  'bad-close-code': 'close code {closeCode} ({name}) may not stand in a Close frame',
  'bad-close-code.cut': 'a Close payload of 1 byte, too short for a code',
  'bad-utf8.text': 'the text is not UTF-8 at byte {at}',
  'bad-utf8.text.cut': 'the text ends within a UTF-8 character, at byte {at}',
  'bad-utf8.inflated': 'the inflated text is not UTF-8 at byte {at}',
  'bad-utf8.inflated.cut': 'the inflated text ends within a UTF-8 character, at byte {at}',
  'bad-utf8.reason': 'the close reason is not UTF-8 at byte {at}',
  'bad-utf8.reason.cut': 'the close reason ends within a UTF-8 character, at byte {at}',
  'bad-deflate': 'a message of {length} compressed bytes cannot be inflated: {why}',
  'data-after-close': 'a data frame behind the Close, after which only control frames may come',
  'second-close': 'a second Close: one direction has one at the most',
} as const;

/** The names of close codes, by RFC 6455 11.7 and its registry, and of the ranges beside them. */
export const closeCodes = {
  'close.1000': 'normal closure',
  'close.1001': 'going away',
  'close.1002': 'protocol error',
  'close.1003': 'unsupported data',
  'close.1004': 'reserved',
  'close.1005': 'no status received',
  'close.1006': 'abnormal closure',
  'close.1007': 'invalid frame payload data',
  'close.1008': 'policy violation',
  'close.1009': 'message too big',
  'close.1010': 'mandatory extension',
  'close.1011': 'internal error',
  'close.1012': 'service restart',
  'close.1013': 'try again later',
  'close.1014': 'bad gateway',
  'close.1015': 'TLS handshake failed',
  'close.registered': 'registered for a library or framework',
  'close.private': 'private use',
  'close.undefined': 'not defined',
} as const;
