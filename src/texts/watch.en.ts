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
  'fault.begins': 'The fault begins, at {host}:{port}: {what}',
  'fault.saw': 'Seen from outside: {what}',
  'fault.emfile':
    'six clients come; accept is made to fail with EMFILE, from the third call of a process to the 202nd.',
  'fault.short-write':
    'two clients come, and one talks; each sixth write of its kind is told that 8 bytes were taken. None of them is sent: strace makes the result up, and the call not at all.',
  'fault.slow-syscalls':
    'two clients come, and one talks; each read, write and accept takes 5 ms more.',
  'fault.reset':
    'a client resets its connection behind a message, one at once, one within its handshake.',
  'fault.slow-reader': 'one client reads nothing, and another talks past it, up to 8 MB.',
  'fault.silent-client': 'a client comes and says nothing for 3 s.',
  'fault.split-handshake': 'a client sends its handshake in four pieces, some time apart.',
  'saw.absent': 'the server is gone, or takes no connection.',
  'saw.hung-up':
    'a client that came afterwards was connected, and hung up on: perhaps the server speaks neither WebSocket nor lines.',
  'saw.served': 'a client that came afterwards was answered.',
  'saw.unserved': 'a client that came afterwards was not answered.',
  'saw.mute': 'nothing that was said was answered, or passed on.',
  'saw.silent.kept': 'after {ms} ms the silent client was still connected.',
  'saw.silent.ended': 'the silent client was sent away after {ms} ms.',
  'saw.split.answered': 'the handshake in {pieces} pieces was answered with {status}.',
  'saw.split.early':
    'the handshake was answered with {status} after piece {piece} of {pieces}: it did not wait for its end.',
  'saw.split.ended': 'the connection was ended after piece {piece} of {pieces}.',
  'saw.split.silent': 'the handshake was whole, and not answered within {ms} ms.',
  'saw.split.other':
    '{bytes, plural, one {# byte} other {# bytes}} came after piece {piece} of {pieces}, and they are no answer to a handshake: it speaks something else.',
  'saw.slow.queued': '{bytes} bytes were said past the slow client, and all others were served.',
  'saw.slow.stood':
    'after {bytes} bytes nobody was served any more, for the {ms} ms until the slow client read.',
  'saw.slow.ended': 'a client was sent away.',
  'saw.resets': '{resets} connections were reset.',
  'saw.slower':
    '{messages, plural, one {# message} other {# messages}} of ten were answered, {ms} ms after each.',
  'source.strace': '--source: this strace tells no stacks (-k), so no lines are told.',
  'source.addr2line':
    '--source: there is no addr2line here, which reads debug symbols (binutils), so no lines are told.',
  'source.script':
    '--source: {program} runs a script. On its stack are its own functions, and no line of the script.',
  'source.symbols':
    '--source: {program} has no debug symbols, so none of its lines is known. Compile it with -g.',
  none: 'No loop was seen: no thread waited for a TCP socket in select, poll or epoll.',
  'none.blocking':
    'No loop was seen: {calls, plural, one {# call} other {# calls}} of accept or recv waited, each for one socket; so there is a thread or a process for each client.',
  'none.unread':
    'No loop was seen: no thread waited for a TCP socket in select, poll or epoll. {lines, plural, one {# line is} other {# lines are}} no line of strace.',
  'none.waiting':
    'Nobody has come: thread {pid} waits in {call}, and the program listens at {host}:{port}.',
  'none.waiting.nowhere': 'Nobody has come: thread {pid} waits in {call}.',
  'none.listening':
    'No loop was seen by now: the program listens at {host}:{port}, and no thread has waited there in select, poll or epoll.',
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
  'found.dropped':
    '{bytes, plural, one {# byte} other {# bytes}} to fd {fd} are lost: {writes, plural, one {# write} other {# writes}} found no room, EAGAIN, and nobody made {writes, plural, one {it} other {them}} again',
  'found.sent-again':
    'a short write to fd {fd} left {bytes, plural, one {# byte} other {# bytes}}, and they were sent later',
  'found.accept-fails':
    'accept failed {count, plural, one {once} other {# times}} with {code} in {ms} ms: the connection stays in the queue, and the listener stays ready',
  'found.delayed-ack':
    '{gaps, plural, one {# gap} other {# gaps}} of some 40 ms, and {clients, plural, one {# client} other {# clients}} without TCP_NODELAY: small writes wait for an acknowledgement that is delayed',
  'found.empty-waits': '{empty} of {waits} waits found nothing',
  'found.idle-wakes':
    'woke {wakes, plural, one {once} other {# times}} by its time-out alone, every {ms} ms or so',
  'found.not-closed':
    'fd {fd}: its peer has sent FIN, and the descriptor was not closed by the end',
  'found.room-filled':
    'recv on fd {fd} took all of its {room, plural, one {# byte} other {# bytes}} of room: a message may be cut there',
  'found.frame-cut':
    'recv of {room} on fd {fd} cut a frame: its rest comes with a later recv; {times, plural, one {once} other {# times}} in all',
  'found.hidden-waits':
    'waited within its turns, {waits, plural, one {once} other {# times}} in all, for one descriptor alone, here fd {fd} in {call}: while such a wait lasts, all others wait',
  'found.busy': '{call} kept a turn for {ms} ms: nobody was served',
} as const;
