/**
 * What a step of a trace did, in one line.
 * @module
 */

/** The texts by key: the step, and behind a point what decides between several. */
export const steps = {
  socket: 'fd {fd} is a TCP socket ({domain}, {type}, {protocol})',
  setsockopt: 'fd {fd}: {option} = {value}',
  bind: 'fd {fd} to {host}:{port}',
  listen: 'fd {fd}, backlog {backlog}',
  select: '{scanned, plural, one {# socket} other {# sockets}} watched; {ready}',
  'select.read': 'readable: {fds}',
  'select.write': 'writable: {fds}',
  'select.pending': 'frames wait from the turn before: {fds}',
  'select.none': 'none ready',
  'select.and': '; ',
  'select.call':
    '{call}: {watched, plural, one {# descriptor} other {# descriptors}} watched, {scanned} asked; {ready}',
  'select.call.polls':
    '{call}: {watched, plural, one {# descriptor} other {# descriptors}} watched, {scanned} asked; {ready}; before it {polls, plural, one {# call} other {# calls}} that found nothing',
  'select.call.unknown': '{call}: how many are watched is not known, {scanned} asked; {ready}',
  'wait.none': 'It may wait for ever, and waited {waited} ms.',
  'wait.most': 'It may wait {timeout} ms at the most, and waited {waited} ms.',
  'wait.asks': 'With a time-out of 0 it only asks.',
  'wait.took': 'It waited {waited} ms.',
  'wait.epoll':
    'The descriptors were named before, with epoll_ctl: the kernel gives those that are ready, and looks at no other.',
  'wait.all': 'All descriptors are named at each call, and the kernel looks at each of them.',
  accept: 'fd {fd} from {host}:{port}, out of the queue of fd {listener}',
  recv: 'fd {fd}: {length, plural, one {# byte} other {# bytes}}  {bytes}',
  'recv.fin': 'fd {fd}: 0 bytes, the peer has sent FIN',
  handshake: 'fd {fd}: 101, key {key} → accept {accept}',
  'handshake.protocol': 'fd {fd}: 101, key {key} → accept {accept}, subprotocol {protocol}',
  'handshake.no-protocol':
    'fd {fd}: 101, key {key} → accept {accept}, but no subprotocol of those asked for ({asked}) is spoken here: a page ends with 1006',
  'handshake.refused': 'fd {fd}: {status}, {reason}',
  'handshake.asked': '{protocols}',
  'parse.control.masked':
    'fd {fd}: {opcode}, masked, payload {length, plural, one {# byte} other {# bytes}}',
  'parse.control.unmasked':
    'fd {fd}: {opcode}, not masked, payload {length, plural, one {# byte} other {# bytes}}',
  'parse.last.masked':
    'fd {fd}: {opcode}, the last frame, masked, payload {length, plural, one {# byte} other {# bytes}}',
  'parse.last.unmasked':
    'fd {fd}: {opcode}, the last frame, not masked, payload {length, plural, one {# byte} other {# bytes}}',
  'parse.more.masked':
    'fd {fd}: {opcode}, more follow, masked, payload {length, plural, one {# byte} other {# bytes}}',
  'parse.more.unmasked':
    'fd {fd}: {opcode}, more follow, not masked, payload {length, plural, one {# byte} other {# bytes}}',
  deal: 'fd {fd}: {message} → {reply}',
  'deal.here': 'fd {fd}: is here → {reply}',
  'deal.gone': 'fd {fd}: gone → {reply}',
  broadcast: '{length, plural, one {# byte} other {# bytes}} to {fds}  {bytes}',
  send: 'fd {fd}: {length, plural, one {# byte} other {# bytes}}',
  'send.bytes': 'fd {fd}: {length, plural, one {# byte} other {# bytes}}  {bytes}',
  'send.injected':
    'fd {fd}: told that {taken} of {length} bytes were taken; none was, the recorder made that up',
  'send.part': 'fd {fd}: {taken} of {length} bytes taken, the rest waits',
  'block.took': 'fd {fd}: the loop stood still for {took} ms in {syscall}; {reason}',
  block: 'fd {fd}: the loop stands still in {syscall}; {reason}',
  disconnect: 'fd {fd}: {cause}',
  'disconnect.fin': 'the peer sent FIN',
  'disconnect.reset': 'the connection was reset',
  'disconnect.close-frame': 'closed by Close frames, in good order',
  'disconnect.short-read': 'fewer than 9 bytes were read',
  'disconnect.protocol-error': 'the peer broke the protocol',
  'disconnect.answered': 'it asked for no WebSocket, and has its answer',
  'disconnect.limit': 'a limit was reached',
  'disconnect.timeout': 'it took too long',
  'disconnect.closed-here': 'the server closed it',
  error: 'fd {fd}: {message}',
  'arrive.bytes': 'fd {fd}: {length, plural, one {# byte} other {# bytes}} arrived',
  'arrive.connect': 'fd {fd}: connect arrived',
  'arrive.fin': 'fd {fd}: fin arrived',
  'arrive.reset': 'fd {fd}: reset arrived',
  act: 'client {client}: {do}',
  'act.bytes': 'client {client}: {do}  {bytes}',
  again: 'fd {fd}: {call} has nothing to give or no room, EAGAIN',
  fault: 'fd {fd}: {call} failed, {code}',
  'fault.injected': 'fd {fd}: {call} was made to fail, {code}',
  wake: 'fd {fd}: {kind} woke the loop',
  'wake.timer': 'fd {fd}: a timer of the program went off',
  'wake.event': 'fd {fd}: the program woke itself',
  'wake.signal': 'fd {fd}: a signal came',
  'wake.pipe': 'fd {fd}: a pipe of the program has bytes',
  other: '{call}, {count, plural, one {once} other {# times}}: {took} ms',
  'other.alone': '{call} for fd {fd} alone: {took} ms',
  'broker.connect': 'fd {fd}: connected to the broker, {message}',
  'broker.publish': 'fd {fd}: for the other loops: {message}',
  'broker.message': 'fd {fd}: from another loop: {message}',
  'broker.drop': 'fd {fd}: passed over: {message}',
  'broker.look':
    'fd {fd}: {loops, plural, one {# other loop} other {# other loops}}, {names, plural, one {# person} other {# people}} there',
  'broker.lost': 'no broker: {message}',
  call: 'lesson {lesson}, {name}({args}) → {returned}',
  'call.and': ', ',
  'call.fault':
    'lesson {lesson}, {name}({args}) → {returned}; expected {expected}: {fault}, the kit goes on',
  'call.checked': 'lesson {lesson}, {name}({args}) → {returned}; expected {expected}',
  'call.held':
    'lesson {lesson}, {name}({args}) → {returned}; the check looks at {given}, expected {expected}',
  'call.failed': 'lesson {lesson}, {name}({args}) → {returned}; here the check failed',
  'call.wrong': 'not what is due',
  'call.promise': 'a promise, and a turn waits for none',
  'call.threw': 'it threw',
  'call.endless': 'a loop without end',
  'call.exit': 'it wanted to end the program',
  inferred: '{says} (worked out, not seen)',
  unknown: 'a step of a later version: {name}',
  fds: 'fd {fds}',
  'fds.more': 'fd {fds} and {more} more',
  'fds.nobody': 'nobody',
} as const;
