/**
 * "My server": its parts, what each adds, and what is said of one that cannot be taken or falls out.
 * @module
 */

/** The texts by key. */
export const mine = {
  count: 'My server: {yours} of {all, plural, one {# part is} other {# parts are}} yours.',
  'row.yours': 'yours',
  'row.kit': 'the kit',
  next: 'Next: {command}',
  serve: 'It runs: {command}',
  'part.accept': 'takes who waits out of the queue, and watches it',
  'part.recv': 'hears a client, and forgets one that has left',
  'part.head': 'reads a request, in whatever pieces it comes',
  'part.accept-key': 'proves the key, so that a page believes it',
  'part.header-bits': 'reads the first two bytes of a frame',
  'part.lengths': 'reads and writes how long a payload is',
  'part.unmask': 'takes the mask off what a client sends',
  'part.broadcast': 'sends one frame to everyone, in order',
  'part.states': 'chooses who hears it, by how far each is',
  'part.control-frames': 'answers ping and Close, and says Close itself',
  'part.utf-8': 'reads text whose characters come in halves',
  'part.outbox': 'sends what a socket takes, and waits for room',
  'part.time-out': 'says how long select may sleep',
  'left-out.lines':
    'a WebSocket server has no lines of its own: the head of lesson 8 ends with an empty one, and a frame says its length',
  'left-out.head': 'called by `takeBytes`, and not by the room',
  'left-out.unmask': 'takes whole frames, and the room reads a frame as it comes',
  'left-out.states':
    'one call for all of a recv, and the room stops within one when a client has had its share of the turn',
  'left-out.outbox': 'the broadcast is that of lesson 13',
  'left-out.time-out': 'it awaits, and a turn waits for nothing',
  'unloaded.gone': 'the file is not there any more',
  'unloaded.lacks': 'it does not export {name}; an exercise of another version may not',
  'unloaded.unsettled': 'it awaits something that never comes',
  'unloaded.threw': '{message}',
  unloaded: 'lesson {lesson}, {path}: {why}. The kit’s part stands in.',
  fault: 'lesson {lesson}, {name}: {what}. It is looked at again by: {command}',
  stray: 'lesson {lesson}: something that it left running has failed ({message}); the room goes on',
  'none.yours': 'No part is yours yet: the first is lesson {lesson}. All of it is the kit’s.',
  'play.one': 'two-loops has two servers, and yours is one; npx loopscope sim two-loops plays it',
  'play.server': 'your server, {yours} of {all, plural, one {# part} other {# parts}} yours',
  'play.all.cuts': '{yours} of {all} parts of yours played them all to the end.',
  'play.all': '{yours} of {all} parts of yours played it to the end.',
  'play.fell': '{n, plural, one {# part} other {# parts}} of yours fell out: lesson {lessons}.',
  'write.done':
    '{path}: your server, {yours} of {all, plural, one {# part} other {# parts}} yours. It runs with: npx tsx {file}',
  'shown.state': 'fd {fd} {state}',
  'shown.outbox': 'fd {fd}, outbox {length} bytes',
  'shown.no-call': 'no call',
  'no-function': '{name} is no function',
  endless: '{file}:{line} went round {passes} times',
  memory: 'asked for more than {size} MiB',
  'lent.not': '{call} is not lent to this part',
  'lent.once': '{call} was called a second time',
} as const;
