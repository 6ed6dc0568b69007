/**
 * The texts of the runner, the checks and their reports, by key. Another language is another table
 * here and another messages.yaml in each lesson; which one is spoken, the caller says.
 * @module
 */

import type { Values } from './checker.js';

/** Texts by key; `{name}` in them is replaced. */
export type Messages = Readonly<Record<string, string>>;

const ENGLISH = {
  'list.minutes': '{minutes} min',
  'list.passed': 'passed',
  'list.begun': 'begun',
  'list.right': 'predicted right',
  'list.wrong': 'predicted wrong',
  'list.run': 'Run one:  {command}',
  'list.next': 'Go on:    {command}',
  'list.work': 'Your work is in {path}.',
  'lesson.title': 'Lesson {number}: {title}',
  'lesson.minutes': '({minutes} minutes)',
  'lesson.none': 'there is no lesson {number}; there are {there}',
  'lesson.oneOnly': '--live, --step, --mine and --read are for one lesson; give its number',
  'lesson.both': 'give a number or --route, not both',
  'lesson.readOnly': 'give --read alone, with the number of a lesson',
  'lesson.only.sim': 'This demo plays on the simulated network only: {why}',
  'lesson.only.real': 'This demo plays on real sockets only: {why}',
  'lesson.failed': 'the demo ended with {code}',
  'lesson.noTrace':
    'the demo of lesson {number} keeps no trace, so there is nothing to step through',
  'lesson.noRoom': 'the trace of a demo needs a folder that can be written in',
  'lesson.text': 'Read on with  {command}',
  'lesson.demo': 'Your demo     {path}',
  'lesson.mine': 'Run it with   {command}',
  'lesson.noDemo': 'there is no {path}; without --mine, the lesson puts it there',
  'lesson.exercise': 'Your exercise {path}',
  'lesson.check': 'Check it with {command}',
  'lesson.noExercise': 'Lesson {number} has no exercise yet.',
  'lesson.byDemo': 'On this route the exercise is left out.',
  'route.next': 'Next:         {command}',
  'route.left.1': 'Route {name}: what is left is the exercise of lesson {lessons}.',
  'route.left.n': 'Route {name}: what is left are the exercises of {lessons}.',
  'route.open.1': 'The exercise of lesson {lessons} has not passed yet: {command}',
  'route.open.n': 'The exercises of {lessons} have not passed yet; the first: {command}',
  'route.done': 'That was the whole route {name}.',
  'route.bridge': 'In between:',
  'bridge.0-3':
    'Lessons 1 and 2 in short. So that the server can speak first, each connection stays open. A server gets its connections in four calls: socket; bind, to an address and a port; listen, which makes a queue for those who connect; and accept, which takes one connection out of the queue and gives it an fd of its own.',
  'bridge.0-4':
    'Lessons 1 to 3 in short. So that the server can speak first, each connection stays open. Those who connect wait in the queue of a listener until accept takes one out and gives it an fd of its own. A recv on a socket that has nothing yet waits, and the whole program stands still with it. So one call has to say first which sockets have something: select.',
  'bridge.4-7':
    'Lessons 5 and 6 in short. A listener that is readable has a connection in its queue, and accept takes it out. A connection that is readable has bytes, or its end: then recv gives 0 bytes, and the server has to close that fd and to forget it, or select reports it for ever.',
  'bridge.4-13':
    'Lessons 5 to 12 in short. Accept takes a new client out of the queue. Recv gives the bytes that have come, which may be half a message, or two; the server keeps them until one is whole. A client begins with a request in HTTP, the handshake, and then sends frames: each says what it is and how long, and a client masks its text with four bytes. A frame of the server has no mask, so the same bytes fit everyone.',
  'bridge.7-9':
    'Lesson 8 in short. A WebSocket begins as a request in HTTP: lines that end in CR and LF, and an empty line at the end. One of them, Sec-WebSocket-Key, has 16 random bytes as Base64 text. With its answer, 101, the server has to show that it has understood.',
  'bridge.9-13':
    'Lessons 10 to 12 in short. Behind the handshake both sides send frames. The first byte says what a frame is and whether it ends its message, the next ones how long it is. A client masks its text: each byte is XORed with one of four that stand in front. A frame of the server has no mask, so the same bytes fit everyone.',
  'page.more': '-- any key: go on   q: leave out the rest --',
  'page.next': '-- any key: the next page   q: end --',
  'predict.then': '-- any key: run the demo --',
  'predict.question': 'Predict:',
  'predict.ask': 'Your answer ({letters}): ',
  'predict.again': 'Type one of the letters, or nothing to go on.',
  'predict.answer': 'Answer: {answer}, because {because}',
  'predict.right': 'Right, because {because}',
  'predict.wrong': 'It is {answer}, because {because}',
  'check.passed': 'Lesson {number} passed: {steps}.',
  'check.steps.1': '1 step tried',
  'check.steps.n': '{n} steps tried',
  'check.next': 'Next: {command}',
  'check.done': 'That was the last lesson.',
  'check.failed': 'Lesson {number}, not yet: {title}',
  'check.noExercise': 'lesson {number} has no exercise yet, so there is nothing to check',
  'check.nothingBegun': 'no lesson has been begun in {path}; begin one with npx loopscope lesson 0',
  'check.missing': 'there is no {path}; npx loopscope lesson {number} puts it there',
  'check.misnamed': 'there is no {path}, but there is {found}; rename it to exercise.ts',
  'check.which': 'which lesson? Give its number, or --all',
  'check.both': 'give a number or --all, not both',
  'check.oneOnly': '--watch, --reset and --hint are for one lesson; give its number',
  'check.oneThing': 'give one of --hint, --watch and --reset',
  'check.task': 'Task: {task}',
  'check.hint': 'Hint {n}: {hint}',
  'check.watching': 'Watching {path}. Save it to check again; Ctrl-C ends.',
  'check.original': 'You edited {original} of the package; yours, which is checked, is {path}.',
  'check.allPassed': '{passed} of {all} passed.',
  'check.row.passed': 'lesson {number}  passed   {title}',
  'check.row.failed': 'lesson {number}  not yet  {title}',
  'report.history': 'What was tried; the last step failed:',
  'report.before': '… {n} steps before',
  'report.before.1': '… 1 step before',
  'report.lastStep': 'the last step',
  'report.noStep': 'the file itself before any step',
  'report.expected': 'expected',
  'report.actual': 'yours',
  'report.byte': 'First difference at byte {offset}, in {field}:',
  'report.byteOnly': 'First difference at byte {offset}:',
  'report.nothing': '(nothing more)',
  'report.replay': 'See it:   {command}',
  'report.try': 'Try next: {command}',
  'report.again': 'All hints are read. The last again: {command}',
  'report.output': 'Your program printed:',
  'report.more': '… {n} more lines',
  'field.fin-rsv-opcode': 'FIN, RSV1-3 and opcode',
  'field.mask-length': 'MASK and payload length',
  'field.extended-length-16': 'the extended payload length',
  'field.extended-length-64': 'the extended payload length',
  'field.extended-length-continued': 'the extended payload length',
  'field.masking-key': 'the masking key',
  'field.payload': 'the payload',
  'field.other': 'the field {field}',

  'types.at': '{file}:{line}:{column}: {complaint}',
  'types.noProperty': '{type} has no `{name}`',
  'types.noProperty.there': '{type} has no `{name}`; it has {there}',
  'types.noProperty.mean': '{type} has no `{name}`; did you mean `{other}`?',
  'types.notEvery': 'not every {type} has `{name}`; look first which it is',
  'types.notEvery.only': 'not every {type} has `{name}`, only {some}; look first which it is',
  'types.noName': 'nothing here is called `{name}`',
  'types.noName.mean': 'nothing here is called `{name}`; did you mean `{other}`?',
  'types.noExport': '{module} exports no `{name}`',
  'types.noExport.mean': '{module} exports no `{name}`; did you mean `{other}`?',
  'types.other': '{given} where {wanted} is wanted',
  'types.message': '{message}',

  'trouble.place': '{file}, line {line},',
  'trouble.position': '{file}:{line}:{column}',
  'trouble.todo': '{place} is still to do: {message}',
  'trouble.syntax': '{place}: TypeScript cannot read this: {message}',
  'trouble.import': '{place} imports what is not there: {message}',
  'trouble.noExport': '{file} does not export "{name}", and the check needs it.',
  'trouble.noFunction': '"{name}" in {file} is not a function, and the check calls it.',
  'trouble.thrown': '{place} threw: {message}',
  'trouble.noName': '{place} threw: {message}',
  'trouble.thrownValue': '{file} threw {message}, which is no Error.',
  'trouble.rejected': 'In {place} a promise was rejected, and nothing awaits it: {message}',
  'trouble.overflow': '{place} calls itself without end; the stack was full.',
  'trouble.endless': '{place} goes round without end: {passes} times in {step}.',
  'trouble.busy':
    'No answer from {step} after {seconds} s of computing. Something in it may have no end; or the machine is slow.',
  'trouble.slow':
    'No answer from {step} in {seconds} s, and little of that was time to compute: the machine is slow, or busy.',
  'trouble.waits':
    'Stopped: in {step} it waits, with nothing to do, for something that does not come.',
  'trouble.unsettled':
    'In {step} it waits for a promise, and nothing is left that could settle it.',
  'trouble.exit': '{place} ended the whole program with process.exit({code}).',
  'trouble.memory': 'Stopped: in {step} it took more than {size} MiB of memory.',
  'trouble.flood': 'Stopped: {place} has printed too much.',
  'trouble.killed': 'Its process ended in {step} without a word ({code}).',
  'trouble.missing': 'There is no {file}.',
  'trouble.encoding': '{file} is not saved as UTF-8.',
  'trouble.unreadable': '{file} cannot be read: {message}',
  'trouble.folder': '{file} is a folder, not a file.',
  'trouble.start': 'The process of the check did not start.',
  'trouble.bug': 'The check itself failed ({at}): {message}',
  'next.todo': 'Write that part, and check again.',
  'next.syntax': 'Mend that line first; often a bracket or a comma just before it is missing.',
  'next.import': "Import only from 'loopscope' and 'loopscope/lesson', as the exercise does.",
  'next.noExport':
    'Give it the word export and the name that it had; --reset brings the exercise back.',
  'next.noFunction': 'Make it a function again; --reset brings the exercise back.',
  'next.thrown': 'Look at that line: which value was not what you took it for?',
  'next.noName':
    "Nothing here is called {name}: import it, if 'loopscope' has it, or declare it with const, let or function. PHP's own functions are not here.",
  'next.thrownValue': 'Only an Error knows its line: write throw new Error("…"), and check again.',
  'next.rejected':
    'Write await before the call that makes the promise, or take async away from the function.',
  'next.overflow': 'Give it a case in which it does not call itself.',
  'next.endless': 'What would have to change for this loop to end, and what in it changes that?',
  'next.busy': 'Check again; if it stays so, what would have to happen for it to be done?',
  'next.slow': 'End other programs that work hard, and check again.',
  'next.waits': 'Which await of yours is it, and who should end that wait?',
  'next.unsettled': 'Which await of yours is it, and who should call its resolve?',
  'next.exit': 'Return, or throw an error, instead of ending the program.',
  'next.memory': 'Which list or text of yours grows in a loop that does not end?',
  'next.flood': 'What calls this console.log again and again, and what ends that?',
  'next.killed': 'Check again; if it happens again, look at the last step.',
  'next.missing': 'npx loopscope lesson N puts the exercise there.',
  'next.encoding': 'Save it as UTF-8 in your editor.',
  'next.unreadable': 'Look at who may read it; --reset brings the exercise back.',
  'next.folder': 'Move the folder away, and run the lesson again.',
  'next.start': 'Check again; the first start of the day can be slow.',
  'next.bug':
    'It may have met something that your function gave and nobody foresaw; the steps say what was tried. If what you wrote is right, this is a bug in the check: please report it.',
  'reset.ask': 'Bring {path} back? Yours is kept as {backup}. (y/N) ',
  'reset.needsYes':
    '--reset asks before it does something, and there is no terminal to ask on; add --yes',
  'reset.left': 'Left as it is.',
  'reset.done': '{path} is as it was handed out; yours is kept as {backup}.',
  'reset.fresh': '{path} is there now.',
  'folder.blocked': 'cannot write in {path}: {message}; run it in a folder of your own',
  'progress.broken':
    '{path} was not readable ({message}); it is kept as {backup}, and a new one begun',
  'progress.stuck':
    '{path} is not readable ({message}) and cannot be moved away; nothing is written',
  'class.none':
    'no progress.json in {path}: it should have a folder or a NAME.json for each student',
  'class.noFolder': 'there is no folder {path}',
  'class.students.1': '1 student',
  'class.students.n': '{n} students',
  'class.lesson': 'lesson',
  'class.begun': 'begun',
  'class.passed': 'passed',
  'class.right': 'predicted right',
  'class.mistakes': 'Commonest misconceptions',
  'class.mistake': 'lesson {number}, {students}:',
  'class.stuck': 'Stuck (checked {n} times or more, not passed)',
  'class.stuckRow': 'lesson {number}: {names}',
  'class.nobody': 'nobody',
  'class.unreadable': 'not read: {path}: {message}',
  'class.copy': '{path} does not count: it holds nothing that {of} does not hold',
  'class.namesakes': '{paths}: one name, but each holds something of its own, so each counts',
  'class.others': 'left out, as no progress is in it: {path}',
  'class.others.n': 'left out, as no progress is in it: {path}, and {n} more',
  'class.blocked': '{path} cannot be listed: {message}',
  'class.nothingRead': 'nothing in {path} could be read, so there is nothing to report',
} as const;

