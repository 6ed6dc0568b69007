/**
 * What `loopscope inspect` is given, as streams: bytes as they are or as text, a trace, or a capture.
 * @module
 */

import { readFileSync } from 'node:fs';
import { constants, gunzipSync } from 'node:zlib';
import { CaptureError, isCapture } from '../inspect/capture.js';
import type { NamedStreams } from '../inspect/capture-streams.js';
import { readBase64, readHex } from '../inspect/forms.js';
import { FormError, isGzip, streamsInFile } from '../inspect/streams.js';
import { betweenSentences, DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import { TraceError } from '../trace/ndjson.js';
import { printable } from '../trace/text.js';
import { type DeflateParameters, readDeflateAnswer } from '../websocket/deflate-offer.js';
import { Failure, type Reason } from './failure.js';

/** A few bytes can be packed into gigabytes. */
const MOST_UNPACKED = 1 << 30;

/** The options that say what the input is. */
export interface InputOptions {
  /** Bytes in hex. */
  hex?: string;
  /** Bytes in base64. */
  base64?: string;
  /** Whether FILE is taken as it is, whatever it looks like. */
  raw?: boolean;
  /** Whether permessage-deflate was agreed on, or with what parameters. */
  deflate?: string | true;
  /** Who sent them. */
  role: 'client' | 'server' | 'auto';
}

/**
 * Reads the one input that was given.
 *
 * @param file a file, or `-` for the standard input
 * @throws Failure 2 for none, several, and one that cannot be read
 */
export function readInput(
  file: string | undefined,
  options: InputOptions,
  language?: Language,
): NamedStreams {
  const { hex, base64, raw = false, role } = options;
  const given = [file, hex, base64].filter((input) => input !== undefined).length;
  if (given !== 1) {
    throw new Failure('inspect.one', {}, 2);
  }
  if (file !== undefined) {
    const bytes = readBytes(file);
    return raw ? single(bytes, role) : streamsIn(unpacked(bytes, file), role, file, language);
  }
  if (raw) throw new Failure('inspect.raw', {}, 2);
  const bytes = hex !== undefined ? readHex(hex) : readBase64(base64 ?? '');
  if (bytes === null) {
    const text = printable(hex ?? base64 ?? '').slice(0, 40);
    throw new Failure(hex !== undefined ? 'inspect.hex' : 'inspect.base64', { text }, 2);
  }
  return single(bytes, role);
}

/** What `--deflate` says was agreed on; undefined where it is not given. @throws Failure 2 for no parameters */
export function deflateGiven({ deflate }: InputOptions): DeflateParameters | undefined {
  if (deflate === undefined) return undefined;
  const given = deflate === true ? '' : deflate.trim();
  const agreed = readDeflateAnswer(`permessage-deflate${given === '' ? '' : `; ${given}`}`);
  if (typeof agreed !== 'string') return agreed;
  throw new Failure('inspect.deflate', { parameters: printable(given).slice(0, 60) }, 2);
}

function readBytes(file: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(file === '-' ? 0 : file));
  } catch (error) {
    throw new Failure('inspect.unread', { file, message: (error as Error).message }, 2);
  }
}

/** What gzip has packed, as far as it is there. */
function unpacked(bytes: Uint8Array, file: string): Uint8Array {
  if (!isGzip(bytes)) return bytes;
  try {
    const { Z_SYNC_FLUSH: finishFlush } = constants;
    return new Uint8Array(gunzipSync(bytes, { finishFlush, maxOutputLength: MOST_UNPACKED }));
  } catch (error) {
    throw new Failure('inspect.unpacked', { file, message: (error as Error).message }, 2);
  }
}

function single(bytes: Uint8Array, role: InputOptions['role']): NamedStreams {
  return { streams: [{ name: '', bytes, options: { role } }], notes: [] };
}

/** Bytes as they are, unless they are of one of the forms that are known. */
function streamsIn(
  raw: Uint8Array,
  role: InputOptions['role'],
  file: string,
  language: Language | undefined,
): NamedStreams {
  const named: string | Reason = file === '-' ? { key: 'inspect.stdin' } : file;
  let found: NamedStreams;
  try {
    found = streamsInFile(raw, role, language);
  } catch (error) {
    if (error instanceof TraceError) throw new Failure(error, 2);
    if (error instanceof FormError) {
      throw new Failure('inspect.noForm', { file: named, message: error }, 2);
    }
    if (!(error instanceof CaptureError)) throw error;
    throw new Failure('inspect.problem', { file: named, message: error }, 2);
  }
  if (found.streams.length > 0 || !isCapture(raw)) return found;
  if (found.notes.length === 0) throw new Failure('inspect.noStream', { file: named }, 2);
  throw new Failure(
    'inspect.noStream.notes',
    { file: named, notes: found.notes.join(betweenSentences(language ?? DEFAULT_LANGUAGE)) },
    2,
  );
}
