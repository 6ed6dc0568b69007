import {
  FrameDecoder,
  fromHex,
  Opcode,
  opcodeName,
  script,
  toHex,
  type WireEvent,
} from 'loopscope';
import { perform } from '../14-states/perform.js';

const { continuationFrame, frame, scenario, send } = script;
const encoder = new TextEncoder();
const hex = (text: string): string => toHex(encoder.encode(text)).replace(/..(?=.)/g, '$& ');

/** What Ada gets for each of the demo's frames. */
async function answers(profile: 'rfc6455' | 'original'): Promise<WireEvent[]> {
  const message = encoder.encode('{"type":"user","content":"你好"}');
  const cut = message.indexOf(0xe4) + 2;
  const story = scenario('half', '')
    .joins('A', 'Ada')
    .step(send('A', frame(Opcode.text, message.subarray(0, cut), { fin: false })))
    .step(send('A', continuationFrame(message.subarray(cut))))
    .step(send('A', frame(Opcode.text, Uint8Array.of(0x22, 0x6f, 0x6b, 0xff), { fin: false })));
  const { wire } = await perform(story, profile, { network: 'sim' });
  return wire.filter(({ step }) => step > 2);
}

async function closeCode(): Promise<number> {
  for (const answer of await answers('rfc6455')) {
    const bytes = 'hex' in answer ? fromHex(answer.hex) : null;
    const frames = new FrameDecoder('server').feed(bytes ?? new Uint8Array(0));
    const close = frames.find(({ opcode }) => opcodeName(opcode) === 'close');
    if (close !== undefined) return (close.payload[0] ?? 0) * 256 + (close.payload[1] ?? 0);
  }
  return 0;
}

export default {
  character: () => hex('你'),
  bytes: () => encoder.encode('你').length,
  emoji: () => encoder.encode('👋').length,
  closeCode: async () => String(await closeCode()),
  nonsense: async () =>
    (await answers('original')).filter((one) => 'hex' in one && one.hex === '81025b5d').length,
};
