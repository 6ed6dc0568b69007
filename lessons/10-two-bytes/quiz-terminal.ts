/**
 * The quiz in a terminal: it asks, and an empty answer ends it. `npx tsx quiz-terminal.ts 7` for seed 7.
 */

import { argv, stdin, stdout } from 'node:process';
import { createInterface } from 'node:readline/promises';
import { opcodeName } from 'loopscope';
import { answerOf, questionOf, rounds } from './quiz.js';

const terminal = createInterface({ input: stdin, output: stdout });
let [right, asked] = [0, 0];
const ended = new AbortController(); // Ctrl-D ends it too
terminal.on('close', () => ended.abort());
const hear = (question: string): Promise<string> =>
  terminal.question(question, { signal: ended.signal }).catch(() => '');
stdout.write('FIN, reserved bits, opcode in hex, MASK, length. For 81 85: 1 0 1 1 5\n');
for (const round of rounds(Number(argv[2] ?? 10))) {
  const given = (await hear(`${questionOf(round)}  ? `)).trim();
  if (given === '') break;
  asked++;
  const isRight =
    given
      .toLowerCase()
      .split(/[\s,]+/)
      .join(' ') === answerOf(round);
  if (isRight) right++;
  stdout.write(`${isRight ? 'right' : `no: ${answerOf(round)}`}, ${opcodeName(round.opcode)}\n`);
}
terminal.close();
stdout.write(`\n${right} of ${asked} right\n`);
