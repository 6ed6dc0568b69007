import { double } from './solution.js';

export default { six: () => double(3), large: () => double(32_768) };
