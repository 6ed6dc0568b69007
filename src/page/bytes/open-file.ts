/**
 * Opens a file in the Bytes view: bytes as they are or as text, a trace, a capture.
 * @module
 */

import { CaptureError } from '../../inspect/capture.js';
import { FormError, streamsInFile } from '../../inspect/streams.js';
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
  if (large === null) {
    openBytes(file.name, new Uint8Array(await file.arrayBuffer()), reading, session);
  } else session.notices.value = [large];
}

/** Reads what is in a file, and shows it. */
export function openBytes(
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
