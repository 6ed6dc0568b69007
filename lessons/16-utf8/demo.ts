/**
 * A character cut in half: two fragments with one half each, and then a byte that is no text at all.
 */

import { decodeClose, FrameDecoder, fromHex, Opcode, opcodeName, script, toHex } from 'loopscope';
import { perform } from '../14-states/perform.js';

const { continuationFrame, frame, scenario, send } = script;
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const hex = (bytes: Uint8Array): string => toHex(bytes).replace(/..(?=.)/g, '$& ');

// 1. One character, three bytes. Each half by itself is no text.
const character = new TextEncoder().encode('你');
for (const part of [character, character.subarray(0, 2), character.subarray(2)]) {
  console.log(`${hex(part).padEnd(8)}  is read as  ${decode(part)}`);
}

// 2. Ada's message is cut inside that character. Her next one has a byte that no text has.
const message = new TextEncoder().encode('{"type":"user","content":"你好"}');
const cut = message.indexOf(0xe4) + 2;
const bad = Uint8Array.of(0x22, 0x6f, 0x6b, 0xff);
const pieces = [
  frame(Opcode.text, message.subarray(0, cut), { fin: false }),
  continuationFrame(message.subarray(cut)),
  frame(Opcode.text, bad, { fin: false }),
];
const ends = [message.subarray(0, cut), message.subarray(cut, cut + 4), bad];
const story = scenario('half', 'A character in two fragments, then a byte that is no text.').joins(
  'A',
  'Ada',
);
const before = story.steps.length;
for (const bytes of pieces) story.step(send('A', bytes));

// 3. What each fragment is answered with.
for (const profile of ['rfc6455', 'original'] as const) {
  console.log(profile === 'rfc6455' ? '\nour room' : '\nas the PHP original does it');
  const { wire } = await perform(story, profile);
  const decoder = new FrameDecoder('server');
  ends.forEach((end, i) => {
    const answers = wire.filter(({ step }) => step === before + i);
    const gets = answers.flatMap((one) =>
      'end' in one
        ? 'FIN'
        : decoder
            .feed(fromHex(one.hex) ?? bad)
            .map(({ opcode, payload }) =>
              opcode === Opcode.close
                ? `close, code ${decodeClose(payload).code}`
                : `${opcodeName(opcode)} ${decode(payload)}`,
            ),
    );
    const part = ['the first part ends with', 'the second begins with', 'a first part'][i] ?? '';
    console.log(`  ${part.padEnd(25)} ${hex(end.slice(i === 0 ? -3 : 0))}`);
    console.log(`    and gets  ${gets.join(', then ') || 'nothing'}`);
  });
}
