import { type Scenario, script } from 'loopscope';
import type { Bug } from '../exercise.js';
import { shortest as solution } from '../solution.js';

const { closeFrame, connect, handshake, pause, pieces, reset, resume, scenario, send, text } =
  script;

/** Shows some of the bugs in another way, as short. */
export function shortest(bug: Bug): Scenario {
  const alone = scenario(bug, '').step(connect('A')).step(handshake('A'));
  switch (bug) {
    case 'D14':
      return alone.step(text('A', '{"type":"user"'));
    case 'D17':
      return alone.step(text('A', '{"type":true,"content":"yes"}'));
    case 'one-read-one-message':
      return alone.step(
        send('A', script.pingFrame('a'), script.textFrame('{"type":"login","content":"Ada"}')),
      );
    case 'mask-restarts':
      return alone.step(pieces('A', script.textFrame('{"type":"login","content":"Bo"}'), 7));
    case 'fd-reused':
      return alone
        .step(pause())
        .step(send('A', script.textFrame('{"type":"login","content":"Bo"}'), closeFrame()))
        .step(connect('B'))
        .step(resume());
    case 'removed-while-iterating':
      return alone
        .step(connect('B'))
        .step(handshake('B'))
        .step(pause())
        .step(text('A', '{"type":"login","content":"Bo"}'), reset('A'))
        .step(resume());
    default:
      return solution(bug);
  }
}

/** Asks for all of them, and takes the one that nothing else explains. */
export async function nameBug(shows: (scenario: Scenario) => Promise<boolean>): Promise<Bug> {
  if (await shows(shortest('write-always-watched'))) return 'write-always-watched';
  const others: Bug[] = ['D14', 'D17', 'D20', 'emfile-spin', 'removed-while-iterating'];
  others.push('fd-reused', 'one-read-one-message', 'mask-restarts', 'text-from-chunks');
  const shown: Bug[] = [];
  for (const bug of others) if (await shows(shortest(bug))) shown.push(bug);
  const [first] = shown;
  if (shown.includes('one-read-one-message')) return 'one-read-one-message';
  if (first === undefined) throw new Error('none of them');
  return first;
}
