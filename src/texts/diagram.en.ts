/**
 * What a Lamport diagram says: its rows, its lanes, and what stands around them.
 * @module
 */

/** The texts by key. */
export const diagram = {
  server: 'server',
  lane: 'fd {fd}',
  listens: 'listens on {host}:{port}',
  connect: 'connect, fd {fd}',
  fin: 'FIN',
  handshake: '101, handshake done',
  refused: 'refused: {status}, {reason}',
  request: 'request',
  unfinished: 'not whole yet',
  sent: 'sent',
  'sent.part': '{rest} of {length} bytes wait; sent',
  block: '{syscall} blocks, fd {fd}: {reason}',
  gone: 'gone: {cause}',
  'to-nobody': 'to nobody: {what}',
  size: ' {bytes, plural, one {# byte} other {# bytes}}',
  turn: 'turn',
  'turn.n': 'turn {turn}',
  time: '{ms} ms',
  title: 'What went between the server and {clients}',
  nobody: 'nobody',
  row: 'turn {turn}: {sign} {says}',
  'kind.connect': 'connect',
  'kind.handshake': 'handshake',
  'kind.recv': 'recv',
  'kind.broadcast': 'broadcast',
  'kind.send': 'send',
  'kind.fin': 'fin',
  'kind.disconnect': 'disconnect',
  'kind.error': 'error',
  'kind.block': 'block',
  'kind.listen': 'listen',
} as const;
