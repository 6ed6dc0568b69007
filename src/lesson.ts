/**
 * What the demos, exercises and checks of the lessons work with, in Node and in a browser: the
 * checker, the stage, the rig, and the simulated networks. `loopscope/node` has it too, with real
 * sockets.
 * @module
 */

export * from './lesson/checker.js';
export * from './lesson/equal.js';
export * from './lesson/networks.js';
export * from './lesson/rig.js';
export * from './lesson/sha1.js';
export * from './lesson/stage.js';
