/**
 * 切成两半的字符：两个分片各带一半，然后是一个根本不属于文本的字节。
 */

import { decodeClose, FrameDecoder, fromHex, Opcode, opcodeName, script, toHex } from 'loopscope';
import { perform } from '../14-states/perform.js';

const { continuationFrame, frame, scenario, send } = script;
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const hex = (bytes: Uint8Array): string => toHex(bytes).replace(/..(?=.)/g, '$& ');

// 1. 一个字符，三个字节。哪一半单独都不是文本。
const character = new TextEncoder().encode('你');
for (const part of [character, character.subarray(0, 2), character.subarray(2)]) {
  console.log(`${hex(part).padEnd(8)}  读成  ${decode(part)}`);
}

// 2. Ada 的消息在这个字符中间切开。她的下一条里，有一个文本里不会有的字节。
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

// 3. 每个分片得到什么回答。
for (const profile of ['rfc6455', 'original'] as const) {
  console.log(profile === 'rfc6455' ? '\n我们的聊天室' : '\nPHP 原版的做法');
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
                ? `关闭帧，关闭码 ${decodeClose(payload).code}`
                : `${opcodeName(opcode)} ${decode(payload)}`,
            ),
    );
    const part = ['第一部分的末尾是', '第二部分的开头是', '另外一个第一部分'][i] ?? '';
    console.log(`  ${part.padEnd(8)}  ${hex(end.slice(i === 0 ? -3 : 0))}`);
    console.log(`    得到  ${gets.join('，然后是 ') || '什么也没有'}`);
  });
}
