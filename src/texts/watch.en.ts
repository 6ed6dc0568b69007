/**
 * What `loopscope watch` says: of a program that it runs, and of its loop.
 * @module
 */

/** The texts by key. */
export const watch = {
  start: 'Watching {what}, by its system calls. Use it as you would; Ctrl-C ends it.',
  'start.attach': 'Watching process {pid}, by its system calls. Ctrl-C lets it go on alone.',
  page: 'Its steps as they come: {url}',
  says: '{who} says: {line}',
  loop: 'Loop {number}: thread {pid}',
  'trace.kept': 'The trace: {file}. Play it: loopscope step {file}',
  'trace.ends': 'the trace ends here: {why}',
  ended: '{program} ended with code {code}; it said: {words}',
  stop: 'Stopping.',
  none: 'No loop was seen: no thread waited for a TCP socket in select, poll or epoll.',
  'none.blocking':
    'No loop was seen: {calls, plural, one {# call} other {# calls}} of accept or recv waited, each for one socket; so there is a thread or a process for each client.',
  unread: '{lines, plural, one {# line is} other {# lines are}} no line of strace.',
  lost: '{calls, plural, one {# call} other {# calls}} came only in part, and {calls, plural, one {is} other {are}} not told.',
  full: 'These are the first {steps} steps; the file has more.',
  'row.call': 'waits in',
  'row.timeouts': 'time-outs',
  'row.turns': 'turns',
  'row.clients': 'clients',
  'row.messages': 'messages',
  'row.waits': 'waits a message',
  'row.empty': 'empty waits',
  'row.calls': 'calls a message',
  'row.accept': 'accept',
  'row.stood': 'stood still',
  'row.lost': 'bytes lost',
  timeouts: '{asked}',
  'timeout.none': 'none',
  'timeout.ms': '{ms} ms',
  'accept.once': 'once a turn',
  'accept.several': 'several times a turn',
  'accept.until-again': 'until EAGAIN',
  'accept.none': 'never',
  ms: '{ms} ms',
  bytes: '{bytes}',
  unknown: '–',
  'findings.none': 'Nothing that is worth a word.',
  findings: 'What is worth a look:',
  finding: 'step {step}: {says}',
  'finding.guess': 'step {step}: perhaps: {says}',
  'found.stood':
    'stood still for {ms} ms in {call} on fd {fd}, while {others, plural, one {# other client} other {# other clients}} waited',
  'found.lost':
    '{bytes, plural, one {# byte} other {# bytes}} to fd {fd} are lost: a short write was not sent again',
  'found.sent-again':
    'a short write to fd {fd} left {bytes, plural, one {# byte} other {# bytes}}, and they were sent later',
  'found.accept-fails':
    'accept failed {count, plural, one {once} other {# times}} with {code} in {ms} ms: the connection stays in the queue, and select says so again at once',
  'found.delayed-ack':
    '{gaps, plural, one {# gap} other {# gaps}} of some 40 ms, and {clients, plural, one {# client} other {# clients}} without TCP_NODELAY: small writes wait for an acknowledgement that is delayed',
  'found.empty-waits': '{empty} of {waits} waits found nothing',
  'found.idle-wakes':
    'woke {wakes, plural, one {once} other {# times}} by its time-out alone, every {ms} ms or so',
  'found.not-closed':
    'fd {fd}: its peer has sent FIN, and the descriptor was not closed by the end',
  'found.room-filled':
    'recv on fd {fd} took all of its {room, plural, one {# byte} other {# bytes}} of room: a message may be cut there',
  'found.busy': '{call} kept a turn for {ms} ms: nobody was served',
} as const;
