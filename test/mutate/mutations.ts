/**
 * Small, deliberate breaks of src/websocket: a rule left out, a boundary off by one. Each must make a
 * test fail; a text that is in its file no longer, or twice, is an error of this list.
 * @module
 */

/** One break. */
export interface Mutation {
  /** The file in src/websocket, without its ending. */
  readonly file: string;
  /** A text that stands in the file once. */
  readonly find: string;
  /** What to put in its place. */
  readonly replace: string;
  /** What is wrong then. */
  readonly why: string;
}

type Row = readonly [find: string, replace: string, why: string];

const ROWS: Readonly<Record<string, readonly Row[]>> = {
  parser: [
    ['(rsv1 && !rsv1Allowed) || rsv2 || rsv3', 'rsv2 || rsv3', 'RSV1 without an extension passes'],
    ['(rsv1 && !rsv1Allowed) || rsv2 || rsv3', '(rsv1 && !rsv1Allowed) || rsv2', 'RSV3 passes'],
    ['!control && opcode !== Opcode.continuation;', '!control;', 'RSV1 on a continuation passes'],
    ['stream.rsv1 && !control &&', 'stream.rsv1 &&', 'RSV1 on a ping passes'],
    ['} else if (control && !fin) {', '} else if (false) {', 'a fragmented ping passes'],
    ['opcode > Opcode.binary && opcode', 'opcode > 3 && opcode', 'opcode 3 passes'],
    ['|| opcode > Opcode.pong)', '|| opcode > 0xb)', 'opcode 0xb passes'],
    ['&& stream.opcode === null)', '&& false)', 'a continuation of nothing passes'],
    ['!== Opcode.continuation && stream.opcode !== null', '!== 0 && false', 'messages interleave'],
    ["!masked && stream.from === 'client'", 'false', 'an unmasked frame of a client passes'],
    ["masked && stream.from === 'server'", 'false', 'a masked frame of a server passes'],
    ['control && length7 > 125', 'control && length7 > 126', 'a ping of 126 bytes passes'],
    ['length7 === 126) {', 'length7 >= 126) {', '64-bit lengths are read as 16-bit ones'],
    ['high >= 2 ** 31', 'high > 2 ** 31', 'the highest bit of a length may be set'],
    ['high * 2 ** 32 +', 'high * 2 ** 31 +', 'lengths above 4 GiB are wrong'],
    [
      'lengthBytes > extendedLengthBytes',
      'lengthBytes > 2 + extendedLengthBytes',
      'a long form passes',
    ],
    [
      'control ? 0 : stream.messageLength + payloadLength',
      'control ? 0 : payloadLength',
      'the limit is of frames',
    ],
    ['if (messageLength > most)', 'if (messageLength >= most)', 'the limit is one less'],
    [
      'compressed ? mostCompressed(stream.maxMessageLength) :',
      'compressed ? stream.maxMessageLength :',
      'what cannot be made smaller is too long',
    ],
    [
      'const compressed = opcode === Opcode.continuation ? stream.compressed : rsv1',
      'const compressed = rsv1',
      'fragments of a compressed message are measured as plain ones',
    ],
    [
      'maxMessageLength + Math.ceil(maxMessageLength / 16) + 64',
      '2 * maxMessageLength',
      'a compressed message twice the limit is waited for',
    ],
    ['closeCode: 1009', 'closeCode: 1002', 'too big is answered as a broken protocol'],
    [
      'stream.messageLength = fin ? 0 : messageLength',
      'stream.messageLength = messageLength',
      'the limit is of all messages together',
    ],
    ['stream.opcode = fin ? null :', 'stream.opcode = false ? null :', 'a message never ends'],
    [
      'if (opcode !== Opcode.continuation) stream.compressed',
      'stream.compressed',
      'a continuation forgets that it is compressed',
    ],
  ],
  decoder: [
    ['this.#value * 256', 'this.#value * 255', 'numbers of several bytes are wrong'],
    [
      'header.maskingKey, start)',
      'header.maskingKey, 0)',
      'a payload in pieces is unmasked wrongly',
    ],
    ['if (this.#isText(header)) {', 'if (false) {', 'text is not checked'],
    [
      'if (opcode === Opcode.text) return !rsv1;',
      'if (opcode === Opcode.text) return true;',
      'compressed bytes are checked as text',
    ],
    [
      'continued === Opcode.text && !compressed',
      'continued === Opcode.text',
      'compressed fragments are checked as text',
    ],
    ['|| text.complete ? null', '|| true ? null', 'a text may end within a character'],
    [
      'if (frame.opcode === Opcode.close) return closeProblem(frame.payload);',
      '',
      'any Close payload passes',
    ],
    ['isControl(frame.opcode) || !frame.fin', '!frame.fin', 'a ping within a text ends the text'],
    ['Math.max(FIRST_ROOM, 2 * this.#have)', 'length', 'room is taken for what a length claims'],
  ],
  closing: [
    ['code >= 3000 && code <= 4999', 'code >= 3000 && code <= 5000', 'code 5000 passes'],
    ['code >= 3000 && code <= 4999', 'code >= 2999 && code <= 4999', 'code 2999 passes'],
    ['code >= 1000 && code <= 1014', 'code >= 999 && code <= 1014', 'code 999 passes'],
    ['code <= 1014', 'code <= 1015', 'code 1015 passes'],
    ['code !== 1004 && ', '', 'code 1004 passes'],
    ['code !== 1005 && code !== 1006', 'code !== 1006', 'code 1005 passes'],
    ['bad < 0 && checker.complete ? null', 'bad < 0 ? null', 'a reason may end within a character'],
    [
      "code: 'bad-utf8', closeCode: 1007",
      "code: 'bad-utf8', closeCode: 1002",
      'bad UTF-8 is answered as a broken protocol',
    ],
    ['new Uint8Array(125)', 'new Uint8Array(126)', 'a Close payload may have 126 bytes'],
    ['(high << 8) | low', '(low << 8) | high', 'the code is read backwards'],
  ],
  utf8: [
    ['byte >= 0xc2', 'byte >= 0xc0', 'overlong forms of two bytes pass'],
    ['this.#low = 0xa0;', 'this.#low = 0x80;', 'overlong forms of three bytes pass'],
    ['this.#high = 0x9f;', 'this.#high = 0xbf;', 'surrogates pass'],
    ['this.#low = 0x90;', 'this.#low = 0x80;', 'overlong forms of four bytes pass'],
    ['this.#high = 0x8f;', 'this.#high = 0xbf;', 'characters above U+10FFFF pass'],
    ['byte <= 0xf4)', 'byte <= 0xf5)', 'the first byte f5 passes'],
    [
      'this.#low = 0x80;\n        this.#high = 0xbf;',
      '',
      'the narrow range holds for the third byte too',
    ],
  ],
  frame: [
    ['payloadLength <= 125', 'payloadLength <= 126', 'length 126 is written in 7 bits'],
    ['payloadLength <= 0xffff', 'payloadLength < 0xffff', 'length 65535 is written in 64 bits'],
    ['opcode >= 0x8', 'opcode > 0x8', 'a Close is no control frame'],
    ['maskingKey === null ? 0 : 0b1000_0000', '0', 'the mask bit is never set'],
  ],
  mask: [
    ['24 - ((offset + i) & 3) * 8', '24 - (i & 3) * 8', 'the key begins anew with each piece'],
    [
      '((offset + head) & 3) * 8',
      '(offset & 3) * 8',
      'words that are not aligned get the wrong key',
    ],
    ['maskBytes(bytes, tail, bytes.length, maskingKey, offset);', '', 'the last bytes stay masked'],
  ],
  message: [
    [
      'new Message(frame.opcode, frame.payload, frame.rsv1)',
      'new Message(frame.opcode, frame.payload)',
      'a compressed message is taken as it is',
    ],
    ['if (isControl(frame.opcode)) return null;', '', 'a ping becomes a message'],
    [
      'this.#room = EMPTY;\n    this.#length = 0;',
      'this.#room = EMPTY;',
      'a message begins with the length of the one before',
    ],
    [
      "'utf-8', { fatal: true, ignoreBOM: true }",
      "'utf-8', { fatal: true }",
      'a byte order mark is swallowed',
    ],
  ],
  connection: [
    ["if (this.#state === 'closed') return;", '', 'frames behind the Close count'],
    [
      "this.#state === 'open' ? this.close(close.code) : null",
      'this.close(close.code)',
      'our own Close is answered with a second',
    ],
    ['this.close(close.code)', 'this.close(1000)', 'the code of a Close is not echoed'],
    [
      "frame.opcode !== Opcode.ping || this.#state !== 'open'",
      'frame.opcode !== Opcode.ping',
      'a pong follows our Close',
    ],
    [
      'this.#frame(Opcode.pong, frame.payload)',
      'this.#frame(Opcode.pong, new Uint8Array(0))',
      'a pong does not repeat the ping',
    ],
    ['payload.length > 125', 'payload.length > 126', 'a ping of 126 bytes is sent'],
    [
      'this.#messages.frames >= this.#maxFragments',
      'this.#messages.frames > this.#maxFragments',
      'a message may have one frame more than the limit',
    ],
    ['{ rsv1, maskingKey: this.#maskingKey?.() ?? null }', '{ rsv1 }', 'a client does not mask'],
    ['bad >= 0 || !checker.complete', 'bad >= 0', 'an inflated text may end within a character'],
    [
      'inflate(payload, this.#maxMessageLength)',
      'inflate(payload, 1 << 30)',
      'the limit is not of what is inflated',
    ],
  ],
  handshake: [
    [
      '258EAFA5-E914-47DA-95CA-C5AB0DC85B11',
      '258EAFA5-E914-47DA-95CA-5AB0DC85B11F',
      'the tutorial’s wrong GUID',
    ],
    ["if (method !== 'GET') return", 'if (false) return', 'HEAD opens a WebSocket'],
    ['if (minor < 1) {', 'if (false) {', 'HTTP/1.0 opens a WebSocket'],
    ["headers.has('transfer-encoding') ||", '', 'a handshake may have chunks behind it'],
    ["(headers.get('content-length') ?? '0') !== '0'", 'false', 'a handshake may have a body'],
    ['this.#options.date?.() ?? null', 'null', 'a refusal has no Date'],
    ["this.#reader.begins('HEAD ')", 'false', 'HEAD gets a body'],
    ['if (!asks) return', 'if (false) return', 'a check of a proxy marks the server down'],
    ['new Set(protocols).size < protocols.length ||', '', 'a subprotocol may be asked for twice'],
    ['options.protocols?.includes(asked)', 'true', 'a subprotocol is chosen that is not spoken'],
    ["version !== '13'", 'version === undefined', 'any version passes'],
    ["if (!isKey(headers.get('sec-websocket-key') ?? '')) {", 'if (false) {', 'any key passes'],
    ['{22}==', '{18,22}==', 'a key of 13 bytes passes'],
    ['if (extensions === null) {', 'if (false) {', 'extensions that cannot be read pass'],
  ],
  'client-handshake': [
    ['if (accept !== expected)', 'if (accept === undefined)', 'a client takes any accept value'],
    ['1(?!01)\\d\\d( |$)', '1(?!01|03)\\d\\d( |$)', 'a client stumbles over 103'],
    ["if (chosen !== '') return", 'if (false) return', 'a client takes any subprotocol'],
    ['/^HTTP\\/1\\.1 101( |$)/', '/^HTTP\\/1\\.1 10/', 'a client takes 1010 for an answer'],
  ],
  request: [
    ['!TOKEN.test(method)', 'line === null', 'a method may be any word'],
    ["major !== '1'", 'major === undefined', 'HTTP/2.0 is taken'],
    ["method !== 'GET' && method !== 'HEAD'", 'false', 'POST opens a WebSocket'],
    ['if (!ORIGIN_FORM.test(target)) {', 'if (false) {', 'any target passes'],
    ["repeated.has('host') ||", '', 'two Host fields pass'],
    ["(!host && minor !== '0')", 'false', 'no Host field passes'],
    ['one === undefined || isHost(one)', 'true', 'any Host passes'],
    [
      'authority === undefined ? headers :',
      'true ? headers :',
      'the host of a whole URL is ignored',
    ],
  ],
  http: [
    ['part.toLowerCase() === token', 'part === token', 'tokens are compared with their case'],
    [
      'bytes[1] === 0x0a) ? 2 : 0',
      'bytes[1] === 0x0a) ? 0 : 0',
      'an empty line in front is refused',
    ],
    ['length > this.#maxLength', 'length > this.#maxLength + 1', 'a head one byte too long passes'],
    ['Math.max(start, before - 3)', 'before', 'an empty line that is cut is not found'],
    ['if (bytes[lf - 1] === 0x0d) continue;', 'continue;', 'lines may end with LF alone'],
    ['\\x1f\\x7f]/', '\\x1f]/', 'DEL in a field passes'],
    ['/[\\0-\\x08', '/[\\x02-\\x08', 'bytes 00 and 01 in a field pass'],
    ['/[^ !#-[\\]-~]/g', '/[\\0]/g', 'what an answer repeats may move a cursor'],
    ['all.slice(end)', 'all.slice(end + 1)', 'the first byte behind the head is lost'],
  ],
  'deflate-offer': [
    [
      '(offer.serverMaxWindowBits ?? 15) < SMALLEST_WINDOW_BITS',
      'false',
      'a window of 8 bits is agreed to',
    ],
    ['if (seen.has(name)) return', 'if (false) return', 'a parameter may come twice'],
    [
      'server > (wanted.serverMaxWindowBits ?? 15)',
      'false',
      'a larger window than asked for passes',
    ],
    [
      'value !== null && /^([89]|1[0-5])$/',
      'value !== null && /^([89]|1[0-6])$/',
      'a window of 16 bits passes',
    ],
    ['if (client === null) return', 'if (false) return', 'an answer may leave out the value'],
  ],
  deflate: [
    ['blocks.subarray(0, -4)', 'blocks', 'the empty block stays at the end'],
    [
      'payload.length < this.#threshold',
      'payload.length <= this.#threshold',
      'the threshold is one more',
    ],
    [
      'if (this.#contextTakeover) this.#history.push(inflated, 15);',
      '',
      'what came before is forgotten',
    ],
    [
      'if (contextTakeover) this.#history.push(payload, windowBits);',
      'this.#history.push(payload, windowBits);',
      'no_context_takeover is not kept',
    ],
    [
      'compressed.length >= payload.length',
      'compressed.length > 2 * payload.length',
      'a message grows by compression',
    ],
  ],
  extensions: [
    ["if (field[at] === ',') elements.push([]);", '', 'a list has one element'],
    ['NAME.test(value) ? [name, value] : null', '[name, value]', 'a quoted value may be no token'],
  ],
};

/** All breaks, by file. */
export const MUTATIONS: readonly Mutation[] = Object.entries(ROWS).flatMap(([file, rows]) =>
  rows.map(([find, replace, why]) => ({ file, find, replace, why })),
);
