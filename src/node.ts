/**
 * What needs Node: the network of real sockets, and the stage on which the lessons' demos play.
 * @module
 */

export * from './lesson/stage.js';
export * from './net/node.js';
