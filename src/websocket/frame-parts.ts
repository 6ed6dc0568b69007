/**
 * What reads and writes the frames of a connection: the kit's own functions, or others in their place that
 * do the same.
 * @module
 */

import type { ByteTools } from '../bytes.js';
import { encodeFrame } from './frame.js';
import { mask } from './mask.js';
import { parseFrame } from './parser.js';
import { Utf8Checker } from './utf8.js';

/** The functions, by what they are for. */
export interface FrameParts {
  /** Reads a frame, field by field. */
  readonly parse: typeof parseFrame;
  /** Takes the mask off, where the bytes lie. */
  readonly mask: typeof mask;
  /** Checks a text as it comes. */
  readonly Text: new (
    tools: ByteTools | null,
  ) => TextChecker;
  /** Writes a frame. */
  readonly encode: typeof encodeFrame;
}

/** What checks a text. */
export type TextChecker = Pick<Utf8Checker, 'complete' | 'position' | 'push'>;

/** The kit's own. */
export const FRAME_PARTS: FrameParts = {
  parse: parseFrame,
  mask,
  Text: Utf8Checker,
  encode: encodeFrame,
};
