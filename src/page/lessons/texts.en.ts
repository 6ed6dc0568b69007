/**
 * Texts of the Lessons view. What a lesson says itself comes out of its folder; the sentences of a report
 * and the bridges of a route are the runner's, in src/texts/lesson.en.ts.
 * @module
 */

/** The texts by key. */
export const lessons = {
  'lessons.title': 'Lessons',
  'lessons.loading': 'The lessons are being loaded …',
  'lessons.not-loaded':
    'The lessons did not load ({reason}). They are in a file beside this page: copy the whole folder, and reload.',
  'lessons.again': 'Try again',
  'lessons.bar': 'Where you are in the course',
  'lessons.map': 'The course',
  'lessons.previous': 'Back: lesson {number}',
  'lessons.lesson': 'Lesson {number}: {title}',
  'lessons.minutes': '{minutes, plural, one {# minute} other {# minutes}}',
  'lessons.by-demo': 'On this route by question and demo alone, {minutes} minutes.',
  'lessons.bridge': 'In between',
  'lessons.needs': 'needs',
  'lessons.needs-left': 'It builds on what you have not done yet:',

  'lessons.part.predict': 'Predict',
  'lessons.part.learnt': 'What you have learnt',

  'lessons.right': 'Right, because {because}.',
  'lessons.wrong': 'It is {letter}), because {because}.',
  'lessons.skip': 'Show the rest without an answer',

  'lessons.output': 'What it prints',
  'lessons.program': 'A program',
  'lessons.go.loop': 'See it in the Scope',
  'lessons.go.cuts': 'Cut it in Bytes',
  'lessons.go.bytes': 'Read it in Bytes',
  'lessons.go.compare': 'Compare them here',
  'lessons.go.terminal': 'In a terminal:',

  'lessons.demo.run': 'Run the demo',
  'lessons.demo.run-mine': 'Run it',
  'lessons.demo.again': 'Run it again',
  'lessons.demo.stop': 'Stop',
  'lessons.demo.modify': 'Modify it',
  'lessons.demo.trace': 'Walk through it in the Scope',
  'lessons.demo.running': 'It runs …',
  'lessons.demo.stopped': 'Stopped.',
  'lessons.demo.ended': 'It has ended.',
  'lessons.demo.silent': 'It has ended, and printed nothing.',
  'lessons.demo.file': 'demo.ts',
  'lessons.demo.lines': '{n, plural, one {# line} other {# lines}} more',

  'lessons.editor.exercise': 'Your exercise of lesson {number}, exercise.ts',
  'lessons.editor.demo': 'Your demo of lesson {number}, demo.ts',
  'lessons.editor.keys':
    'Once you write here, Tab indents; Escape and then Tab leaves. Ctrl-Enter (on a Mac, Command-Enter) checks.',
  'lessons.editor.keys-demo':
    'Once you write here, Tab indents; Escape and then Tab leaves. Ctrl-Enter (on a Mac, Command-Enter) runs it.',
  'lessons.editor.kept': 'Kept in this browser.',
  'lessons.editor.not-kept': 'This browser keeps nothing: save it as a file before you go.',
  'lessons.editor.file': 'exercise.ts',
  'lessons.editor.open': 'Open a file',
  'lessons.editor.save': 'Save',
  'lessons.editor.reset': 'Reset',
  'lessons.editor.reset-ask': 'Bring back what was handed out? Ctrl-Z takes that back.',
  'lessons.editor.reset-yes': 'Yes, bring it back',
  'lessons.editor.reset-no': 'No, keep mine',
  'lessons.editor.no-text': '{name} is no text in UTF-8, so it was not opened.',
  'lessons.editor.too-large': '{name} is larger than an exercise can be, so it was not opened.',

  'lessons.check': 'Check',
  'lessons.check.stop': 'Stop',
  'lessons.check.running': 'Checking …',
  'lessons.check.step': 'Step {n}: {step}',
  'lessons.check.none': 'Not checked yet. What came of the check will stand here.',
  'lessons.check.before-now':
    'Lesson {number} has passed before. What comes of the next check will stand here.',
  'lessons.check.older': 'You have changed it since.',
  'lessons.check.passed':
    'Lesson {number} passed: {n, plural, one {# step} other {# steps}} tried.',
  'lessons.check.failed': 'Not yet.',
  'lessons.check.history': 'What was tried; the last step failed',
  'lessons.check.before': '… {n, plural, one {# step} other {# steps}} before',
  'lessons.check.byte': 'First difference at byte {offset}, in {field}:',
  'lessons.check.byte-only': 'First difference at byte {offset}:',
  'lessons.check.expected': 'expected',
  'lessons.check.actual': 'yours',
  'lessons.check.nothing': '(nothing more)',
  'lessons.check.in-bytes': 'Read {which} in Bytes',
  'lessons.check.line': 'To line {line}',
  'lessons.check.printed': 'Your program printed',
  'lessons.check.more': '… {n, plural, one {# character} other {# characters}} more',
  'lessons.check.see': 'See it in the Scope',
  'lessons.check.step-code': 'Step your code in the Scope',
  'lessons.see.back': 'Back to lesson {number}',
  'lessons.hint': 'Hint {n} of {all}: {hint}',
  'lessons.hint.ask': 'Give me hint {n} of {all}',
  'lessons.difference': 'Yours beside the solution',
  'lessons.difference.none': 'Yours is the solution, to the letter.',
  'lessons.difference.about':
    'Lines with − are yours alone, lines with + are the solution’s. Both are right.',
  'lessons.difference.yours': 'yours:',
  'lessons.difference.solution': 'solution:',

  'lessons.next': 'Next: lesson {number}, {title}',
  'lessons.next.end': 'To the end of the course',
  'lessons.next.exercise': 'Back to the exercise of lesson {number}, which has not passed yet',

  'lessons.map.about':
    'From one socket to a chat that hundreds can use, one idea a lesson. Everything runs in this page; what you write stays in this browser.',
  'lessons.map.route': 'Your route',
  'lessons.route.45': 'One lesson of 45 minutes',
  'lessons.route.90': 'One lecture of 90 minutes',
  'lessons.route.4x90': 'Four times 90 minutes',
  'lessons.route.alone': 'All of it, at your own pace',
  'lessons.route.about':
    '{lessons, plural, one {# lesson} other {# lessons}}, {exercises, plural, one {# with its exercise} other {# with their exercises}}, {minutes, plural, one {# minute} other {# minutes}}',
  'lessons.map.begin': 'Begin: lesson {number}, {title}',
  'lessons.map.go-on': 'Go on: lesson {number}, {title}',
  'lessons.map.done': 'You have done this route.',
  'lessons.map.end': 'What you have learnt, to print',
  'lessons.map.on-route': 'Lessons on your route',
  'lessons.map.others': 'Not on this route',
  'lessons.map.lesson': 'lesson',
  'lessons.map.state': 'state',
  'lessons.map.minutes': 'minutes',
  'lessons.map.taken': '{minutes} taken',
  'lessons.map.ideas': 'ideas',
  'lessons.map.day': 'Day {day}',
  'lessons.state.passed': 'exercise passed',
  'lessons.state.begun': 'begun',
  'lessons.state.seen': 'demo seen',
  'lessons.state.new': 'not begun',
  'lessons.map.without': 'without its exercise',
  'lessons.map.nothing': 'nothing',
  'lessons.map.progress': 'Your progress',
  'lessons.progress.about':
    'What you have done is kept in this browser; only in a class is your teacher told of it. As a file it moves to another machine, or to your teacher; what you have written does not go with it: save each exercise as a file of its own.',
  'lessons.progress.save': 'Save progress.json',
  'lessons.progress.open': 'Open progress.json',
  'lessons.progress.name': 'Your name',
  'lessons.progress.hand-in': 'Hand in',
  'lessons.progress.hand-in.about':
    'This makes a file with your name, for npx loopscope class report.',
  'lessons.progress.opened':
    '{name} was opened: {n, plural, one {# lesson} other {# lessons}} begun.',
  'lessons.progress.wrong': '{name} was not opened: {reason}',
  'lessons.progress.large': 'it is larger than {most} bytes',
  'lessons.progress.broken':
    'What this browser had kept of your progress could not be read ({reason}). It is kept beside, and a new one begun.',
  'lessons.progress.replace':
    '{name} lacks something that you have done here. Open it all the same, in place of yours?',
  'lessons.progress.replace-yes': 'Yes, in place of mine',
  'lessons.progress.replace-no': 'No, keep mine',
  'lessons.progress.forget': 'Forget all',
  'lessons.progress.forget-ask':
    'Forget all answers, checks and texts in this browser? Save your progress first if you want it.',
  'lessons.progress.forget-yes': 'Yes, forget all',
  'lessons.progress.forget-no': 'No, keep it',

  'lessons.end.title': 'What you have learnt',
  'lessons.end.name': 'Your name, for the print',
  'lessons.end.print': 'Print',
  'lessons.end.of': 'The course of {name}',
  'lessons.end.sum':
    '{passed, plural, one {# exercise} other {# exercises}} passed, {begun, plural, one {# lesson} other {# lessons}} begun, of {all}.',
  'lessons.end.none': 'Nothing yet: begin with the first lesson.',
  'lessons.end.left': 'Exercises on your route that have not passed yet:',
} as const;
