/**
 * What `loopscope inspect` is given, as streams: bytes as they are or as text, a trace, or a capture.
 * @module
 */

import { CaptureError, isCapture } from '../inspect/capture.js';
import {
  CaptureCollector,
  type NamedStream,
  type NamedStreams,
} from '../inspect/capture-streams.js';
import { readBase64, readHex } from '../inspect/forms.js';
import type { Piece } from '../inspect/stored-bytes.js';
import { FormError, isPlain, streamsInFile } from '../inspect/streams.js';
import { betweenSentences, DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import { TraceError } from '../trace/ndjson.js';
import { printable } from '../trace/text.js';
import { type DeflateParameters, readDeflateAnswer } from '../websocket/deflate-offer.js';
import { CaptureStore } from './capture-store.js';
import { type Chunks, type Opened, openChunks } from './chunks.js';
import { Failure, type Reason } from './failure.js';
import type { Progress } from './progress.js';

/** Bytes that say what a file is. */
const BEGINNING = 1 << 16;
/** A text is read whole, up to so many bytes. */
const MOST_TEXT = 1 << 28;

/** Bytes that are handed on at a time: in between, who reads the output may go. */
const PIECE = 1 << 18;

/** The bytes of one direction, as they come. */
export interface InputStream extends Omit<NamedStream, 'bytes'> {
  /** How many there are; null where that is not known before the end. */
  readonly length: number | null;
  /** Can be read once. */
  pieces(): Iterable<Piece> | AsyncIterable<Piece>;
}

/** What is to be inspected. */
export interface Input extends Omit<NamedStreams, 'streams'> {
  readonly streams: readonly InputStream[];
  /** Whether they may come for ever. */
  readonly isDevice?: boolean;
  /** Lets go of what was opened. */
  close?(): void;
}

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
 * Reads the one input that was given, as far as it must be read to say what it is.
 *
 * @param file a file, or `-` for the standard input
 * @param progress is told how far it is read
 * @throws Failure 2 for none, several, and one that cannot be read
 */
export async function readInput(
  file: string | undefined,
  options: InputOptions,
  progress: Progress,
  language?: Language,
): Promise<Input> {
  const { hex, base64, raw = false, role } = options;
  const given = [file, hex, base64].filter((input) => input !== undefined).length;
  if (given !== 1) {
    throw new Failure('inspect.one', {}, 2);
  }
  if (file !== undefined) return readFile(file, options, progress, language);
  if (raw) throw new Failure('inspect.raw', {}, 2);
  const bytes = hex !== undefined ? readHex(hex) : readBase64(base64 ?? '');
  if (bytes === null) {
    const text = printable(hex ?? base64 ?? '').slice(0, 40);
    throw new Failure(hex !== undefined ? 'inspect.hex' : 'inspect.base64', { text }, 2);
  }
  return held({ streams: [{ name: '', bytes, options: { role } }], notes: [] });
}

/** What `--deflate` says was agreed on; undefined where it is not given. @throws Failure 2 for no parameters */
export function deflateGiven({ deflate }: InputOptions): DeflateParameters | undefined {
  if (deflate === undefined) return undefined;
  const given = deflate === true ? '' : deflate.trim();
  const agreed = readDeflateAnswer(`permessage-deflate${given === '' ? '' : `; ${given}`}`);
  if (typeof agreed !== 'string') return agreed;
  throw new Failure('inspect.deflate', { parameters: printable(given).slice(0, 60) }, 2);
}

async function readFile(
  file: string,
  { raw = false, role }: InputOptions,
  progress: Progress,
  language: Language | undefined,
): Promise<Input> {
  const opened = await openChunks(file, !raw, progress);
  const { chunks, isDevice } = opened;
  const beginning = await chunks.look(BEGINNING);
  const named: string | Reason = file === '-' ? { key: 'inspect.stdin' } : file;
  if (beginning.length === 0) throw new Failure('inspect.empty', { file: named }, 2);
  const isWhole = beginning.length < BEGINNING;
  if (raw || (!isCapture(beginning) && isPlain(beginning, isWhole))) {
    const pieces = () => piecesOf(chunks);
    const stream = { name: '', length: null, pieces, options: { role } };
    return { streams: [stream], notes: [], isDevice };
  }
  try {
    if (isCapture(beginning)) return await captured(opened, file, named, language);
    const { bytes, isCut } = await chunks.upTo(MOST_TEXT);
    if (isCut) throw new Failure('inspect.long', { file: named, most: MOST_TEXT }, 2);
    return held(streamsInFile(bytes, role, language));
  } catch (error) {
    if (error instanceof TraceError) throw new Failure(error, 2);
    if (error instanceof FormError) {
      throw new Failure('inspect.noForm', { file: named, message: error }, 2);
    }
    if (!(error instanceof CaptureError)) throw error;
    throw new Failure('inspect.problem', { file: named, message: error }, 2);
  }
}

/** Streams that are in memory. */
function held(found: NamedStreams): Input {
  const streams = found.streams.map(({ bytes, ...stream }) => ({
    ...stream,
    length: bytes.length,
    *pieces(): Generator<Piece> {
      for (let at = 0; at < bytes.length; at += PIECE) {
        yield { bytes: bytes.subarray(at, at + PIECE) };
      }
    },
  }));
  return { ...found, streams };
}

async function* piecesOf(chunks: Chunks): AsyncGenerator<Piece> {
  for await (const bytes of chunks.all()) yield { bytes };
}

/** The streams of a capture, whose bytes are read a second time when they are told. */
async function captured(
  { chunks, isPlaced }: Opened,
  file: string,
  named: string | Reason,
  language: Language | undefined,
): Promise<Input> {
  const store = new CaptureStore(isPlaced ? file : null);
  try {
    const collector = new CaptureCollector(store, language);
    for await (const chunk of chunks.all()) collector.push(chunk);
    const found = collector.end();
    if (found.streams.length > 0) return { ...found, close: () => store.close() };
    if (found.notes.length === 0) throw new Failure('inspect.noStream', { file: named }, 2);
    const notes = found.notes.join(betweenSentences(language ?? DEFAULT_LANGUAGE));
    throw new Failure('inspect.noStream.notes', { file: named, notes }, 2);
  } catch (error) {
    store.close();
    throw error;
  }
}
