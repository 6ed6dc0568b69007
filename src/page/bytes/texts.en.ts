/**
 * Texts of the Bytes view.
 * @module
 */

/** The texts by key. */
export const bytes = {
  'bytes.title': 'Bytes',
  'bytes.example': 'Example',
  'bytes.example.own': 'your own bytes',
  'bytes.role': 'Sent by',
  'bytes.role.auto': 'by the mask bit',
  'bytes.role.client': 'the client',
  'bytes.role.server': 'the server',
  'bytes.reader': 'Read by',
  'bytes.reader.rfc6455': 'RFC 6455',
  'bytes.reader.original': 'PHP original',
  'bytes.undo': 'Undo',
  'bytes.redo': 'Redo',
  'bytes.cut': 'Cut these bytes',
  'bytes.file.bad': '{name}: {reason}.',
  'bytes.file.none': '{name}: no WebSocket stream in it.',
  'bytes.file.large': '{name}: {n} MB; the page reads files up to {most} MB.',
  'bytes.stream': 'Stream',
  'bytes.stream.only': 'the only one',
  'bytes.long':
    'The address holds {most, plural, one {# byte} other {# bytes}} at most. This tab keeps these through a reload; to send them to others, save them.',
  'bytes.lost':
    'The bytes of this address were too many for it, and this tab does not have them: open them again.',
  'bytes.grid': 'Bytes: arrows move, two hex digits write a byte',
  'bytes.window': '{from} to {to} of {length}',
  'bytes.window.before': 'Earlier bytes',
  'bytes.window.behind': 'Later bytes',
  'bytes.cell': 'byte {at}: {hex}',
  'bytes.cell.sign': 'byte {at}: {hex}, {sign}',
  'bytes.bits': 'Bits of byte {at}',
  'bytes.bit': 'bit {bit}: {value}',
  'bytes.bit.named': 'bit {bit}, {name}: {value}',
  'bytes.fields': 'Fields',
  'bytes.fields.none': 'There are no bytes.',
  'bytes.range.one': 'byte {start}',
  'bytes.range.length': '{range}, {n, plural, one {# byte} other {# bytes}}',
  'bytes.range': 'bytes {start} to {last}',
  'bytes.unit.request': 'Request',
  'bytes.unit.answer': 'Answer',
  'bytes.unit.frame': 'Frame: {name}',
  'bytes.unit.rest': 'Not whole',
  'bytes.run': '{field}: {n}',
  'bytes.problem': '{message} (RFC 6455 {section}).',
  'bytes.problem.close': 'Close code {closeCode}.',
  'bytes.section': 'RFC 6455 {section}',
  'bytes.parser': 'The line of the parser',
  'bytes.parser.go': 'line {line}: look at the bytes that it read',
  'bytes.parser.handshake':
    'These are bytes of the handshake, which is HTTP: the parser of frames never sees them.',
  'bytes.parser.none': 'Choose a byte.',
  'bytes.php': 'The PHP that reads them',
  'bytes.php.none': 'No line of the PHP reads these bytes.',
  'bytes.original': 'What the PHP original reads',
  'bytes.original.none':
    'The original is a server: it reads what a client sends, and these bytes come from the server.',
  'bytes.original.recv': 'recv {n}',
  'bytes.original.ok': 'as the RFC has it',
  'bytes.original.rest':
    '{n, plural, one {# byte is} other {# bytes are}} never read: the socket is closed.',
  'bytes.key.undo': 'undo the last change',
  'bytes.key.redo': 'do it again',
} as const;
