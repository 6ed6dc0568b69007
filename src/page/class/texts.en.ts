/**
 * Texts of the class: a student's place, the bar with the vote, the teacher's desk.
 * @module
 */

/** The texts by key. */
export const classroom = {
  'class.title': 'My place',
  'class.desk': 'Desk',
  'class.asking': 'Looking for the class …',
  'class.not-loaded': 'What belongs to the class did not load, {reason}. Reload this page.',
  'class.none': 'There is no class behind this page. A teacher opens one, and gives its address:',
  'class.none.command': 'npx loopscope class serve',

  // how the page stands to the room
  'class.line.in': 'You are in the class.',
  'class.line.in.named': 'You are in the class as {name}.',
  'class.line.joining':
    'On the way in. Where the server stands still, the request waits in the kernel’s queue; nothing has to be pressed.',
  'class.line.away': 'The room is away. You are back in as soon as it is.',
  'class.not-kept':
    'This browser keeps nothing: after a reload you count as somebody else, so leave this page open.',
  'class.name': 'Your name, or none',
  'class.name.say': 'Say my name',
  'class.name.bad':
    'That can be no name: at most 64 characters, and none that moves the writing around it.',
  'class.meanwhile': 'Until something is asked:',
  'class.to.lessons': 'the lessons',
  'class.to.live': 'the loop of this room, step by step',
  'class.to.chat': 'the chat',

  // the vote
  'class.vote': 'Vote',
  'class.told':
    'Your teacher sees which lessons you open and what your checks say, with this name; of a vote, that you have answered, and not your letter.',
  'class.vote.none': 'Nothing is asked just now.',
  'class.vote.of': 'Lesson {number}: {title}',
  'class.vote.again': 'asked again',
  'class.vote.open': 'Open: {question}',
  'class.vote.over': 'The vote is over.',
  'class.vote.fold': 'Fold the question away',
  'class.vote.unfold': 'Show the question',
  'class.vote.letters': 'Letters',
  'class.vote.choose': 'Tap a letter. You can change it until the votes are shown.',
  'class.vote.way':
    'Your {letter} is on its way. Where the loop stands still, it waits in the kernel’s queue.',
  'class.vote.unsent':
    'Your {letter} is not sent yet: the room is away. It goes as soon as it is back.',
  'class.vote.arrived': 'Your {letter} has arrived. You can change it until the votes are shown.',
  'class.vote.before': 'The first time you said {letter}.',
  'class.vote.late': 'The votes are shown. You gave none.',
  'class.vote.yours': 'yours',
  'class.vote.right': 'right',
  'class.vote.means': 'Who says {letter} {meaning}.',
  'class.vote.because': '{letter} is right: {because}.',
  'class.vote.answered':
    '{n, plural, =0 {Nobody has} one {# person has} other {# people have}} answered.',
  'class.count': '{n} · {percent} %',
  'class.count.first': 'first',
  'class.count.second': 'second',
  'class.counts': 'What the class said',

  // why the room did not take it
  'class.why.late': 'Too late: the votes were shown already. Your {letter} is not counted.',
  'class.why.often': 'Changed too often at once; your {letter} goes once more in a moment.',
  'class.why.full':
    'The class keeps no more people: your {letter} is not counted. Tell your teacher.',
  'class.why.disk':
    'The room could not write your {letter} down. Tell your teacher, then tap it again.',
  'class.why.other': 'The room did not take your {letter}. Reload this page, and tap it again.',

  // the desk
  'class.desk.asking': 'Opening the desk …',
  'class.desk.needs-token':
    'The desk opens with the address that the server printed at its start, or with o in its terminal.',
  'class.desk.refused':
    'The server does not know this token: open the address that it printed at its start. Until then nothing here can be pressed.',
  'class.desk.away':
    'The server does not answer. What is seen is what was; the desk joins it by itself as soon as it is back.',
  'class.desk.here':
    '{n, plural, =0 {Nobody is here yet} one {# person is here} other {# people are here}}',
  'class.desk.full': 'The class keeps no more people.',
  'class.desk.names': 'Hide names',
  'class.desk.join': 'Join',
  'class.desk.join.title': 'Join the class',
  'class.desk.join.how': 'Open this address on a laptop or a phone in the same network:',
  'class.desk.join.none': 'Only this machine can join: the server listens on it alone.',
  'class.desk.join.code': 'QR code of {address}',
  'class.desk.question': 'Question of lesson',
  'class.desk.lesson': '{number}. {title}',
  'class.desk.open': 'Ask it',
  'class.desk.open.other': 'Ask another question',
  'class.desk.show': 'Show',
  'class.desk.again': 'Ask again',
  'class.desk.tell': 'What each letter means (that gives the answer away)',
  'class.desk.close': 'Close, and say what is right',
  'class.desk.state.open': 'Open.',
  'class.desk.state.again': 'Open for the second time.',
  'class.desk.state.shown': 'Shown. Let them talk, and ask again.',
  'class.desk.state.shown.again': 'Shown, after both times.',
  'class.desk.state.closed': 'Closed.',
  'class.desk.answered': '{answered} of {here} have answered',
  'class.desk.no-answers': 'Nobody answered.',
  'class.desk.where': 'Who is where',
  'class.desk.nobody': 'Nobody has opened a lesson yet.',
  'class.desk.at': '{n, plural, =0 {nobody is there} one {# is there} other {# are there}}',
  'class.desk.passed': '{passed} of {begun} passed',
  'class.desk.endless': 'Loop without end:',
  'class.desk.people': 'People',
  'class.desk.person': 'Person',
  'class.desk.answer': 'Voted',
  'class.desk.last': 'Last check',
  'class.desk.at-lesson': 'Lesson',
  'class.desk.done': 'Passed',
  'class.desk.check.passed': 'passed',
  'class.desk.check.endless': 'loop without end',
  'class.desk.check.failed': '{n, plural, one {failed once} other {failed # times}}',
  'class.desk.has': 'yes',
  'class.desk.has-not': 'not yet',
  'class.desk.gone': 'away',
  'class.desk.number': '#{id}',
  'class.desk.nameless': '#{id}, no name',
} as const;
