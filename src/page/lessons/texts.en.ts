/**
 * Texts of the Lessons view. What a lesson says itself comes out of its folder.
 * @module
 */

/** The texts by key. */
export const lessons = {
  'lessons.title': 'Lessons',
  'lessons.route': 'A route of {minutes, plural, one {# minute} other {# minutes}}',
  'lessons.lesson': 'Lesson {number}: {title}',
  'lessons.tab': '{number} {title}',
  'lessons.minutes': '{minutes, plural, one {# minute} other {# minutes}}',
  'lessons.done': 'done',
  'lessons.forget': 'Forget all answers',
  'lessons.part.predict': 'Predict',
  'lessons.part.run': 'Run',
  'lessons.part.investigate': 'Investigate',
  'lessons.part.make': 'Make',
  'lessons.right': 'Right, because {because}.',
  'lessons.wrong': 'It is {letter}), because {because}.',
  'lessons.skip': 'Show the rest without an answer',
  'lessons.run.0': 'Two people chat. Step through it, forwards and backwards.',
  'lessons.run.4': 'Five calls of socket_select on the simulated network, one after the other.',
  'lessons.run.13':
    'One speaks, then both at once. Look at the turn in the room, then in the mirror of the PHP original.',
  'lessons.demo.turn': 'To the turn of “{text}”',
  'lessons.running': 'Playing …',
  'lessons.check': 'Check',
  'lessons.all-right': 'All right.',
  'lessons.is-right': 'Right.',
  'lessons.is-wrong': 'Not yet.',
  'lessons.hello.task':
    'Answer three questions from the trace of the demo. Then answer them for another chat, whose trace stands here too.',
  'lessons.hello.demo': 'The demo',
  'lessons.hello.another': 'Another chat',
  'lessons.hello.login': 'In which turn was {name} logged in?',
  'lessons.hello.hearers': 'Who got “{text}”?',
  'lessons.hello.turns': 'In how many turns was fd {fd} readable?',
  'lessons.fd': 'fd {fd}',
  'lessons.select.call': 'Call {n} of {all}',
  'lessons.select.previous': 'Previous call',
  'lessons.select.next': 'Next call',
  'lessons.select.before': '{name} before',
  'lessons.select.after': '{name} after',
  'lessons.select.returned': 'returned',
  'lessons.select.empty': 'nothing',
  'lessons.select.nobody': 'Nobody has spoken.',
  'lessons.select.ming': 'Ming speaks.',
  'lessons.select.ada': 'Ada speaks, and the array is that of the call before.',
  'lessons.select.copy': 'The same with a fresh copy.',
  'lessons.select.write': 'Who can be written to?',
  'lessons.select.task':
    'What did PHP {php} give back? Mark the keys that were left in the arrays, and say what was returned.',
  'lessons.select.left': 'left in {name}',
  'lessons.order.task':
    'Ada says “Hello, Ming”. Put the steps of the turn in order: choose what comes first, then what comes next.',
  'lessons.order.chosen': 'Your order',
  'lessons.order.left': 'Still to be placed',
  'lessons.order.take': 'Place {step}',
  'lessons.order.undo': 'Take the last back',
  'lessons.order.wrong':
    'Up to place {place} it is right. There stands {given}, and it is {right}: {why}',
  'lessons.order.none': 'choose the first below',
  'lessons.profile.rfc6455': 'Room',
  'lessons.profile.original': 'Mirror (PHP original)',
} as const;
