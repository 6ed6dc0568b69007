/**
 * Lesson 19, a solution.
 */

import { type Scenario, script } from 'loopscope';
import type { Bug } from './exercise.js';

const {
  closeFrame,
  connect,
  handshake,
  login,
  pause,
  pieces,
  pingFrame,
  reset,
  resume,
  scenario,
  send,
  text,
  textFrame,
} = script;

/** A login in a frame; its payload begins behind 6 bytes: two of header, four of masking key. */
const loginFrame = (name: string): Uint8Array =>
  textFrame(JSON.stringify({ type: 'login', content: name }));
const PAYLOAD = 6;
/** Where the name begins in the payload. */
const NAME = '{"type":"login","content":"'.length;

const alone = (name: string) => scenario(name, name).step(connect('A'), handshake('A'));

/** Writes the shortest scenario that shows a bug. */
export function shortest(bug: Bug): Scenario {
  switch (bug) {
    case 'D14':
      return alone('d14').step(text('A', 'hello world'));
    case 'D17':
      return alone('d17').step(text('A', '{"type":0,"content":"zero"}'));
    case 'D20':
      return alone('d20').step(text('A', '{"type":"logout","content":"Ada"}'));
    case 'one-read-one-message':
      return alone('glued').step(send('A', pingFrame('1'), pingFrame('2')));
    case 'text-from-chunks': // 字 is three bytes, and the name begins at 27: 28 is in the middle of it
      return alone('cut-character').step(pieces('A', loginFrame('字'), PAYLOAD + NAME + 1));
    case 'mask-restarts': // ASCII, and 29 is no multiple of four
      return alone('cut-mask').step(pieces('A', loginFrame('Ada'), PAYLOAD + NAME + 2));
    case 'write-always-watched':
      return scenario('spin', 'nobody says a word').step(connect('A'));
    case 'fd-reused':
      return alone('reuse')
        .step(pause(), send('A', loginFrame('Ada'), closeFrame()), connect('B'))
        .step(resume());
    case 'removed-while-iterating':
      return alone('skipped')
        .step(connect('B'), handshake('B'))
        .step(pause(), login('A', 'Ada'), reset('A'))
        .step(resume());
    case 'emfile-spin':
      return scenario('full', 'a third client').step(connect('A'), connect('B'), connect('C'));
  }
}

/**
 * A spinning server differs in whatever one plays, so that bug is asked for first; and who takes one
 * read for one message trips over every cut, so that one comes before those that need a cut.
 */
const ORDER: readonly Bug[] = [
  'write-always-watched',
  'one-read-one-message',
  'text-from-chunks',
  'mask-restarts',
  'fd-reused',
  'removed-while-iterating',
  'emfile-spin',
  'D14',
  'D17',
  'D20',
];

/** Names the one bug of a server. */
export async function nameBug(shows: (scenario: Scenario) => Promise<boolean>): Promise<Bug> {
  for (const bug of ORDER) if (await shows(shortest(bug))) return bug;
  throw new Error('none of them');
}
