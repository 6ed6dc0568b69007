import { acceptKey, GUID, makeKey, Random } from 'loopscope';

const bytes = new Uint8Array(16);
new Random(9).fill(bytes);
const key = makeKey(bytes);

/** How many bytes a text of base64 stands for. */
const behind = (text: string): number => atob(text).length;

export default {
  keyLength: () => key.length,
  guidLength: () => GUID.length,
  joinedLength: () => (key + GUID).length,
  digestLength: () => behind(acceptKey(key)),
  acceptLength: () => acceptKey(key).length,
  hexBase64: () => btoa('0'.repeat(2 * behind(acceptKey(key)))).length,
};
