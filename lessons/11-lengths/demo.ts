/**
 * A header in its three forms: how the length of a payload is written.
 */

import { encodeFrame, inspect, Opcode, toHex } from 'loopscope';

const encoder = new TextEncoder();

/** One frame's header, and what the parser reads in the bits of its length. */
function tell(what: string, payload: Uint8Array): void {
  const bytes = encodeFrame(Opcode.text, payload);
  const [frame] = inspect(bytes, { role: 'server' }).frames;
  const header = bytes.subarray(0, bytes.length - payload.length);
  const bits = frame?.spans[1]?.bits?.find(({ name }) => name.includes('length'));
  console.log(what);
  console.log(`  payload          ${payload.length} bytes`);
  console.log(`  header           ${toHex(header).replace(/..(?=.)/g, '$& ')}`);
  console.log(`  the 7 bits say   ${bits?.value}`);
  console.log(`  bytes of length  ${header.length - 1}`);
}

// 1. A text has characters, a frame has bytes: a Chinese character takes three.
tell('41 Chinese characters', encoder.encode('字'.repeat(41)));
tell('\n42 Chinese characters', encoder.encode('字'.repeat(42)));

// 2. The borders of the three forms.
for (const length of [125, 126, 65_535, 65_536]) {
  tell(`\n${length} letters`, encoder.encode('a'.repeat(length)));
}
