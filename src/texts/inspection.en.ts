/**
 * What stands around the meanings of an inspection, on a terminal and on its page: headings, labels,
 * what is left out; and what there is to say of the streams of a capture or a trace.
 * @module
 */

/** The texts by key; `html` begins those of the page alone. */
export const inspection = {
  request: 'Request at byte {offset}, {length, plural, one {# byte} other {# bytes}}',
  answer: 'Answer at byte {offset}, {length, plural, one {# byte} other {# bytes}}',
  rest: 'Rest at byte {offset}, {length, plural, one {# byte} other {# bytes}}',
  'frame.client':
    'Frame at byte {offset}, {length, plural, one {# byte} other {# bytes}} from the client: {opcode}',
  'frame.client.more':
    'Frame at byte {offset}, {length, plural, one {# byte} other {# bytes}} from the client: {opcode}, {header}',
  'frame.server':
    'Frame at byte {offset}, {length, plural, one {# byte} other {# bytes}} from the server: {opcode}',
  'frame.server.more':
    'Frame at byte {offset}, {length, plural, one {# byte} other {# bytes}} from the server: {opcode}, {header}',
  'header.masked': 'masked',
  'header.masked.payload': 'masked, payload {length, plural, one {# byte} other {# bytes}}',
  'header.masked.long': 'masked, payload {length} bytes',
  'header.unmasked': 'not masked',
  'header.unmasked.payload': 'not masked, payload {length, plural, one {# byte} other {# bytes}}',
  'header.unmasked.long': 'not masked, payload {length} bytes',
  original: 'What the PHP original would see',
  recv: 'recv of {length, plural, one {# byte} other {# bytes}} at byte {offset}: {reads}',
  'recv.defect':
    'recv of {length, plural, one {# byte} other {# bytes}} at byte {offset}: {reads} ({defect})',
  problem: '{code} ({section}): {message}',
  'problem.close': '{code}, close code {closeCode} ({section}): {message}',
  'sentences.and': ' ',
  field: '{field} ({source}): {meaning}',
  'field.part': '- {field}: {meaning}',
  more: '… and {n} more',
  like: '… and {n} more like it, up to byte {last}',
  unnamed:
    'Not named: {n, plural, one {# frame} other {# frames}} more, {problems} of them with a problem. --format ndjson tells each.',
  time: 'It came at {at}.',
  'time.after': 'It came at {at}, {after} s after the one before.',
  'left-out':
    'Left out: what is behind the first {explained} bytes, except for frames and problems',
  'left-out.all':
    'Left out: all but frames and problems, since {explained} bytes of other streams are explained above',
  'left-out.streams':
    'Not told: {n, plural, one {# stream} other {# streams}} more. --format ndjson tells each.',
  omitted:
    'behind the first {explained} bytes, spans, their parts and what the original would read are left out',

  'html.title': 'WebSocket bytes, explained',
  'html.summary':
    '{bytes, plural, one {# byte} other {# bytes}}, {handshakes, plural, one {# handshake} other {# handshakes}}, {frames, plural, one {# frame} other {# frames}}, {problems, plural, =0 {no problem} one {# problem} other {# problems}}.',
  'html.made': 'Made by {command}.',
  'html.selected': 'What is selected',
  'html.choose': 'Choose a byte or a field.',
  'html.keys':
    'The arrow keys go from byte to byte. Enter goes to the field and back. Escape lets go.',
  'html.letters': 'What the letters mean',
  'html.letter.H': 'a line of the handshake',
  'html.letter.F': 'FIN, reserved bits and opcode',
  'html.letter.L': 'mask bit and length',
  'html.letter.K': 'masking key',
  'html.letter.P': 'payload',
  'html.streams': 'The streams',
  'html.bytes': '{n, plural, one {# byte} other {# bytes}}',
  'html.problems': '{n, plural, one {# problem} other {# problems}}',
  'html.problem': '{code}, {section}: {message}',
  'html.problem.close': '{code}, close code {closeCode}, {section}: {message}',
  'html.more-problems': '{n, plural, one {# more problem} other {# more problems}} left out.',
  'html.more-lines': '{n, plural, one {# more line} other {# more lines}} left out.',
  'html.more-messages': '{n, plural, one {# more message} other {# more messages}} left out.',
  'html.more-recvs': '{n, plural, one {# more recv} other {# more recvs}} left out.',
  'html.stream': 'Byte by byte',
  'html.empty': 'No bytes.',
  'html.not-drawn':
    'Not drawn, so that the page stays readable: {n, plural, one {# frame} other {# frames}} more, bytes {from} to {last}.',
  'html.original': 'What the PHP original would read',
  'html.taken-for': 'taken for',
  'html.defect': 'defect',
  'html.no-defect': 'none',
  'html.recv': '{length, plural, one {# byte} other {# bytes}} at byte {offset}',
  'html.request': 'Request at byte {offset}',
  'html.answer': 'Answer at byte {offset}',
  'html.rest': 'Rest at byte {offset}',
  'html.frame': 'Frame at byte {offset}: {opcode}',
  'html.from.client': '{length, plural, one {# byte} other {# bytes}} from the client.',
  'html.from.client.more':
    '{length, plural, one {# byte} other {# bytes}} from the client, {what}.',
  'html.from.server': '{length, plural, one {# byte} other {# bytes}} from the server.',
  'html.from.server.more':
    '{length, plural, one {# byte} other {# bytes}} from the server, {what}.',
  'html.must': 'key {key}, which must be answered with {accept}',
  'html.key': 'key {key}',
  'html.key.fits-not': 'key {key}, which does not fit',
  'html.accept': 'accept value {accept}',
  'html.both': 'key {key}, accept value {accept}',
  'html.both.fits': 'key {key}, accept value {accept}, which fits',
  'html.both.fits-not': 'key {key}, accept value {accept}, which does not fit',
  'html.like': 'Behind it come {n} more like it, up to byte {last}.',
  'html.place':
    'Frame {frame} of the message that begins at byte {offset}, {length, plural, one {# byte} other {# bytes}} so far.',
  'html.whole': 'The whole message is {text}.',
  'html.dump': 'Bytes {first} to {last}',
  'html.fields': 'Fields of {title}',
  'html.offset': 'offset',
  'html.text': 'text',
  'html.gap': '… {n, plural, one {# byte} other {# bytes}} left out, {from} to {last}',
  'html.byte': 'byte {n}',
  'html.range': 'bytes {first} to {last}',
  'html.run': '{field}: {n}',
  'html.run.part': '{field}: the first {n} of {whole}',
  'html.parts-left': '{n} more are left out.',
  'html.too-many': 'These bytes are too many to explain each of them here.',
  'html.bits': 'The bits of byte {n}',
  'html.script.byte': 'Byte {offset} is 0x{hex}, {bits}, {value}',

  'form.read': 'Read as {form}.',
  'form.missing': 'Whoever printed this left out the last {n, plural, one {byte} other {# bytes}}.',
  'form.http': 'a head of HTTP',
  'form.node': 'a buffer as Node prints it',
  'form.json': 'a buffer as JSON',
  'form.python': 'bytes of Python',
  'form.bits': 'a dump in bits (xxd -b)',
  'form.words': 'a dump in words of two swapped bytes (hexdump, od -x)',
  'form.dump': 'a dump with offsets (xxd, hexdump -C, od -t x1, Wireshark, certutil, Format-Hex)',
  'form.letters': 'a dump in letters (od -c)',
  'form.escapes': 'a string with escapes',
  'form.numbers': 'a list of numbers (C, xxd -i, JavaScript, Java)',
  'form.hex': 'hex',
  'form.base64': 'base64',

  'stream.client': '{name}, from the client',
  'stream.server': '{name}, from the server',
  'trace.cut': '{reason}; the {n, plural, one {event} other {# events}} before it were read.',
  'stream.trace':
    'A trace holds only what the server broadcast, and no other bytes that it sent: its handshake, Pongs and Closes are not here.',
  'stream.connection': 'connection {n}, fd {fd}',
  'stream.gap': '{name}, behind gap {n}',
  'stream.captured': 'connection {n}, {ends}',
  'stream.ends': '{from} to {to}',
  'stream.ends.server': '{ends} ({server})',

  'har.note':
    'A HAR has messages, and neither frames nor masks nor lengths as they were sent; the handshake is put together from its fields',
  'har.lacks': 'The HAR lacks of the handshake {named}, so it is not judged for what is missing',
  'har.unread':
    '{n, plural, one {# entry is} other {# entries are}} no message that was sent or received, and left out',
  'har.message.client':
    'Message {n} from the client: {opcode}, {length, plural, one {# byte} other {# bytes}}',
  'har.message.client.timed':
    'Message {n} from the client, {when}: {opcode}, {length, plural, one {# byte} other {# bytes}}',
  'har.message.server':
    'Message {n} from the server: {opcode}, {length, plural, one {# byte} other {# bytes}}',
  'har.message.server.timed':
    'Message {n} from the server, {when}: {opcode}, {length, plural, one {# byte} other {# bytes}}',
  'har.since': '{time} (+{since} s)',

  'passing.no-request': 'no HTTP request',
  'passing.no-answer': 'no HTTP answer',
  'passing.answer': 'the answer is {line}',

  'capture.middle':
    'the capture begins in the middle of the connection: what looks like the first frame may be the inside of another',
  'capture.link':
    '{n, plural, one {# packet} other {# packets}} left out, of link type {name}, which is not read',
  'capture.cut': '{n, plural, one {# packet} other {# packets}} left out, cut within the headers',
  'capture.fragment':
    '{n, plural, one {# packet} other {# packets}} left out, fragments of IP whose others are missing',
  'capture.overlap':
    '{n, plural, one {# IP packet has} other {# IP packets have}} fragments that overlap, of which receivers make different things',
  'capture.tunnel':
    '{n, plural, one {# packet was} other {# packets were}} taken out of a tunnel of {name}',
  'capture.other':
    '{n, plural, one {# packet} other {# packets}} left out, of other protocols than TCP: {named}',
  'capture.empty':
    '{n, plural, one {# connection} other {# connections}} left out, without a byte in the capture',
  'capture.lost': '{stream}: the capture has no byte of it',
  'capture.lost.why': '{stream}: {why}',
  'capture.exchanges':
    '{bytes, plural, one {# byte} other {# bytes}} left out in front of the handshake, {n, plural, one {# exchange} other {# exchanges}} of plain HTTP',
  'capture.tls':
    '{n, plural, one {# connection} other {# connections}} left out, of TLS, which is encrypted: {named}',
  'capture.http2':
    '{n, plural, one {# connection} other {# connections}} left out, of HTTP/2, within which a WebSocket is not read (RFC 8441): {named}',
  'capture.plain':
    '{n, plural, one {# connection} other {# connections}} left out, of plain HTTP, in which no WebSocket is asked for: {named}',
  'capture.begun':
    '{n, plural, one {# connection} other {# connections}} left out, begun before the capture and not seen to be of WebSocket: {named}',
  'capture.others':
    '{n, plural, one {# connection} other {# connections}} left out, not of WebSocket: {named}',
  'capture.http':
    '{n, plural, one {# byte} other {# bytes}} left out behind the head, of plain HTTP',
  'capture.ends-in-packet': 'the file ends in the middle of packet {number}',
  'capture.ends-in-block': 'the file ends in the middle of a block, behind packet {number}',
  'capture.no-order': 'the section at byte {at} has no byte order',
  'capture.block-length':
    'the block at byte {at} says that it has {length} bytes, which no block can have; it and what follows it are left out',
  'capture.interface': 'packet {number} is of interface {id}, which the file does not describe',
  'capture.damaged': 'packet {number} says that it has more bytes than its block, and is left out',
  'capture.lost.more':
    '{n, plural, one {# more direction lacks} other {# more directions lack}} bytes in the same way',
  'capture.damaged.more':
    '{n, plural, one {# packet} other {# packets}} more left out for such reasons',
  'capture.reset': 'it was reset',
  'capture.lacks':
    'after {read, plural, one {# byte} other {# bytes}} the capture lacks {missing, plural, one {# byte} other {# bytes}}',
  'capture.others-again':
    '{n, plural, one {# segment says} other {# segments say}} something else of bytes that others have too, and {n, plural, one {was} other {were}} not taken',
  'capture.gaps': '{n, plural, one {# byte} other {# bytes}} left out, behind {most} gaps and more',
  'capture.gap': '{missing, plural, one {# byte is} other {# bytes are}} missing in front of it',
  'capture.border.almost':
    'it begins where a frame seems to begin, behind {bytes, plural, one {# byte that was} other {# bytes that were}} passed over: {frames, plural, one {# frame holds} other {# frames in a row hold}}, which is almost sure',
  'capture.border.likely':
    'it begins where a frame seems to begin, behind {bytes, plural, one {# byte that was} other {# bytes that were}} passed over: {frames, plural, one {# frame holds} other {# frames in a row hold}}, which is likely, and not sure',
  'capture.border.guess':
    'it begins where a frame may begin, behind {bytes, plural, one {# byte that was} other {# bytes that were}} passed over: {frames, plural, one {# frame holds} other {# frames in a row hold}}, which is a mere guess',
  'capture.border.none':
    'behind {missing, plural, one {# missing byte} other {# missing bytes}} no beginning of a frame was found: {bytes, plural, one {# byte} other {# bytes}} left out',
  'capture.note': '{note}.',
} as const;
