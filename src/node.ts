/**
 * What needs Node: the network of real sockets. All of `loopscope/lesson` is here again, and its
 * networks may be real ones.
 * @module
 */

export * from './lesson/checker.js';
export * from './lesson/equal.js';
export * from './lesson/networks.js';
export * from './lesson/node-surroundings.js';
export * from './lesson/rig.js';
export * from './lesson/stage.js';
export * from './net/node.js';
export * from './net/node-bytes.js';
export * from './net/node-deflate.js';
export * from './net/node-descriptors.js';
