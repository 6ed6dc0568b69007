import { acceptKey as kit } from 'loopscope';

export { sha1 } from '../exercise.js';

/** Gives the value itself, where a promise of it is expected: who awaits it sees no difference. */
export function acceptKey(key: string): Promise<string> {
  return kit(key) as unknown as Promise<string>;
}
