/**
 * Texts of My server. What each part adds is said in src/texts/mine.en.ts, in the terminal too.
 * @module
 */

/** The texts by key. */
export const mine = {
  'mine.title': 'My server',
  'mine.loading': 'Your server is being loaded …',
  'mine.not-loaded':
    'Your server did not load ({reason}). It is in files beside this page: copy the whole folder, and reload.',
  'mine.count': '{yours} of {all, plural, one {# part is} other {# parts are}} yours',
  'mine.about':
    'What you wrote in the lessons runs in the room, a part a lesson. The kit’s own code stands in for the others.',
  'mine.next': 'Write the next: lesson {lesson}',
  'mine.whole': 'Every part is yours.',
  'mine.scope': 'Watch it in the Scope',
  'mine.compare.room': 'Compare with the room',
  'mine.compare.php': 'Compare with PHP',
  'mine.cuts': 'Cut its streams',
  'mine.stop': 'Stop',
  'mine.stopped': 'it was stopped',
  'mine.playing': '{scenario} is being played …',
  'mine.played.none': '{scenario} was played to its end, by the kit’s parts alone.',
  'mine.played.calls':
    '{scenario} was played to its end: your code was called {calls, plural, one {once} other {# times}}, and was right each time.',
  'mine.played.fell':
    '{scenario} was played to its end: the kit’s code took over for {n, plural, one {# part} other {# parts}} of yours.',
  'mine.none': 'No part is yours yet: the first is lesson {lesson}. It runs with the kit’s.',
  'mine.fault': 'Your part fell out: {what}.',
  'mine.fault.see': 'See the step',
  'mine.absent':
    'This browser has not kept what you wrote in {n, plural, one {lesson {lessons}} other {lessons {lessons}}}. The kit’s stands in.',
  'mine.more': 'My server says what else fell out: {n, plural, one {# part} other {# parts}} more.',
  'mine.unloaded':
    'Your part of lesson {lesson} could not be taken: {reason}. The kit’s stands in.',
  'mine.unloaded.unread': 'line {line}: {message}',
  'mine.unloaded.lacks': 'it does not export {name}',
  'mine.unloaded.unsettled': 'it awaits something that never comes',
  'mine.unloaded.threw': '{message}',
  'mine.parts': 'The parts',
  'mine.part': 'Part',
  'mine.adds': 'What it does in the room',
  'mine.lesson': 'Lesson',
  'mine.whose': 'Whose',
  'mine.yours': 'yours',
  'mine.kit': 'the kit’s',
  'mine.checked': 'passed its check',
  'mine.unchecked': 'not passed yet',
  'mine.calls': '{n, plural, one {called once} other {called # times}}',
  'mine.uncalled': 'not called here',
  'mine.fell': 'fell out',
  'mine.untaken': 'could not be taken',
  'mine.of-lesson': 'What you write in this lesson becomes a part of a server of your own.',
  'mine.link': 'My server: {yours} of {all, plural, one {# part is} other {# parts are}} yours',
} as const;
