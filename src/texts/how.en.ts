/**
 * How two servers behave, beside what they send.
 * @module
 */

/** The texts by key. */
export const how = {
  'how.head': 'How they behave:',
  'how.waitsIn': 'waits in',
  'how.wakeUps': 'came out of it',
  'how.forNothing': 'of these, for nothing',
  'how.waited': 'waited there',
  'how.other': 'time in other calls',
  'how.stood': 'stood still for one client',
  'how.callsMade': 'system calls',
  'how.n': '{n}',
  'how.unseen': 'not seen',
  'how.recvs': 'recv of a client',
  'how.writes': 'writes to clients',
  'how.leftOpen': 'clients it still holds',
  'how.times': '{n, plural, one {# time} other {# times}}',
  'how.ms': '{ms} ms',
  'how.calls': '{calls}',
  'how.call': '{call} {ms} ms',
  'how.none': 'none',
  'how.sizes':
    '{n, plural, =0 {none} one {# of {most} bytes} other {#, of {least} to {most} bytes}}',
  'how.held': '{open} of {there} that are there',
  'how.unknown':
    '{side} tells no steps, so nothing is known of how it behaves. With strace a command is watched, and PHP with --syscalls.',
  'how.spins':
    '{bytes}; {side} woke {n, plural, one {# time} other {# times}} for nothing (lesson 18).',
  'how.equalBytes': 'Equal bytes',
  'how.otherBytes': 'Different bytes',
  'how.leaks':
    '{side} holds {n, plural, one {# descriptor} other {# descriptors}} of clients that are gone.',
} as const;
