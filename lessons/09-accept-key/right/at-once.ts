import { acceptKey as kit } from 'loopscope';

/** Leaves it to the kit. */
export function acceptKey(key: string): string {
  return kit(key);
}
