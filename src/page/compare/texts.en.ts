/**
 * Texts of the Compare view, and of rows side by side.
 * @module
 */

/** The texts by key. */
export const compare = {
  'compare.title': 'Compare',
  'compare.left': 'Left',
  'compare.right': 'Right',
  'compare.side.rfc6455': 'Room (RFC 6455)',
  'compare.side.original': 'Mirror (PHP original)',
  'compare.side.php': 'PHP {php}, recorded',
  'compare.side.php.none': 'PHP, recorded: not for this one',
  'compare.side.file': 'File: {name}',
  'compare.no-recording': 'The page has no recording of PHP in {scenario}; the mirror was taken.',
  'compare.open': 'Open a trace …',
  'compare.drop': 'or drop a file here',
  'compare.opened': '{name}: {n, plural, one {# step} other {# steps}} on the right.',
  'compare.opened.cut':
    '{name}: {n, plural, one {# step} other {# steps}} could be read, and no more: {problem}',
  'compare.opened.other':
    '{name} was recorded in {scenario}, which has other steps than this scenario.',
  'compare.refused': '{name} is no trace: {reason}',
  'compare.read.no-trace': 'a recording without "trace" has no steps to show',
  'compare.read.no-step': 'there is no step in it',
  'compare.read.wire': 'wire.{index}: expected step, client, and hex or end',
  'compare.large': '{name} is larger than 8 MB.',
  'compare.equal':
    'Nothing differs: {rows, plural, one {# row} other {# rows}}, and every one is the same.',
  'compare.differ': '{differences} of {rows, plural, one {# row} other {# rows}} differ.',
  'compare.rows': 'Steps of both sides, {left} on the left, {right} on the right',
  'compare.nothing': 'nothing',
  'compare.previous': 'Previous difference',
  'compare.next': 'Next difference',
  'compare.first': 'First that matters',
  'compare.where': 'difference {n} of {all}',
  'compare.between': 'no difference in this row',
  'compare.kind.part': 'They part here',
  'compare.kind.form': 'Another form of the same',
  'compare.kind.backlog': 'Another backlog',
  'compare.kind.greeting': 'Only one side tells this step',
  'compare.kind.message': 'The same answer',
  'compare.kind.same': 'The same on both sides',
  'compare.why.greeting':
    'The original sends its greeting within the handshake, without a step of its own. Whether both sides sent one, only the bytes on the wire tell.',
  'compare.why.message': 'What was said is told otherwise; the answer to it is the same.',
  'compare.why.form':
    'It is the same JSON, written otherwise. A client that parses it sees no difference.',
  'compare.why.backlog':
    'This many connections may wait for accept. No client here is one too many.',
  'compare.json': 'In the JSON they part at {path}:',
  'compare.json.whole': 'The JSON differs as a whole:',
  'compare.json.nothing': 'nothing',
  'compare.about': 'This scenario is about',
  'compare.about.unproven': 'Whether that is what parts these two is not proven.',
  'compare.section': 'See {section}.',
  'compare.lesson': 'Lesson {lesson} mends it.',
  'compare.bytes.at': 'first difference at byte {at}',
  'compare.bytes.equal': 'These bytes are the same on both sides.',
  'compare.bytes.none': 'no bytes',
  'compare.see': 'See it in Loop',
  'compare.wire': 'On the wire',
  'compare.wire.none': 'All clients got the same bytes.',
  'compare.wire.unknown': 'A trace alone does not say what its clients got.',
  'compare.wire.client': 'client',
  'compare.wire.field': 'field',
  'compare.wire.form': 'differs in form alone',
  'compare.wire.form.number': 'differs in form alone: {number}',
  'compare.wire.byte': 'byte {offset}',
  'compare.key.next': 'next difference',
  'compare.key.previous': 'previous difference',
  'compare.key.first': 'the first difference that matters',
} as const;
