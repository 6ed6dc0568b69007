/**
 * 头部的三种样子：载荷的长度是怎么写的。
 */

import { encodeFrame, inspect, Opcode, toHex } from 'loopscope';

const encoder = new TextEncoder();

/** 一帧的头部，以及解析器从长度的几位里读到了什么。 */
function tell(what: string, payload: Uint8Array): void {
  const bytes = encodeFrame(Opcode.text, payload);
  const [frame] = inspect(bytes, { role: 'server' }).frames;
  const header = bytes.subarray(0, bytes.length - payload.length);
  const bits = frame?.spans[1]?.bits?.find(({ name }) => name.includes('length'));
  console.log(what);
  console.log(`  载荷        ${payload.length} 字节`);
  console.log(`  头部        ${toHex(header).replace(/..(?=.)/g, '$& ')}`);
  console.log(`  7 位里是    ${bits?.value}`);
  console.log(`  长度占      ${header.length - 1} 字节`);
}

// 1. 文本数的是字符，帧数的是字节：一个汉字要三个字节。
tell('41 个汉字', encoder.encode('字'.repeat(41)));
tell('\n42 个汉字', encoder.encode('字'.repeat(42)));

// 2. 三种写法的界线。
for (const length of [125, 126, 65_535, 65_536]) {
  tell(`\n${length} 个字母`, encoder.encode('a'.repeat(length)));
}
