/**
 * 一条分片的消息，中间有一个 ping；然后页面关掉了：Ada 在我们的聊天室里得到什么，在一个每一步都照
 * PHP 原版做的服务器里又得到什么。
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

// 1. Ada 的消息分两个分片来。在它们之间，她那一端问我们在不在。
const frames = [
  textFrame('{"type":"user","con', false),
  pingFrame('still there?'),
  continuationFrame('tent":"Hello"}'),
  // 2. 她关掉页面：一个关闭帧，关闭码 1001，8 个字节。
  closeFrame(1001),
];
const story = scenario('control', 'A ping between two fragments, then a Close frame.').joins(
  'A',
  'Ada',
);
const before = story.steps.length;
for (const bytes of frames) story.step(send('A', bytes));

// 3. 把帧用话说出来，照连接一端的解码器读到的样子。
function told(decoder: FrameDecoder, bytes: Uint8Array): string[] {
  return decoder.feed(bytes).map(({ opcode, fin, payload }) => {
    const what = `${opcodeName(opcode)}${fin || isControl(opcode) ? '' : '，后面还有'}`;
    if (opcode === Opcode.close) return `${what}，关闭码 ${decodeClose(payload).code}`;
    return `${what}：${new TextDecoder().decode(payload)}`;
  });
}

// 4. 同样的字节，发给两个服务器。
for (const profile of ['rfc6455', 'original'] as const) {
  console.log(profile === 'rfc6455' ? '我们的聊天室' : '\nPHP 原版的做法');
  const { wire } = await perform(story, profile);
  const [up, down] = [new FrameDecoder('client'), new FrameDecoder('server')];
  frames.forEach((bytes, i) => {
    const answers = wire.filter(({ step }) => step === before + i);
    const gets = answers.flatMap((one) =>
      'hex' in one ? told(down, fromHex(one.hex) ?? new Uint8Array(0)) : 'FIN',
    );
    console.log(`  Ada 发出 ${`${bytes.length}`.padStart(2)} 字节：${told(up, bytes)}`);
    console.log(`    得到  ${gets.join('，然后是 ') || '什么也没有'}`);
  });
}
