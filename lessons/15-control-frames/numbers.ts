import { decodeClose, FrameDecoder, fromHex, script, toHex, type WireEvent } from 'loopscope';
import { perform } from '../14-states/perform.js';

const { closeFrame, continuationFrame, pingFrame, scenario, send, textFrame } = script;

/** What the original answers to the demo's frames but the last. */
async function nonsense(): Promise<number> {
  const story = scenario('control', '')
    .joins('A', 'Ada')
    .step(send('A', textFrame('{"type":"user","con', false)))
    .step(send('A', pingFrame('still there?')))
    .step(send('A', continuationFrame('tent":"Hello"}')));
  const { wire } = await perform(story, 'original', { network: 'sim' });
  const isNonsense = (event: WireEvent): boolean => 'hex' in event && event.hex === '81025b5d';
  return wire.filter(isNonsense).length;
}

/** What a page that is closed sends, as the text has it. */
const PAGE = fromHex('888237fa213d3413') ?? new Uint8Array(0);

/** The payload of that frame, without its mask. */
function payload(): Uint8Array {
  return new FrameDecoder('client').feed(PAGE)[0]?.payload ?? new Uint8Array(0);
}

export default {
  pageCloses: () => PAGE.length,
  header: () => PAGE.length - 4 - payload().length,
  payload: () => payload().length,
  code: () => String(decodeClose(payload()).code),
  codeBytes: () => toHex(payload()).replace(/..(?=.)/g, '$& '),
  emptyClose: () => closeFrame().length,
  byeClose: () => closeFrame(1000, 'bye').length,
  nonsense,
};
