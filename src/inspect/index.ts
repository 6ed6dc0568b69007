/**
 * The inspector: bytes explained, every one of them.
 * @module
 */

export { readBase64, readHex } from './input.js';
export * from './inspect.js';
export * from './inspection.js';
export * from './json.js';
export { ORIGINAL_RECV_LENGTH } from './original.js';
export * from './text.js';
