import { script } from 'loopscope';
import { LOOP } from './post.js';
import { turn } from './solution.js';
import { TRIAL, tryTurn } from './trial.js';

export default {
  open: () => LOOP.split('{').length - 1,
  close: () => LOOP.split('}').length - 1,
  steps: () => TRIAL.steps.length,
  bytes: async () => (await tryTurn(turn)).comparison.bytes,
  pageLeft: () => script.closeFrame(1_001).length,
  closed: () => script.closeFrame().length,
  goodNight: () => script.closeFrame(1_000, 'bye').length,
  hi: () => script.textFrame('hi').length,
};
