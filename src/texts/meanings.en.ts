/**
 * What the inspector says of bytes: of each field, of what stands in a payload, of a handshake's
 * lines, and what the PHP original would make of them.
 * @module
 */

/** The texts by key: the meaning, and behind a point which of several, or a clause of it. */
export const meanings = {
  first: '{byte}: {end}, {reserved}, and opcode 0x{opcode} is {name}.',
  'first.placed':
    '{byte}: {end}, {reserved}, and opcode 0x{opcode} is {name}; it is frame {frame} of the message that begins at byte {offset}, which has {length, plural, one {# byte} other {# bytes}} up to here.',
  'first.fin': 'FIN is 1, this frame ends its message',
  'first.fin.control': 'FIN is 1, as in every control frame',
  'first.more': 'FIN is 0, more frames of this message follow',
  'first.more.control': 'FIN is 0, which no control frame may have',
  'first.reserved': 'the reserved bits are {bits}',
  'first.agreed': 'RSV1 is 1, the message is compressed by permessage-deflate (RFC 7692)',
  'first.offered':
    'RSV1 is 1, the message is compressed by permessage-deflate (offered above; the answer is not here)',
  'first.perhaps':
    'RSV1 is 1, so the message is perhaps compressed by permessage-deflate (RFC 7692): that is a guess, the handshake is not here',
  second: '{byte}: {masked}, and {length}.',
  'second.masked': 'MASK is 1, a masking key follows',
  'second.unmasked': 'MASK is 0, no masking key',
  'second.length': 'the payload has {length, plural, one {# byte} other {# bytes}}',
  'second.16': '126 says that the length is in the next 2 bytes',
  'second.64': '127 says that the length is in the next 8 bytes',
  length16: 'The payload has {length, plural, one {# byte} other {# bytes}}, written in 16 bits.',
  'length16.long':
    'The payload has {length, plural, one {# byte} other {# bytes}}, written in 16 bits, where 7 bits are enough.',
  length64: "The high 32 of the length's 64 bits: {high} times 4294967296.",
  continued:
    'The low 32 bits of the length: {low}; the payload has {exact} {length, plural, one {byte} other {bytes}}.',
  'continued.long':
    'The low 32 bits of the length: {low}; the payload has {exact} {length, plural, one {byte} other {bytes}}, for which {bits} bits are enough.',
  key: 'The masking key is {hex}: byte i of the payload was XORed with byte i mod 4 of it.',
  partOf: 'The first {have, plural, one {# byte} other {# bytes}} of {length} of {field}.',
  'payload.masked': '{length, plural, one {# byte} other {# bytes}} of payload, masked: {what}.',
  'payload.unmasked':
    '{length, plural, one {# byte} other {# bytes}} of payload, not masked: {what}.',
  'payload.part.masked':
    'The first {length, plural, one {# byte} other {# bytes}} of a payload of {whole}, masked: {what}.',
  'payload.part.unmasked':
    'The first {length, plural, one {# byte} other {# bytes}} of a payload of {whole}, not masked: {what}.',
  bytes: 'bytes without a further form',
  compressed: '{length, plural, one {# byte} other {# bytes}} compressed by permessage-deflate',
  inflated:
    '{message, plural, one {# byte} other {# bytes}} compressed by permessage-deflate, {inflated, plural, one {# byte} other {# bytes}} when inflated: {what}',
  'inflated.last':
    'the last {length} of {message, plural, one {# byte} other {# bytes}} compressed by permessage-deflate, {inflated, plural, one {# byte} other {# bytes}} when inflated: {what}',
  inflatedBad:
    '{length, plural, one {# byte} other {# bytes}} compressed by permessage-deflate, which cannot be inflated',
  inflatedLimit:
    '{length, plural, one {# byte} other {# bytes}} compressed by permessage-deflate, not inflated here: it is too long',
  inflatedUnknown:
    '{length, plural, one {# byte} other {# bytes}} compressed by permessage-deflate, not inflated: they look back at what is not here, or could not be inflated',
  inflatedGuess:
    '{length, plural, one {# byte} other {# bytes}}, perhaps compressed by permessage-deflate: that is a guess, since nothing here agreed on it, but they inflate to {inflated, plural, one {# byte} other {# bytes}}: {what}',
  inflatedBegins: 'bytes without a further form, of which the first {kept} are kept here',
  inflatedTextBegins:
    'text that begins with {shown}, of which the first {kept} bytes are kept here',
  beyondWindow:
    'a message looks back {farthest} bytes, and a window of {bits} bits, which was agreed on, has {window}',
  text: '{characters, plural, one {# character} other {# characters}} in {bytes, plural, one {# byte} other {# bytes}} of UTF-8: {shown}',
  badText: 'text that is not UTF-8 at byte {at} of the message',
  close: 'close code {code} ({name}), {who}, {reason}',
  closeShort: '1 byte, too short for a close code, which takes 2',
  noReason: 'without a reason',
  reason: 'with the reason {shown}',
  closeBoth: 'which either end may send',
  closeClient: 'which a client sends',
  closeServer: 'which a server sends',
  closeNobody: 'which nobody may send in a Close frame',
  masking:
    'Each of the {length, plural, one {# byte} other {# bytes}} XOR its byte of the key {key}.',
  maskedByte: '{from} XOR {key} (byte {index} of the key) is {to}.',
  'maskedByte.sign': '{from} XOR {key} (byte {index} of the key) is {to}, {sign}.',
  character: '{shown} is U+{point}, in {length, plural, one {# byte} other {# bytes}}: {bytes}.',
  characterTail:
    'The last {length, plural, one {# byte} other {# bytes}} of {whole} of {shown}, which a frame before began.',
  characterMiddle:
    '{length, plural, one {# byte} other {# bytes}} of a character that is not whole yet.',
  notUtf8:
    '{byte} cannot stand here in UTF-8, so these {length, plural, one {# byte} other {# bytes}} are no text.',
  closeCode: '{high} times 256 plus {low} is close code {code} ({name}), {who}.',
  closeReason:
    'The reason: {characters, plural, one {# character} other {# characters}} in {bytes, plural, one {# byte} other {# bytes}} of UTF-8: {shown}.',
  json: 'As JSON it is {what}.',
  jsonList: 'a list of {length}',
  jsonText: 'the text {shown}',
  jsonObject: 'an object with {keys}',
  'jsonObject.empty': 'an object without keys',
  'jsonObject.more': 'an object with {keys} and {more} more',
  requestLine: 'The request line: {line}; a WebSocket begins with a GET of HTTP/1.1 or higher.',
  statusLine: 'The status line: {line}; 101 opens the WebSocket.',
  'statusLine.other': 'The status line: {line}; only 101 opens a WebSocket.',
  leadingLine: 'An empty line in front of the request; a server passes it over.',
  emptyLine: 'The empty line: the head ends here.',
  field: 'The field {name} is {value}.',
  line: 'The line {text} is no field.',
  upgrade: 'Upgrade names the protocol to change to: {value}.',
  connection:
    'Connection is {value}; the token Upgrade says that the Upgrade field is for this hop.',
  host: 'Host names the server that the client means: {value}.',
  keyField:
    'Sec-WebSocket-Key is {value}, base64 of {bytes, plural, one {# byte} other {# bytes}}, new for each connection.',
  'keyField.bad': 'Sec-WebSocket-Key is {value}, which is not base64.',
  version: 'Sec-WebSocket-Version is {value}; RFC 6455 is version 13.',
  origin: 'Origin says which page asks: {value}.',
  'extensions.offered': 'The client offers the extensions {value}.',
  'extensions.agreed': 'The server agrees to the extensions {value}.',
  'protocol.offered': 'The client offers the subprotocols {value}.',
  'protocol.chosen': 'The server chose the subprotocol {value}.',
  'acceptField.unknown':
    'Sec-WebSocket-Accept is {value}; the request with its key is not here to check it.',
  'acceptField.fits': 'Sec-WebSocket-Accept is {value}, which fits the key {key}.',
  'acceptField.wrong': 'Sec-WebSocket-Accept is {value}, which does not fit the key {key}.',
  concatenation: 'The key with the GUID behind it: {joined}.',
  sha1: 'The SHA-1 of that, 20 bytes: {hex}.',
  base64: 'These 20 bytes in base64 are the accept value: {accept}.',
  restFrame:
    'The input ends after {what}; {needs, plural, one {# byte more is} other {# bytes more are}} needed.',
  'restFrame.long': 'The input ends after {what}; {needs} bytes more are needed.',
  'restFrame.least':
    'The input ends after {what}; at least {needs, plural, one {# byte more is} other {# bytes more are}} needed.',
  'restFrame.least.long': 'The input ends after {what}; at least {needs} bytes more are needed.',
  restBegun: '{have, plural, one {# byte} other {# bytes}} of a frame',
  restOfHeader:
    '{have, plural, one {# byte} other {# bytes}} of a frame (its {field} is not whole)',
  restOfPayload:
    '{have, plural, one {# byte} other {# bytes}} of a frame ({part} of {length} bytes of its payload are here)',
  restHandshake:
    'The input ends after {have, plural, one {# byte} other {# bytes}} of a handshake, whose empty line is not here; at least {needs, plural, one {# byte more is} other {# bytes more are}} needed.',
  restHead: '{have, plural, one {# byte} other {# bytes}} of a head without its end.',
  refused: '{reason}, which a server answers with {status}',
  early: 'the client sent it before all of the answer to its handshake had come',
  noAccept: 'the answer lacks Sec-WebSocket-Accept',
  originalLogout:
    'a logout, because {length, plural, one {# byte is} other {# bytes are}} fewer than 9',
  originalRequest: 'a request with the key {key}, answered with 101',
  'originalRequest.cut': 'a request with the key {key}, answered with 101, though it is not whole',
  'originalRequest.behind':
    'a request with the key {key}, answered with 101; the {behind, plural, one {# byte} other {# bytes}} behind it are lost',
  originalFrame:
    'one frame, whatever it is, with {length, plural, one {# byte} other {# bytes}} of payload: {shown}',
  'originalFrame.lost':
    'one frame, whatever it is, with {length, plural, one {# byte} other {# bytes}} of payload: {shown}, which it cannot understand, and sends [] to everyone',
} as const;
