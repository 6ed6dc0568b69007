/**
 * A ping inside a fragmented message, then a page that is closed: what Ada gets for it in our room,
 * and in a server that takes each step as the PHP original does.
 */

import {
  decodeClose,
  FrameDecoder,
  fromHex,
  isControl,
  Opcode,
  opcodeName,
  script,
} from 'loopscope';
import { perform } from '../14-states/perform.js';

const { closeFrame, continuationFrame, pingFrame, scenario, send, textFrame } = script;

// 1. Ada's message comes in two fragments. Between them her end asks whether we are there.
const frames = [
  textFrame('{"type":"user","con', false),
  pingFrame('still there?'),
  continuationFrame('tent":"Hello"}'),
  // 2. She closes her page: a Close frame with the code 1001, in 8 bytes.
  closeFrame(1001),
];
const story = scenario('control', 'A ping between two fragments, then a Close frame.').joins(
  'A',
  'Ada',
);
const before = story.steps.length;
for (const bytes of frames) story.step(send('A', bytes));

// 3. Frames in words, as a decoder for one end of a connection reads them.
function told(decoder: FrameDecoder, bytes: Uint8Array): string[] {
  return decoder.feed(bytes).map(({ opcode, fin, payload }) => {
    const what = `${opcodeName(opcode)}${fin || isControl(opcode) ? '' : ', more follow'}`;
    if (opcode === Opcode.close) return `${what}, code ${decodeClose(payload).code}`;
    return `${what}: ${new TextDecoder().decode(payload)}`;
  });
}

// 4. The same bytes to both servers.
for (const profile of ['rfc6455', 'original'] as const) {
  console.log(profile === 'rfc6455' ? 'our room' : '\nas the PHP original does it');
  const { wire } = await perform(story, profile);
  const [up, down] = [new FrameDecoder('client'), new FrameDecoder('server')];
  frames.forEach((bytes, i) => {
    const answers = wire.filter(({ step }) => step === before + i);
    const gets = answers.flatMap((one) =>
      'hex' in one ? told(down, fromHex(one.hex) ?? new Uint8Array(0)) : 'FIN',
    );
    console.log(`  Ada sends ${`${bytes.length}`.padStart(2)} bytes: ${told(up, bytes)}`);
    console.log(`    and gets  ${gets.join(', then ') || 'nothing'}`);
  });
}
