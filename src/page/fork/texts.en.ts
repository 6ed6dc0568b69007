/**
 * Texts of a fork: what can be done to a socket on the stage, and what came of it.
 * @module
 */

/** The texts by key. */
export const fork = {
  'touch.hint': 'A click on a pipe forks the run there.',
  'touch.title': 'fd {fd}, {who}: fork the run here',
  'touch.cut': 'Cut here: its next bytes come in two segments',
  'touch.delay': 'Delay: its next bytes come {ms} ms later',
  'touch.lose': 'Lose: its next bytes are sent again after {ms} ms',
  'touch.reset': 'Reset: it sends RST',
  'touch.stop': 'Stop reading: what is sent to it piles up',
  'touch.read': 'Read again',
  'touch.no.no-bytes': 'From here on it sends no bytes that could be.',
  'touch.no.one-byte': 'What it sends next is one byte.',
  'touch.no.gone': 'By then it has closed.',
  'touch.recorded':
    'This cannot be forked: it tells what was, and nothing is here to be played again. A scenario of the Scope or of Play can be.',
  'touch.forked':
    'This is a fork, and one is enough: step along the first run to fork it elsewhere.',
  'touch.nobody': 'No client of the scenario is behind this socket.',
  'fork.title': 'Fork',
  'fork.about.cut': 'Fork: what {client} sends in act {act} comes in two segments.',
  'fork.about.delay': 'Fork: what {client} sends in act {act} comes {ms} ms later.',
  'fork.about.lose':
    'Fork: what {client} sends in act {act} is lost, and sent again after {ms} ms.',
  'fork.about.reset': 'Fork: {client} resets behind act {act}.',
  'fork.about.stop': 'Fork: {client} reads no more behind act {act}.',
  'fork.about.read': 'Fork: {client} reads again behind act {act}.',
  'fork.parts': 'Here they part, at step {n}: {fork} in the fork, {first} in the first run.',
  'fork.parts.later': 'Here they part, at step {n}: {fork} comes {ms} ms later in the fork.',
  'fork.parts.earlier': 'Here they part, at step {n}: {fork} comes {ms} ms earlier in the fork.',
  'fork.parts.fork-ends': 'Here they part, at step {n}: the fork ends, the first run has {first}.',
  'fork.parts.first-ends': 'Here they part, at step {n}: the first run ends, the fork has {fork}.',
  'fork.same': 'The loop does the same in both, to the end.',
  'fork.same.stop':
    'The loop does the same in both: all that is sent to {client} fits into the buffers of the kernel.',
  'fork.step': '{step} ({says})',
  'fork.stepped': 'What is stepped',
  'fork.stepped.fork': 'The fork',
  'fork.stepped.first': 'The first run',
  'fork.go': 'Go there',
  'fork.save': 'Save it',
  'fork.drop': 'Drop it',
  'fork.description': '{scenario}. {about}',
  'fork.no.no-act':
    'The address has fork={fork}, and the scenario has no act {act}; it is left out.',
  'fork.no.no-client':
    'The address has fork={fork}, and by act {act} no {client} has connected; it is left out.',
  'fork.no.no-bytes':
    'The address has fork={fork}, and in act {act} {client} sends no bytes that could be; it is left out.',
  'fork.no.one-byte':
    'The address has fork={fork}, and in act {act} {client} sends one byte, which cannot be cut; it is left out.',
  'fork.no.gone':
    'The address has fork={fork}, and by act {act} {client} has closed; it is left out.',
  'fork.no.stopped':
    'The address has fork={fork}, and in act {act} {client} does not read as it is; it is left out.',
  'fork.no.reading':
    'The address has fork={fork}, and in act {act} {client} reads as it is; it is left out.',
  'fork.failed': 'The fork {fork} could not be played: {reason}',
} as const;
