/**
 * Opens the page beside the room of `loopscope serve`, and keeps its pages told whether the server
 * stands still.
 * @module
 */

import { Failure } from './failure.js';
import { isTerminal } from './keys.js';
import type { Live, PageServer } from './page-server.js';

/** What the page has to know of how the room is run. */
export interface PagesOptions {
  host: string;
  /** The room's port as it was asked for; 0 is any free one. */
  port: number;
  /** The page's port: 8000 if none is given, or with `--port 0` any free one. */
  pagePort?: number;
  /** Which server. */
  profile: 'rfc6455' | 'original';
}

/**
 * The page beside the room. The room does without one that was not built, if nobody steps there.
 *
 * @throws Failure where its port is taken, or where it is missing and nobody else could step
 */
export async function openPages(
  roomPort: number,
  { host, port, pagePort = port === 0 ? 0 : 8000, profile }: PagesOptions,
  live: Live | null,
): Promise<PageServer | null> {
  const { hasPage, openPageServer } = await import('./page-server.js');
  if (!hasPage()) {
    const missing = 'there is no page to serve: npm run build makes it';
    if (live !== null && !isTerminal()) throw new Failure(missing);
    process.stderr.write(`loopscope: ${missing}\n`);
    return null;
  }
  const tell = (): void => {
    live?.stream.say({ holds: live.gate.isHolding, free: live.gate.isFree });
  };
  live?.gate.onChange(tell);
  tell();
  return openPageServer({ host, port: pagePort, roomPort, profile, live });
}
