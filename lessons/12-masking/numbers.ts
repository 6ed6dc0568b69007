import { encodeFrame, Opcode } from 'loopscope';

const hello = new TextEncoder().encode('Hello');
const masked = encodeFrame(Opcode.text, hello, { maskingKey: 0x37fa213d });

export default {
  maskedLength: () => masked.length,
  unmaskedLength: () => encodeFrame(Opcode.text, hello).length,
  byte4: () => 4 % 4,
};
