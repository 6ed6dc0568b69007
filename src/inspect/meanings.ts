/**
 * The sentences of the inspector by key, in English. They are given numbers and work nothing out,
 * so that another language is another table.
 * @module
 */

/** So many of a thing: `1 byte`, `2 bytes`; `about` says that a number cannot hold it exactly. */
export function count(n: number, what: string): string {
  return `${Number.isSafeInteger(n) ? '' : 'about '}${n} ${what}${n === 1 ? '' : 's'}`;
}

/** A length of 64 bits, more than a number can hold exactly. */
function exactLength(high: number, low: number): string {
  const length = (BigInt(high) << 32n) + BigInt(low);
  return `${length} byte${length === 1n ? '' : 's'}`;
}

/** A byte as it is written: `0x0a`. */
export function byte(value: number): string {
  return `0x${value.toString(16).padStart(2, '0')}`;
}

/** The numbers of a frame's first byte. */
export interface FirstByte {
  value: number;
  fin: boolean;
  rsv: number;
  opcode: number;
  name: string;
  control: boolean;
  compressed: 'agreed' | 'offered' | null;
  place: { offset: number; frame: number; length: number } | null;
}

const ENGLISH = {
  first: ({ value, fin, rsv, opcode, name, control, compressed, place }: FirstByte): string => {
    const end = fin
      ? control
        ? 'FIN is 1, as in every control frame'
        : 'FIN is 1, this frame ends its message'
      : control
        ? 'FIN is 0, which no control frame may have'
        : 'FIN is 0, more frames of this message follow';
    const reserved =
      rsv === 0
        ? 'the reserved bits are 0'
        : compressed !== null && rsv === 4
          ? `RSV1 is 1, the message is compressed by permessage-deflate (${
              compressed === 'agreed' ? 'RFC 7692' : 'offered above; the answer is not here'
            })`
          : `the reserved bits are ${rsv.toString(2).padStart(3, '0')}`;
    const where =
      place === null
        ? ''
        : `; it is frame ${place.frame} of the message that begins at byte ${place.offset}, which has ${count(place.length, 'byte')} up to here`;
    return `${byte(value)}: ${end}, ${reserved}, and opcode 0x${opcode.toString(16)} is ${name}${where}.`;
  },
  second: (n: { value: number; masked: boolean; length7: number }): string => {
    const masked = n.masked ? 'MASK is 1, a masking key follows' : 'MASK is 0, no masking key';
    const length =
      n.length7 === 126
        ? '126 says that the length is in the next 2 bytes'
        : n.length7 === 127
          ? '127 says that the length is in the next 8 bytes'
          : `the payload has ${count(n.length7, 'byte')}`;
    return `${byte(n.value)}: ${masked}, and ${length}.`;
  },
  length16: (n: { length: number; shortest: boolean }): string =>
    `The payload has ${count(n.length, 'byte')}, written in 16 bits${n.shortest ? '' : ', where 7 bits are enough'}.`,
  length64: (n: { high: number }): string =>
    `The high 32 of the length's 64 bits: ${n.high} times 4294967296.`,
  continued: (n: { high: number; low: number; length: number; shortest: boolean }): string =>
    `The low 32 bits of the length: ${n.low}; the payload has ${exactLength(n.high, n.low)}${n.shortest ? '' : `, for which ${n.length < 126 ? 7 : 16} bits are enough`}.`,
  key: (n: { hex: string }): string =>
    `The masking key is ${n.hex}: byte i of the payload was XORed with byte i mod 4 of it.`,
  partOf: (n: { field: string; have: number; length: number }): string =>
    `The first ${count(n.have, 'byte')} of ${n.length} of ${n.field}.`,
  payload: (n: { length: number; whole: number; masked: boolean; what: string }): string => {
    const size =
      n.length === n.whole
        ? `${count(n.length, 'byte')} of payload`
        : `The first ${count(n.length, 'byte')} of a payload of ${n.whole}`;
    return `${size}, ${n.masked ? 'masked' : 'not masked'}: ${n.what}.`;
  },
  bytes: (): string => 'bytes without a further form',
  compressed: (n: { length: number }): string =>
    `${count(n.length, 'byte')} compressed by permessage-deflate`,
  inflated: (n: { length: number; message: number; inflated: number; what: string }): string => {
    const last = n.length === n.message ? '' : `the last ${n.length} of `;
    return `${last}${count(n.message, 'byte')} compressed by permessage-deflate, ${count(n.inflated, 'byte')} when inflated: ${n.what}`;
  },
  inflatedBad: (n: { length: number }): string =>
    `${count(n.length, 'byte')} compressed by permessage-deflate, which cannot be inflated`,
  inflatedLimit: (n: { length: number; limit: number }): string =>
    `${count(n.length, 'byte')} compressed by permessage-deflate, not inflated here: only the first ${count(n.limit, 'byte')} of what comes out are looked at`,
  inflatedLost: (n: { length: number }): string =>
    `${count(n.length, 'byte')} compressed by permessage-deflate, not inflated: they may look back at a message before that could not be`,
  text: (n: { characters: number; bytes: number; shown: string }): string =>
    `${count(n.characters, 'character')} in ${count(n.bytes, 'byte')} of UTF-8: ${n.shown}`,
  badText: (n: { at: number }): string => `text that is not UTF-8 at byte ${n.at} of the message`,
  close: (n: { code: number; name: string; who: string; reason: string }): string =>
    `close code ${n.code} (${n.name}), ${n.who}, ${n.reason}`,
  closeShort: (): string => '1 byte, too short for a close code, which takes 2',
  noReason: (): string => 'without a reason',
  reason: (n: { shown: string }): string => `with the reason ${n.shown}`,
  closeBoth: (): string => 'which either end may send',
  closeClient: (): string => 'which a client sends',
  closeServer: (): string => 'which a server sends',
  closeNobody: (): string => 'which nobody may send in a Close frame',
  masking: (n: { length: number; key: string }): string =>
    `Each of the ${count(n.length, 'byte')} XOR its byte of the key ${n.key}.`,
  maskedByte: (n: { from: number; key: number; index: number; to: number; sign: string }): string =>
    `${byte(n.from)} XOR ${byte(n.key)} (byte ${n.index} of the key) is ${byte(n.to)}${n.sign}.`,
  character: (n: { shown: string; point: number; bytes: string; length: number }): string =>
    `${n.shown} is U+${n.point.toString(16).toUpperCase().padStart(4, '0')}, in ${count(n.length, 'byte')}: ${n.bytes}.`,
  characterTail: (n: { shown: string; length: number; whole: number }): string =>
    `The last ${count(n.length, 'byte')} of ${n.whole} of ${n.shown}, which a frame before began.`,
  characterMiddle: (n: { length: number }): string =>
    `${count(n.length, 'byte')} of a character that is not whole yet.`,
  notUtf8: (n: { value: number; length: number }): string =>
    `${byte(n.value)} cannot stand here in UTF-8, so these ${count(n.length, 'byte')} are no text.`,
  closeCode: (n: { high: number; low: number; code: number; name: string; who: string }): string =>
    `${byte(n.high)} times 256 plus ${byte(n.low)} is close code ${n.code} (${n.name}), ${n.who}.`,
  closeReason: (n: { characters: number; bytes: number; shown: string }): string =>
    `The reason: ${count(n.characters, 'character')} in ${count(n.bytes, 'byte')} of UTF-8: ${n.shown}.`,
  json: (n: { what: string }): string => `As JSON it is ${n.what}.`,
  jsonList: (n: { length: number }): string => `a list of ${n.length}`,
  jsonText: (n: { shown: string }): string => `the text ${n.shown}`,
  jsonOther: (n: { value: number | boolean | null }): string => String(n.value),
  jsonObject: (n: { keys: readonly string[]; more: number }): string =>
    n.keys.length === 0
      ? 'an object without keys'
      : `an object with ${n.keys.join(', ')}${n.more > 0 ? ` and ${n.more} more` : ''}`,
  requestLine: (n: { line: string }): string =>
    `The request line: ${n.line}; a WebSocket begins with a GET of HTTP/1.1 or higher.`,
  statusLine: (n: { line: string; status: string }): string =>
    n.status === '101'
      ? `The status line: ${n.line}; 101 opens the WebSocket.`
      : `The status line: ${n.line}; only 101 opens a WebSocket.`,
  leadingLine: (): string => 'An empty line in front of the request; a server passes it over.',
  emptyLine: (): string => 'The empty line: the head ends here.',
  field: (n: { name: string; value: string }): string => `The field ${n.name} is ${n.value}.`,
  line: (n: { text: string }): string => `The line ${n.text} is no field.`,
  upgrade: (n: { value: string }): string => `Upgrade names the protocol to change to: ${n.value}.`,
  connection: (n: { value: string }): string =>
    `Connection is ${n.value}; the token Upgrade says that the Upgrade field is for this hop.`,
  host: (n: { value: string }): string =>
    `Host names the server that the client means: ${n.value}.`,
  keyField: (n: { value: string; bytes: number | null }): string =>
    n.bytes === null
      ? `Sec-WebSocket-Key is ${n.value}, which is not base64.`
      : `Sec-WebSocket-Key is ${n.value}, base64 of ${count(n.bytes, 'byte')}, new for each connection.`,
  version: (n: { value: string }): string =>
    `Sec-WebSocket-Version is ${n.value}; RFC 6455 is version 13.`,
  origin: (n: { value: string }): string => `Origin says which page asks: ${n.value}.`,
  extensions: (n: { value: string; request: boolean }): string =>
    n.request
      ? `The client offers the extensions ${n.value}.`
      : `The server agrees to the extensions ${n.value}.`,
  protocol: (n: { value: string; request: boolean }): string =>
    n.request
      ? `The client offers the subprotocols ${n.value}.`
      : `The server chose the subprotocol ${n.value}.`,
  acceptField: (n: { value: string; key: string | null; ok: boolean | null }): string =>
    n.key === null
      ? `Sec-WebSocket-Accept is ${n.value}; the request with its key is not here to check it.`
      : `Sec-WebSocket-Accept is ${n.value}, which ${n.ok ? 'fits' : 'does not fit'} the key ${n.key}.`,
  concatenation: (n: { joined: string }): string => `The key with the GUID behind it: ${n.joined}.`,
  sha1: (n: { hex: string }): string => `The SHA-1 of that, 20 bytes: ${n.hex}.`,
  base64: (n: { accept: string }): string =>
    `These 20 bytes in base64 are the accept value: ${n.accept}.`,
  restFrame: (n: { have: number; needs: number; least: boolean; what: string }): string =>
    `The input ends after ${count(n.have, 'byte')} of a frame${n.what}; ${n.least ? 'at least ' : ''}${count(n.needs, 'byte')} more ${n.needs === 1 ? 'is' : 'are'} needed.`,
  restOfHeader: (n: { field: string }): string => ` (its ${n.field} is not whole)`,
  restOfPayload: (n: { have: number; length: number }): string =>
    ` (${n.have} of ${n.length} bytes of its payload are here)`,
  restHandshake: (n: { have: number; needs: number }): string =>
    `The input ends after ${count(n.have, 'byte')} of a handshake, whose empty line is not here; at least ${count(n.needs, 'byte')} more ${n.needs === 1 ? 'is' : 'are'} needed.`,
  restHead: (n: { have: number }): string => `${count(n.have, 'byte')} of a head without its end.`,
  refused: (n: { reason: string; status: number }): string =>
    `${n.reason}, which a server answers with ${n.status}`,
  noAccept: (): string => 'the answer lacks Sec-WebSocket-Accept',
  originalLogout: (n: { length: number }): string =>
    `a logout, because ${count(n.length, 'byte')} ${n.length === 1 ? 'is' : 'are'} fewer than 9`,
  originalRequest: (n: { key: string; whole: boolean; behind: number }): string => {
    const request = `a request with the key ${n.key}, answered with 101`;
    if (!n.whole) return `${request}, though it is not whole`;
    return n.behind === 0
      ? request
      : `${request}; the ${count(n.behind, 'byte')} behind it are lost`;
  },
  originalFrame: (n: { length: number; shown: string; understood: boolean }): string =>
    `one frame, whatever it is, with ${count(n.length, 'byte')} of payload: ${n.shown}${n.understood ? '' : ', which it cannot understand, and sends [] to everyone'}`,
} as const;

/** A language: the same keys, and sentences made of the same numbers. */
export type Meanings = { readonly [Key in keyof typeof ENGLISH]: (typeof ENGLISH)[Key] };

/** English. */
export const MEANINGS: Meanings = ENGLISH;
