// refused: wrong.stands
export { turn } from '../exercise.js';
export { whoMade } from '../solution.js';
