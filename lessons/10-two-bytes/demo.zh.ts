/**
 * 一帧开头的两个字节，一位一位地看；然后是五道测验题。
 */

import { encodeFrame, type FrameOptions, inspect, Opcode, opcodeName, toHex } from 'loopscope';
import { answerOf, questionOf, rounds } from './quiz.js';

const bits = (byte = 0): string => byte.toString(2).padStart(8, '0');

// 1. 一帧开头的两个字节：各个位，以及解析器从中读到了什么。
function tell(what: string, opcode: number, text: string, options: FrameOptions = {}): void {
  const bytes = encodeFrame(opcode, new TextEncoder().encode(text), options);
  const role = options.maskingKey === undefined ? 'server' : 'client';
  const { header } = inspect(bytes, { role }).frames[0] ?? {};
  if (header === undefined) return;
  const [first = '', second = ''] = [bits(bytes[0]), bits(bytes[1])];
  const rsv = first.slice(1, 4);
  console.log(`${toHex(bytes.subarray(0, 2)).replace(/^../, '$& ')}   ${what}`);
  console.log(
    `  ${first[0]} ${rsv} ${first.slice(4)}   FIN ${Number(header.fin)}，保留位 ${rsv}，` +
      `操作码 ${header.opcode.toString(16)}（${header.opcodeName}）`,
  );
  console.log(
    `  ${second[0]}  ${second.slice(1)}   MASK ${Number(header.masked)}，` +
      `长度 ${header.payloadLength}\n`,
  );
}

// 2. 同样的文字，来自服务器，来自客户端；在一帧里，在两帧里；还有控制帧。
const maskingKey = 0x37fa213d;
tell('服务器发的 "Hello"', Opcode.text, 'Hello');
tell('客户端发的 "Hello"', Opcode.text, 'Hello', { maskingKey });
tell('"Hel"，后面还有', Opcode.text, 'Hel', { fin: false });
tell('"lo"，到此为止', Opcode.continuation, 'lo');
tell('服务器发的 ping', Opcode.ping, '');
tell('客户端发的关闭帧，没有关闭码', Opcode.close, '', { maskingKey });

// 3. 测验。同样的种子问同样的问题；遮住右半边。
console.log('FIN、保留位、操作码、MASK、长度？');
let left = 5;
for (const round of rounds(10)) {
  const name = opcodeName(round.opcode);
  console.log(`  ${questionOf(round)}  ${' '.repeat(20)}${answerOf(round).padEnd(14)}${name}`);
  if (--left === 0) break;
}
