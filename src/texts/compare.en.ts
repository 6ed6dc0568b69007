/**
 * What `loopscope compare` says of two servers in a scenario.
 * @module
 */

/** The texts by key. */
export const compare = {
  equal: 'equal',
  different: 'different',
  'verdict.equal': 'Equal.',
  'verdict.different': 'Different.',
  all: '{all} compared, {different} different',
  'bytes.alone': '{bytes, plural, one {# byte} other {# bytes}}, bytes only',
  'bytes.steps':
    '{bytes, plural, one {# byte} other {# bytes}}, {steps, plural, one {# step} other {# steps}}',
  'part.at': 'part at {client}, {field}',
  'part.step': 'part in the steps, at {step}',
  'part.form': 'in form alone',
  'part.told': 'in how the steps are told',
  'spins.short': '{side} woke {n, plural, one {# time} other {# times}} for nothing',
  'burns.short': '{side} never slept',
  spins: '{side} woke {n, plural, one {# time} other {# times}} for nothing (lesson 18).',
  'spins.equal':
    'Equal bytes; {side} woke {n, plural, one {# time} other {# times}} for nothing (lesson 18).',
  burns:
    '{side} never slept: it used {ms} ms of a processor while there was nothing to do (lesson 18).',
  'burns.equal':
    'Equal bytes; {side} never slept: it used {ms} ms of a processor while there was nothing to do (lesson 18).',
  noSteps: 'One side tells only its bytes, so there are no steps to lay side by side.',
  wire: 'On the wire:',
  'wire.equal': 'On the wire: equal, {bytes, plural, one {# byte} other {# bytes}}.',
  'wire.parts': '{client}: they part here, in {field}',
  'wire.differs': '{client}: the first byte that differs is in {field}',
  'wire.byte': 'byte {offset}: {bytes}',
  'form.alone': 'In form alone: {kind}',
  'form.alone.more': 'In form alone: {kind}, and so for {clients}',
  'form.head': 'the answer says the same to a client, and is written otherwise',
  'form.json': 'the same JSON, written otherwise',
  'steps.form': 'In the steps: different (≠ above), and nowhere in more than form.',
  'steps.part': 'In the steps (≠ above) they part first here:',
  nothing: 'nothing',
  json: 'in the JSON',
  'json.parts': '{where}: {left} | {right}',
  'restless.and': '; ',
  'json.whole': 'as a whole',
  about: 'This scenario is about:',
  'about.unproven':
    'Whether that is what parts them is not proven. --why looks; docs/defects.md has these numbers.',
} as const;