/** A key of the runner's texts. */
export type MessageKey = keyof typeof ENGLISH;

/** The languages that are there. */
export type Language = 'en';

/** What is spoken where nobody says otherwise. */
export const DEFAULT_LANGUAGE: Language = 'en';

const TABLES: Readonly<Record<Language, Readonly<Record<MessageKey, string>>>> = { en: ENGLISH };

/** Says a text of the runner. */
export type Say = (key: MessageKey, values?: Values) => string;

/** The runner's texts in a language. */
export function speak(language: Language = DEFAULT_LANGUAGE): Say {
  return (key, values = {}) => fill(TABLES[language][key], values);
}

/** All keys of the runner's texts. */
export function messageKeys(): MessageKey[] {
  return Object.keys(ENGLISH) as MessageKey[];
}

/** Whether the runner has a text of this key. */
export function isMessageKey(key: string): key is MessageKey {
  return Object.hasOwn(ENGLISH, key);
}

/** A lesson's text by its key. @throws Error when it has none: a bug of the lesson */
export function textOf(messages: Messages, key: string, values: Values = {}): string {
  const template = Object.hasOwn(messages, key) ? messages[key] : undefined;
  if (template === undefined) throw new Error(`bug: the lesson's messages have no "${key}"`);
  return fill(template, values);
}

/** Replaces each `{name}` by its value. A name without a value stays as it is. */
export function fill(template: string, values: Values): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) return whole;
    return typeof value === 'number' ? value.toLocaleString('en') : value;
  });
}
