/**
 * What a Lamport diagram of a trace shows: a lane for each process, time downwards, a row for what
 * went from one to another. Drawn by lamport-text.ts and lamport-svg.ts.
 * @module
 */

import type { Language } from '../texts/language.js';
import type { TraceEvent } from './event.js';
import type { Lane, Row } from './lamport-rows.js';
import { diagramIn } from './lamport-says.js';
import { addLane, type Board, Side } from './lamport-side.js';

/** A trace as rows and lanes; lane 0 is the server. */
export class Diagram implements Board {
  readonly rows: Row[] = [];
  readonly lanes: Lane[] = [];

  /** @param language what is said in; names, and what stood on the wire, stay as they were */
  constructor(events: readonly TraceEvent[], language?: Language) {
    const home = addLane(this, diagramIn(language)('server'));
    const side = new Side(this, home, events, { language });
    for (const [i, event] of events.entries()) side.add(event, i);
  }
}
