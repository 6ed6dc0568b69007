/**
 * Opens the page beside the room of `loopscope serve`, and keeps its pages told whether the server
 * stands still.
 * @module
 */

import { Failure } from '../terminal/failure.js';
import { isTerminal } from '../terminal/keys.js';
import { warn } from '../terminal/print.js';
import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import type { ClassDoor } from './class-door.js';
import { onFreePort } from './free-port.js';
import { admissionOf, type ServeOptions } from './options.js';
import type { Live, PageServer } from './page-server.js';

/** The page's port where nobody asked for one. */
export const USUAL_PAGE_PORT = 8000;

/**
 * The page beside the room. The room does without one that was not built, if nobody steps there.
 *
 * @throws Failure where its port is taken, or where it is missing and nobody else could step
 */
export async function openPages(
  roomPort: number,
  options: ServeOptions,
  live: Live | null,
  door: ClassDoor | null,
  language: Language = DEFAULT_LANGUAGE,
): Promise<PageServer | null> {
  const { host, port, pagePort, profile } = options;
  const { hasPage, openPageServer } = await import('./page-server.js');
  if (!hasPage()) {
    const missing = new Failure('serve.notBuilt', {});
    if (door !== null || (live !== null && !isTerminal())) throw missing;
    warn(missing.said(language));
    return null;
  }
  const tell = (): void => {
    live?.stream.say({ holds: live.gate.isHolding, free: live.gate.isFree });
  };
  live?.gate.onChange(tell);
  tell();
  const admission = admissionOf(options);
  const asked = pagePort ?? (port === 0 ? 0 : undefined);
  return onFreePort(asked, USUAL_PAGE_PORT, (port) =>
    openPageServer({ host, port, admission, roomPort, profile, live, door }),
  );
}
