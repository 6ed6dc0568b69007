/**
 * Lesson 19: for each bug of the museum write the shortest scenario that shows it, and then name
 * the bugs of servers that bear no label.
 *
 * A scenario shows a bug if a client gets anything else than from a sound server, or if select wakes
 * up again and again for nothing. Its length is the number of things that clients do: connect, text,
 * send, close, reset are 1 each, and pieces is 1 for each piece. What counts nothing is handshake,
 * pause and resume. The server has room for two clients; a third has to wait.
 */

import { type Scenario, script } from 'loopscope';
import { todo } from 'loopscope/lesson';

// there are more words: see "Writing a scenario" in the text of the lesson
const { connect, handshake, scenario, text } = script;

/** A bug by its name: three of the original's, by number, and seven from the field. */
export type Bug =
  | 'D14'
  | 'D17'
  | 'D20'
  | 'one-read-one-message'
  | 'text-from-chunks'
  | 'mask-restarts'
  | 'write-always-watched'
  | 'fd-reused'
  | 'removed-while-iterating'
  | 'emfile-spin';

/** Writes the shortest scenario that shows a bug. */
export function shortest(bug: Bug): Scenario {
  switch (bug) {
    case 'D14': // done for you: a connect and a text, so its length is 2
      return scenario('d14', 'What is no JSON becomes [].')
        .step(connect('A'))
        .step(handshake('A'))
        .step(text('A', 'hello world'));
    default:
      return todo(`the shortest scenario that shows ${bug}`);
  }
}

/**
 * Names the one bug of a server.
 *
 * @param shows plays a scenario against that server, and against a sound one: whether they differ
 */
export async function nameBug(shows: (scenario: Scenario) => Promise<boolean>): Promise<Bug> {
  return todo(`ask with ${shows.name} until only one bug is left`);
}
