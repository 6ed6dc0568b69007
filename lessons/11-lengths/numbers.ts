import { encodeFrame, Opcode } from 'loopscope';

const payload = (characters: number): number =>
  new TextEncoder().encode('字'.repeat(characters)).length;
const header = (length: number): number =>
  encodeFrame(Opcode.text, new Uint8Array(length)).length - length;

export default {
  chinese41: () => payload(41),
  chinese42: () => payload(42),
  header125: () => header(125),
  header126: () => header(126),
  header65536: () => header(65_536),
};
