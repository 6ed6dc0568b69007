/**
 * Handshakes and frames of a server, put together from functions of one's own and the kit's: what `mine.ts`
 * builds on, where the loop itself is written out.
 * @module
 */

import type { Connection, ConnectionOptions } from '../websocket/connection.js';
import type { ServerHandshake, ServerHandshakeOptions } from '../websocket/handshake.js';
import { OwnConnection } from './control.js';
import { ownFrames } from './frames.js';
import { ownHandshake } from './head.js';
import { PARTS, type PartId } from './parts.js';
import { type Exported, type Fault, YourParts } from './your-parts.js';

/** Makes both for each client. */
export interface Codec {
  /** Takes a client's request. */
  handshake(options?: ServerHandshakeOptions): ServerHandshake;
  /** Takes a client's frames, and writes those for it. */
  connection(options?: ConnectionOptions): Connection;
}

/**
 * Puts a codec together: where a function is not given, or gives what is not due, the kit's stands in.
 *
 * ```ts
 * import { acceptKey, codecOf } from 'loopscope';
 *
 * const codec = codecOf({ acceptKey }, (fault) => console.error(fault.name));
 * console.log(codec.connection().state); // open
 * ```
 *
 * @param own by the names that the exercises of lessons 8 to 12, 15 and 16 have: `takeBytes`, `acceptKey`,
 *   `readTwoBytes`, `readLength`, `writeLength`, `unmask`, `answer`, `closeFrame`, `takeText`
 * @param onFault is told of each part that gave what is not due; from then on the kit's stands in
 */
export function codecOf(own: Exported, onFault: (fault: Fault) => void = () => {}): Codec {
  const given = PARTS.filter(({ functions }) => functions.every((name) => name in own));
  const parts = new Map<PartId, Exported>(given.map(({ id }) => [id, own]));
  const yours = new YourParts(parts, { onFault });
  const frames = ownFrames(yours);
  return {
    handshake: (options = {}) => ownHandshake(yours, options),
    connection: (options = {}) => new OwnConnection(yours, frames, options),
  };
}
