/**
 * A rule as the simulated network takes it. A function cannot be sent to a worker, and its data can, so this
 * imports nothing of the page.
 * @module
 */

import { cutAt, cutOff, delay, everyByte, gather, randomCuts, type Where } from '../../net/sim.js';
import type { SimulatedRule } from '../../scenario/simulate.js';
import type { NetworkRule } from './rules.js';

/** The rule as the network takes it. */
export function simulated({ kind, numbers, direction, connection }: NetworkRule): SimulatedRule {
  const [n = 0] = numbers;
  const where: Where = {
    ...(direction === undefined ? {} : { direction }),
    ...(connection === undefined ? {} : { connection }),
  };
  switch (kind) {
    case 'cut':
      return { rule: cutAt(numbers), where };
    case 'bytes':
      return { rule: everyByte(), where };
    case 'random':
      return { rule: randomCuts(n), where };
    case 'delay':
      return { rule: delay(n), where };
    case 'gather':
      return { rule: gather(n), where };
    case 'reset':
    case 'silence':
      return { rule: cutOff(n, kind), where };
  }
}
