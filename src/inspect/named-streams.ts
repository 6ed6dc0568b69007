/**
 * Streams with their names, as files hold them: what the readers of captures, traces and texts hand on.
 * @module
 */

import type { Role } from '../websocket/frame.js';
import type { CaptureTime } from './capture-time.js';
import type { FormName } from './forms.js';
import type { InspectOptions } from './inspect.js';

/** A message as a HAR has it. */
export interface HarMessage {
  /** Who sent it. */
  readonly direction: Role;
  /** When; null where the HAR does not say. */
  readonly time: CaptureTime | null;
  /** 0 to 15; 1 for text. */
  readonly opcode: number;
  /** `text`, `binary` and so on. */
  readonly opcodeName: string;
  /** What it holds. */
  readonly bytes: Uint8Array;
  /** The same as text; null for bytes. */
  readonly text: string | null;
}

/** The bytes of one direction of one connection, ready to be inspected. */
export interface NamedStream {
  /** Which connection and who sent; '' where there is only one stream. */
  readonly name: string;
  /** What is to be known of the bytes before they are read: what is missing of them. */
  readonly note?: string;
  /** The bytes. */
  readonly bytes: Uint8Array;
  /** What is known beside them. */
  readonly options: InspectOptions;
  /** Messages that came without the bytes of their frames, as a HAR has them. */
  readonly messages?: readonly HarMessage[];
}

/** What was found in an input that holds several streams. */
export interface NamedStreams {
  /** The streams. */
  readonly streams: readonly NamedStream[];
  /** What of the input could not be read or is not explained, a sentence each. */
  readonly notes: readonly string[];
  /** The form in which the bytes stood as text, where they did. */
  readonly form?: FormName;
}
