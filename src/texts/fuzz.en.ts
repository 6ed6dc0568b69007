/**
 * What `loopscope fuzz` says.
 * @module
 */

/** The texts by key. */
export const fuzz = {
  'fuzz.begins': 'seed {seed}: conversations of {left} and {right}',
  'fuzz.equal':
    '{played, plural, one {# conversation} other {# conversations}}, equal; {rate} a second',
  'fuzz.progress':
    '{played} of {conversations} so far; about {minutes, plural, one {# minute} other {# minutes}} to go',
  'fuzz.parted': 'Conversation {number} parts them; it is made small …',
  'fuzz.found':
    'Conversation {number} of the seed parts them. Made small: {clients, plural, one {# client} other {# clients}}, {acts, plural, one {# act} other {# acts}}, {bytes, plural, one {# byte} other {# bytes}}.',
  'fuzz.act': '  {step}  {client} {act}',
  'fuzz.act.connect': 'connects',
  'fuzz.act.handshake': 'shakes hands',
  'fuzz.act.text': 'says {text}',
  'fuzz.act.send': 'sends {bytes}',
  'fuzz.act.pieces': 'sends in {n, plural, one {# piece} other {# pieces}} {bytes}',
  'fuzz.act.close': 'closes',
  'fuzz.act.shutdown': 'sends FIN, and reads on',
  'fuzz.act.reset': 'sends RST',
  'fuzz.ended': 'A side went no further: {why}',
  'fuzz.needsOthers':
    'It parts them only behind the conversations before it: a side keeps something of clients that are gone.',
  'fuzz.kept': 'It is kept in {path}:',
  'fuzz.compare': '  loopscope compare {path} --left {left} --right {right}',
  'fuzz.why': '  loopscope compare {path} --left {left} --right {right} --why',
  'fuzz.step': '  loopscope step {path} --profile original',
  'fuzz.description': 'Conversation {number} of the seed {seed}, drawn by loopscope fuzz.',
} as const;
