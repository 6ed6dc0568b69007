/**
 * The first two bytes of a frame, bit by bit; then five rounds of a quiz.
 */

import { encodeFrame, type FrameOptions, inspect, Opcode, opcodeName, toHex } from 'loopscope';
import { answerOf, questionOf, rounds } from './quiz.js';

const bits = (byte = 0): string => byte.toString(2).padStart(8, '0');

// 1. A frame's first two bytes: the bits, and what the parser reads in them.
function tell(what: string, opcode: number, text: string, options: FrameOptions = {}): void {
  const bytes = encodeFrame(opcode, new TextEncoder().encode(text), options);
  const role = options.maskingKey === undefined ? 'server' : 'client';
  const { header } = inspect(bytes, { role }).frames[0] ?? {};
  if (header === undefined) return;
  const [first = '', second = ''] = [bits(bytes[0]), bits(bytes[1])];
  const rsv = first.slice(1, 4);
  console.log(`${toHex(bytes.subarray(0, 2)).replace(/^../, '$& ')}   ${what}`);
  console.log(
    `  ${first[0]} ${rsv} ${first.slice(4)}   FIN ${Number(header.fin)}, reserved ${rsv}, ` +
      `opcode ${header.opcode.toString(16)} (${header.opcodeName})`,
  );
  console.log(
    `  ${second[0]}  ${second.slice(1)}   MASK ${Number(header.masked)}, ` +
      `length ${header.payloadLength}\n`,
  );
}

// 2. The same text from a server and from a client; in one frame and in two; and control frames.
const maskingKey = 0x37fa213d;
tell('"Hello" from a server', Opcode.text, 'Hello');
tell('"Hello" from a client', Opcode.text, 'Hello', { maskingKey });
tell('"Hel", more follows', Opcode.text, 'Hel', { fin: false });
tell('"lo", the end of it', Opcode.continuation, 'lo');
tell('a ping from a server', Opcode.ping, '');
tell('a Close frame without a code, from a client', Opcode.close, '', { maskingKey });

// 3. A quiz. The same seed asks the same questions; cover the right half.
console.log('FIN, reserved, opcode, MASK, length?');
let left = 5;
for (const round of rounds(10)) {
  const name = opcodeName(round.opcode);
  console.log(`  ${questionOf(round)}  ${' '.repeat(20)}${answerOf(round).padEnd(14)}${name}`);
  if (--left === 0) break;
}
