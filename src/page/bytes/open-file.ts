/**
 * Opens a file in the Bytes view: bytes as they are or as text, a trace, a capture. And what becomes of
 * a file that is dropped where no view takes one.
 * @module
 */

import { CaptureError } from '../../inspect/capture.js';
import { streamsInFile } from '../../inspect/streams.js';
import { describeError } from '../../texts/errors.js';
import { TraceError } from '../../trace/ndjson.js';
import { printable } from '../../trace/text.js';
import { language } from '../language.js';
import type { Session } from '../session.js';
import { say } from '../texts.js';
import type { BytesReading } from './state.js';

/** The largest file that is read, in MB. */
const MOST_MB = 32;

/** Reads a file; what is wrong with it becomes a notice. */
export async function openFile(file: File, reading: BytesReading, session: Session): Promise<void> {
  const name = printable(file.name);
  const notice = (text: string): void => {
    session.notices.value = [text];
  };
  const megabytes = Math.ceil(file.size / 2 ** 20);
  if (megabytes > MOST_MB) {
    notice(say('bytes.file.large', { name, n: megabytes, most: MOST_MB }));
    return;
  }
  try {
    const { streams, notes } = streamsInFile(
      new Uint8Array(await file.arrayBuffer()),
      'auto',
      language.value,
    );
    const withBytes = streams.filter(({ bytes }) => bytes.length > 0);
    if (withBytes.length === 0) notice([say('bytes.file.none', { name }), ...notes].join(' '));
    else {
      session.notices.value = []; // one may speak of a file that could not be opened
      reading.openStreams(withBytes, notes);
    }
  } catch (error) {
    const isExpected = error instanceof CaptureError || error instanceof TraceError;
    if (!isExpected && !(error instanceof DOMException)) throw error;
    const reason = describeError(error, language.value);
    notice(say('bytes.file.bad', { name, reason: reason.replace(/\.$/, '') }));
  }
}

/** A file that no view takes is not taken by the browser either, which would leave the page for it. */
export function refuseOtherFiles(): void {
  for (const name of ['dragover', 'drop'] as const) {
    addEventListener(name, (event) => {
      const { dataTransfer } = event;
      if (event.defaultPrevented || !dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      dataTransfer.dropEffect = 'none';
    });
  }
}
