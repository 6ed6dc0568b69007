/**
 * One turn of the loop: a message comes in at one socket and goes out at two. Seven events, in our
 * room and in the server that does what the PHP original does.
 */

import { describeStep, gather, type TraceEvent } from 'loopscope';
import { openStage } from 'loopscope/lesson';

/** What a server did about what was said: from the first turn that deals with it to the last. */
function about(said: string, events: readonly TraceEvent[]): readonly TraceEvent[] {
  const deals = events.filter((event) => event.step === 'deal' && event.message.includes(said));
  const [first, last] = [deals[0]?.turn ?? 0, deals.at(-1)?.turn ?? 0];
  return events.filter(({ turn }) => first <= turn && turn <= last);
}

/** Text that fits: what is left out at a word's end shows as an ellipsis. */
function cut(text: string): string {
  return text.length <= 62 ? text : `${text.slice(0, 55).replace(/\s*\S*$/, '')} …`;
}

for (const profile of ['rfc6455', 'original'] as const) {
  // 1. Two people are in the room, and one of them speaks.
  const stage = await openStage({ profile });
  const ada = await stage.joins('Ada');
  const ming = await stage.joins('Ming');
  await ada.says('Hello, Ming');

  // 2. Then both speak at once: on the simulated network their frames arrive together.
  stage.networks.world?.rule(gather(5), { direction: 'up' });
  await Promise.all([ada.says('at once'), ming.says('at once')]);

  // 3. They leave, and the server tells all that it did.
  for (const person of [ada, ming]) await person.leaves();
  const events = await stage.end();

  // 4. The turn in which Ada's message was dealt with, step by step.
  console.log(profile === 'rfc6455' ? 'our room' : '\nas the PHP original does it');
  about('Hello', events).forEach((event, index) => {
    const deal = event.step === 'deal' ? `fd ${event.fd}: … → ${event.reply}` : null;
    const text = cut(deal ?? describeStep(event, stage.networks.language));
    console.log(`  ${index + 1}  ${event.step.padEnd(10)} ${text}`);
  });

  // 5. And the steps when both speak at once.
  console.log('  both at once:');
  const steps = about('at once', events).map(({ step }) => step);
  for (let i = 0; i < steps.length; i += 9) console.log(`     ${steps.slice(i, i + 9).join(' ')}`);
}
