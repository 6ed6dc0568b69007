import { inspect } from 'loopscope';

const hello = inspect(
  Uint8Array.of(0x81, 0x85, 0x37, 0xfa, 0x21, 0x3d, 0x7f, 0x9f, 0x4d, 0x51, 0x58),
);
const header = hello.frames[0]?.header;

export default {
  secondByte: () => 0x85,
  length85: () => header?.payloadLength,
  longest: () => 0b0111_1111,
};
