/**
 * Opens a file in the Bytes view: bytes as they are or as text, a trace, a capture.
 * @module
 */

import { joinBytes } from '../../bytes.js';
import { CaptureError } from '../../inspect/capture.js';
import { FormError, isGzip, streamsInFile } from '../../inspect/streams.js';
import { describeError } from '../../texts/errors.js';
import { TraceError } from '../../trace/ndjson.js';
import { printable } from '../../trace/text.js';
import { language } from '../language.js';
import type { Session } from '../session.js';
import { gap, say } from '../texts.js';
import type { BytesReading } from './state.js';

/** The largest file that is read, in MB. */
const MOST_MB = 32;

/** What to say of a file that is too large to be read; null for one that is not. */
export function tooLarge(file: File): string | null {
  const n = Math.ceil(file.size / 2 ** 20);
  if (n <= MOST_MB) return null;
  return say('bytes.file.large', { name: printable(file.name), n, most: MOST_MB });
}

/** Reads a file; what is wrong with it becomes a notice. */
export async function openFile(file: File, reading: BytesReading, session: Session): Promise<void> {
  const large = tooLarge(file);
  if (large !== null) {
    session.notices.value = [large];
    return;
  }
  const content = new Uint8Array(await file.arrayBuffer());
  await openContent(file.name, content, reading, session);
}

/** Unpacks what gzip has packed, and shows what is in it. */
export async function openContent(
  name: string,
  content: Uint8Array,
  reading: BytesReading,
  session: Session,
): Promise<void> {
  const unpacked = isGzip(content) ? await unpack(content) : content;
  if (unpacked !== null) openBytes(name, unpacked, reading, session);
  else {
    const values = { name: printable(name), most: MOST_MB };
    session.notices.value = [say('bytes.file.unpacked', values)];
  }
}

/** What gzip has packed, as far as it is there; null where it is more than is read. */
async function unpack(packed: Uint8Array): Promise<Uint8Array | null> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  const stream = new Blob([new Uint8Array(packed)]).stream();
  const reader = stream.pipeThrough(new DecompressionStream('gzip')).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      pieces.push(value);
      length += value.length;
      if (length <= MOST_MB * 2 ** 20) continue;
      await reader.cancel();
      return null;
    }
  } catch {
    // cut or damaged: what came before is read, and what it ends within is said
  }
  return joinBytes(pieces);
}

/** Reads what is in a file, and shows it. */
function openBytes(
  file: string,
  content: Uint8Array,
  reading: BytesReading,
  session: Session,
): void {
  const name = printable(file);
  try {
    const { streams, notes, form } = streamsInFile(content, 'auto', language.value);
    const withBytes = streams.filter(({ bytes }) => bytes.length > 0);
    if (withBytes.length === 0) {
      session.notices.value = [[say('bytes.file.none', { name }), ...notes].join(gap())];
      return;
    }
    session.notices.value = []; // one may speak of a file that could not be opened
    reading.openStreams(withBytes, { notes, file: name, form });
    session.parameter('view').value = 'bytes';
  } catch (error) {
    const isExpected = [CaptureError, TraceError, FormError, DOMException].some(
      (kind) => error instanceof kind,
    );
    if (!isExpected) throw error;
    const reason = describeError(error, language.value).replace(/\.$/, '');
    session.notices.value = [say('bytes.file.bad', { name, reason })];
  }
}
