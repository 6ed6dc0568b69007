/**
 * Texts of the stage.
 * @module
 */

/** The texts by key. */
export const stage = {
  'stage.title': 'Stage',
  'stage.ring': 'The loop',
  'stage.lanes': 'Sockets on the stage',
  'stage.start': 'before the loop',
  'stage.waits': 'waits in select',
  'stage.blocked': 'blocked in {call}',
  'stage.waited': 'after {ms} ms',
  'stage.so-far': '{ms} ms so far',
  'stage.time-out': 'time-out, {ms} ms',
  'stage.quoted': '“{words}”',
  'stage.heading.queue': 'kernel queue',
  'stage.heading.queue.short': 'queue',
  'stage.heading.read': 'read',
  'stage.heading.write': 'write',
  'stage.heading.outbox': 'outbox',
  'stage.socket': 'socket',
  'stage.fd': 'fd {fd}',
  'stage.folded': '{n} more',
  'stage.amount': '{n, plural, one {# byte} other {# bytes}}',
  'stage.amount.sample': 'about {n, plural, one {# byte} other {# bytes}}',
  'stage.unknown': 'unknown',
  'stage.fin': 'FIN',
  'stage.reset': 'RST',
  'stage.lamp.none': 'not in it',
  'stage.lamp.watched': 'watched',
  'stage.lamp.ready': 'ready',
  'stage.lamp.served': 'served',
  'stage.lamp.taken': 'taken out',
  'stage.lane.touch': 'fd {fd}, {who}: cut, delay, reset its pipe',
  'stage.place.go': '{step}: go to the next one',
  'stage.lane.go': 'fd {fd}, {who}: go to its next step',
  'stage.table.read': 'read set',
  'stage.table.write': 'write set',
  'stage.table.fold': '{n, plural, one {# more socket} other {# more sockets}}',
  'stage.table.ready': '{n, plural, =0 {none ready} other {# ready}}',
  'stage.table.queue': '{amount}; {end}',
} as const;
