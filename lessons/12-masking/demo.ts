/**
 * A payload and its mask, byte by byte; and what two servers make of a frame that has none.
 */

import { encodeFrame, inspect, Opcode, script, toHex } from 'loopscope';
import { ask } from './ask.js';

const encoder = new TextEncoder();
const spaced = (bytes: Uint8Array): string => toHex(bytes).replace(/..(?=.)/g, '$& ');
const bits = (byte = 0): string => byte.toString(2).padStart(8, '0');

// 1. "Hello" from a page: 2 bytes, then 4 of masking key, then the payload.
const key = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);
const hello = encodeFrame(Opcode.text, encoder.encode('Hello'), { maskingKey: 0x37fa213d });
const masked = hello.subarray(6);
console.log(`"Hello" from a page: ${spaced(hello)}\n\n  i  masked    key byte  i mod 4   XOR`);
masked.forEach((byte, i) => {
  const mask = key[i % 4] ?? 0;
  const letter = String.fromCharCode(byte ^ mask);
  console.log(
    `  ${i}  ${bits(byte)}  ${bits(mask)}  ${i % 4}         ${bits(byte ^ mask)}  ${letter}`,
  );
});

// 2. The same text with other keys: what goes over the wire is new each time.
console.log('\nthe same with three keys:');
for (const maskingKey of [0x37fa213d, 0x9c01e2b4, 0x00000000]) {
  console.log(`  ${spaced(encodeFrame(Opcode.text, encoder.encode('Hello'), { maskingKey }))}`);
}

// 3. A program that does not mask sends a chat message to two servers.
const frame = script.unmaskedFrame('{"type":"user","content":"Hi"}');
for (const kind of ['original', 'room'] as const) {
  const answer = await ask(kind, frame);
  const { header, payload } = inspect(answer, { role: 'server' }).frames[0] ?? {};
  const { code, reason } = payload?.close ?? {};
  console.log(`\nthe ${kind} answers: ${header?.opcodeName} ${code ?? payload?.text}`);
  if (reason !== undefined) console.log(`  ${reason}`);
}
