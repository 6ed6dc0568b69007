/**
 * What differs between two servers on the wire: where, what stands there, and what it is to a client.
 * @module
 */

/** The texts by key. */
export const comparison = {
  'field.end': 'end of the connection',
  'field.bytes': 'end of the bytes',
  'field.status': 'status line',
  'field.empty': 'empty line',
  missing: 'no {field}',
  stands: 'nothing, the connection stands',
  fin: 'FIN',
  rst: 'RST',
  'reads.part': 'a frame that is not whole',
  'reads.empty': 'an empty text',
  'reads.text': 'text {text}',
  'reads.frame': '{opcode} {hex}',
  'reads.frame.empty': '{opcode}, empty',
  'reads.begun': '{opcode}, more follow {hex}',
  'reads.begun.empty': '{opcode}, more follow, empty',
  'reads.close': 'close {code}',
  'reads.close.reason': 'close {code} {reason}',
  'reads.close.empty': 'close, without a code',
  'reads.bad': 'no good frame: {problem}',
  within: '{action}, byte {byte} of {length}',
  'cut.gets': '{client} gets {cut} in place of {whole}',
  'client.n': 'client {n}',
} as const;
