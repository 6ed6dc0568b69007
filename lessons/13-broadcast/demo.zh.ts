/**
 * 循环的一轮：消息从一个套接字进来，从两个套接字出去。一共七个事件，先看我们的聊天室，再看和 PHP
 * 原版做法一样的服务器。
 */

import { describeStep, gather, type TraceEvent } from 'loopscope';
import { openStage } from 'loopscope/lesson';

/** 对某句话，服务器做了什么：从第一个处理它的轮，到最后一个。 */
function about(said: string, events: readonly TraceEvent[]): readonly TraceEvent[] {
  const deals = events.filter((event) => event.step === 'deal' && event.message.includes(said));
  const [first, last] = [deals[0]?.turn ?? 0, deals.at(-1)?.turn ?? 0];
  return events.filter(({ turn }) => first <= turn && turn <= last);
}

/** 截到放得下为止：在一个词的末尾截断，用省略号表示。 */
function cut(text: string): string {
  return text.length <= 62 ? text : `${text.slice(0, 55).replace(/\s*\S*$/, '')} …`;
}

for (const profile of ['rfc6455', 'original'] as const) {
  // 1. 聊天室里有两个人，其中一个说话。
  const stage = await openStage({ profile });
  const ada = await stage.joins('Ada');
  const ming = await stage.joins('Ming');
  await ada.says('Hello, Ming');

  // 2. 接着两个人同时说话：在模拟的网络上，他们的帧一起到达。
  stage.networks.world?.rule(gather(5), { direction: 'up' });
  await Promise.all([ada.says('at once'), ming.says('at once')]);

  // 3. 他们离开，服务器说出自己做过的一切。
  for (const person of [ada, ming]) await person.leaves();
  const events = await stage.end();

  // 4. 处理 Ada 那句话的那一轮，一步一步地打印。
  console.log(profile === 'rfc6455' ? '我们的聊天室' : '\n和 PHP 原版的做法一样');
  about('Hello', events).forEach((event, index) => {
    const deal = event.step === 'deal' ? `fd ${event.fd}：… → ${event.reply}` : null;
    const text = cut(deal ?? describeStep(event, stage.networks.language));
    console.log(`  ${index + 1}  ${event.step.padEnd(10)} ${text}`);
  });

  // 5. 再看两个人同时说话时的各步。
  console.log('  两个人同时说话：');
  const steps = about('at once', events).map(({ step }) => step);
  for (let i = 0; i < steps.length; i += 9) console.log(`     ${steps.slice(i, i + 9).join(' ')}`);
}
