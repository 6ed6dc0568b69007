/**
 * Tells what strace wrote, in the page: a piece at a time, so that the page stays alive, however long
 * the file is.
 * @module
 */

import { busiestOf, Recording } from '../../watch/recording.js';
import { watchSpeaker } from '../../watch/words.js';
import { language } from '../language.js';
import type { Telling, ToldFile } from './told.js';

/** So many steps are kept: as many as the trace of the page is drawn with. */
const MOST_STEPS = 100_000;

/** Characters that are read at once, and how long that may go on before the page has its turn, in milliseconds. */
const PIECE = 1 << 17;
const TURN_MS = 24;

/** Tells a file; null for one that is not wanted any more. */
export async function tell(file: Blob, { name, onRead }: Telling): Promise<ToldFile | null> {
  const recording = new Recording(name, { steps: MOST_STEPS });
  // strace writes ASCII; whatever else there is becomes a line that is none of its
  const reader = file.stream().pipeThrough(new TextDecoderStream('latin1')).getReader();
  let [read, began] = [0, performance.now()];
  for (;;) {
    const { done, value = '' } = await reader.read();
    if (done) break;
    for (let at = 0; at < value.length && !recording.isFull; at += PIECE) {
      recording.push(value.slice(at, at + PIECE));
      if (performance.now() - began < TURN_MS) continue;
      if (!onRead((read + at) / file.size)) {
        await reader.cancel();
        return null;
      }
      await new Promise((resolve) => setTimeout(resolve));
      began = performance.now();
    }
    read += value.length;
    if (recording.isFull) break;
  }
  if (recording.isFull) await reader.cancel();
  recording.end();
  return onRead(1) ? toldOf(recording) : null;
}

function toldOf({ loops, unread, lost, isFull, blocking }: Recording): ToldFile {
  const say = watchSpeaker(language.value);
  const steps = loops.reduce((sum, { events }) => sum + events.length, 0);
  const none = blocking > 0 ? say('none.blocking', { calls: blocking }) : say('none');
  return {
    loops,
    busiest: loops.length === 0 ? 1 : busiestOf(loops),
    notes: [
      ...(loops.length === 0 ? [none] : []),
      ...(unread > 0 ? [say('unread', { lines: unread })] : []),
      ...(lost > 0 ? [say('lost', { calls: lost })] : []),
      ...(isFull ? [say('full', { steps })] : []),
    ],
  };
}
