/**
 * Waits for a file to be saved, again and again. The folder is watched and not the file, because
 * many editors write beside it and rename.
 * @module
 */

import { readFileSync, watch } from 'node:fs';
import { basename, dirname } from 'node:path';

/** An editor saves in several steps; they come within this time. */
const SETTLE_MS = 80;

/**
 * Calls `onSave` at once, and whenever the file's bytes have changed, one call after the other.
 * Settles at Ctrl-C.
 */
export async function watchFile(path: string, onSave: () => Promise<void>): Promise<void> {
  let seen = bytesOf(path);
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  const look = async (): Promise<void> => {
    const bytes = bytesOf(path);
    if (bytes === null || (seen !== null && bytes.equals(seen))) return;
    seen = bytes;
    await onSave();
  };
  await new Promise<void>((resolve, reject) => {
    const watcher = watch(dirname(path), (_, name) => {
      if (name !== null && name !== basename(path)) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        running = running.then(look);
        running.catch(reject);
      }, SETTLE_MS);
    });
    watcher.once('error', reject);
    running = onSave(); // a save during the first call is seen
    running.catch(reject);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        watcher.close();
        clearTimeout(timer);
        resolve();
      });
    }
  });
  await running;
}

/** What is in the file; null in the moment in which an editor has taken it away. */
function bytesOf(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
}
