/**
 * What needs Node: the network of real sockets.
 * @module
 */

export * from './net/node.js';
