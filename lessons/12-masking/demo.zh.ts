/**
 * 一个载荷和它的掩码，一个字节一个字节地看；没有掩码的帧，两个服务器又怎么办。
 */

import { encodeFrame, inspect, Opcode, script, toHex } from 'loopscope';
import { ask } from './ask.js';

const encoder = new TextEncoder();
const spaced = (bytes: Uint8Array): string => toHex(bytes).replace(/..(?=.)/g, '$& ');
const bits = (byte = 0): string => byte.toString(2).padStart(8, '0');

// 1. 页面发的 "Hello"：2 个字节，然后 4 个字节的掩码密钥，再是载荷。
const key = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);
const hello = encodeFrame(Opcode.text, encoder.encode('Hello'), { maskingKey: 0x37fa213d });
const masked = hello.subarray(6);
console.log(`页面发的 "Hello"：${spaced(hello)}\n\n  i  有掩码    密钥字节  i mod 4   异或`);
masked.forEach((byte, i) => {
  const mask = key[i % 4] ?? 0;
  const letter = String.fromCharCode(byte ^ mask);
  console.log(
    `  ${i}  ${bits(byte)}  ${bits(mask)}  ${i % 4}         ${bits(byte ^ mask)}  ${letter}`,
  );
});

// 2. 同样的文字，换别的密钥：网络上走的每次都不一样。
console.log('\n同样的文字，三个密钥：');
for (const maskingKey of [0x37fa213d, 0x9c01e2b4, 0x00000000]) {
  console.log(`  ${spaced(encodeFrame(Opcode.text, encoder.encode('Hello'), { maskingKey }))}`);
}

// 3. 一个不加掩码的程序，把一条聊天消息发给两个服务器。
const frame = script.unmaskedFrame('{"type":"user","content":"Hi"}');
for (const kind of ['original', 'room'] as const) {
  const answer = await ask(kind, frame);
  const { header, payload } = inspect(answer, { role: 'server' }).frames[0] ?? {};
  const { code, reason } = payload?.close ?? {};
  console.log(`\n${kind} 的回答：${header?.opcodeName} ${code ?? payload?.text}`);
  if (reason !== undefined) console.log(`  ${reason}`);
}
