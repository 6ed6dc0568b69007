/**
 * Texts of what several views share, and of the address.
 * @module
 */

/** The texts by key. */
export const shared = {
  'address.unknown': 'The address has “{name}”, which means nothing here; it was left out.',
  'address.mended': 'The address has {name}={text}, which cannot be; {value} was taken.',
  'address.more': 'Of what is wrong with the address, {n} more are not said.',
  'address.step': 'The address asks for step {step}; there are {length}, so this is the last.',
  'time.ms': '{t} ms',
  'time.s': '{t} s',
  'time.min': '{min} min {s} s',
  'time.h': '{h} h {min} min',
  'dump.hex': 'Bytes in hex',
  'count.bytes': '{n, plural, one {# byte} other {# bytes}}',
  'dump.more': '… {n, plural, one {# byte} other {# bytes}} more',
  'defect.title': '{title}.',
  'example.hello': 'Hello, then Close 1001',
  'example.chinese': 'a message: 你好',
  'example.medium': '42 Chinese characters, 126 bytes',
  'example.large': 'the beginning of 70,000 bytes',
  'example.ping': 'a ping',
  'example.fragments': 'fragments, and a ping between them',
  'example.glued': 'a request with a frame behind it',
  'example.unmasked': 'a text without a mask',
  'example.not-shortest': 'a length in too many bits',
  'example.reason': 'Close 1000 with a reason',
  'example.reserved': 'RSV1 set, to no purpose',
  'paste.title': 'Paste or open',
  'paste.label': 'Hex, base64, a dump, a list, a string with escapes, a request',
  'paste.read': 'Read',
  'paste.open': 'Open a file …',
  'paste.hint': 'or drop one here: bytes, a trace, pcap, pcapng',
  'paste.bad': 'These bytes were not read: {reason}.',
  'paste.empty': 'There are no bytes in this.',
  'code.at': '{file}, line {line}',
  'code.whole': 'The whole file',
  'code.left-out': '⋯ {n, plural, one {# more line} other {# more lines}} of this step',
  'code.line': 'line {line}, {step},',
  'code.line.go': 'line {line}: go to the next time that it runs',
} as const;
