/**
 * `loopscope inspect`: explains WebSocket bytes from a file, the standard input or the command line.
 * @module
 */

import { joinBytes } from '../bytes.js';
import { Beginning } from '../inspect/beginning.js';
import { type InspectedSection, inspectionHtml } from '../inspect/html.js';
import { hasProblems, type InspectOptions, inspect } from '../inspect/inspect.js';
import { EXPLAINED } from '../inspect/inspection.js';
import { InspectionStream } from '../inspect/inspection-stream.js';
import type { Arrival } from '../inspect/stored-bytes.js';
import { formWords } from '../inspect/words.js';
import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import { speaker } from '../texts/say.js';
import { terminal } from '../texts/terminal.en.js';
import { terminal as terminalZh } from '../texts/terminal.zh.js';
import {
  deflateGiven,
  type Input,
  type InputOptions,
  type InputStream,
  readInput,
} from './inspect-input.js';
import { JsonOutput, LinesOutput, type Output, TextOutput } from './inspect-output.js';
import { isWaiting, writeText, written } from './print.js';
import { Progress } from './progress.js';

/** What the command line gives. */
export interface InspectCommandOptions extends InputOptions {
  format: 'text' | 'json' | 'ndjson' | 'html';
}

/** A page holds all of its input: so many bytes of it, and so many frames. */
const MOST_HELD = 1 << 24;
const MOST_FRAMES = 100_000;
/** A device, `/dev/zero` for one, has no end: so many bytes are told, but as NDJSON, which needs none. */
const MOST_OF_DEVICE = 1 << 22;

/**
 * Runs `loopscope inspect`. The exit code is 0 when there is no problem in the bytes, and 1 when
 * there is one.
 *
 * @param file a file, or `-` for the standard input
 * @throws Failure 2 for wrong usage
 */
export async function inspectCommand(
  file: string | undefined,
  options: InspectCommandOptions,
  language: Language = DEFAULT_LANGUAGE,
): Promise<void> {
  const given = deflateGiven(options);
  const progress = new Progress();
  let close: Input['close'];
  try {
    const input = await readInput(file, options, progress, language);
    close = input.close;
    progress.makeRoom();
    const telling: Telling = { input, format: options.format, given, language, progress };
    if (options.format === 'html') await printPage(telling);
    else await printComing(telling);
  } finally {
    progress.end();
    close?.();
  }
}

/** What is to be told, and how. */
interface Telling {
  readonly input: Input;
  readonly format: InspectCommandOptions['format'];
  /** What `--deflate` says. */
  readonly given: ReturnType<typeof deflateGiven>;
  readonly language: Language;
  readonly progress: Progress;
}

/** What the capture of a handshake says is known better than what is given. */
function optionsOf({ options }: InputStream, { given, language }: Telling): InspectOptions {
  const { deflate: known } = options;
  const deflate = known === undefined || known === 'perhaps' ? (given ?? known) : known;
  return { ...options, language, ...(deflate === undefined ? {} : { deflate }) };
}

/** Says how much of the input is told, where it is not all. */
function cutNote(bytes: number, language: Language): string {
  return speaker({ en: terminal, zh: terminalZh }, language)('inspect.cut', { bytes });
}

/** Writes each frame as it comes, and holds none. */
async function printComing(telling: Telling): Promise<void> {
  const { input, format, language, progress } = telling;
  const { streams, isDevice } = input;
  const output = outputOf(telling);
  for (const note of format === 'json' ? input.notes : notesOf(telling)) output.note(note);
  const most = isDevice && format !== 'ndjson' ? MOST_OF_DEVICE : Number.POSITIVE_INFINITY;
  const all = streams.reduce<number | null>((sum, { length }) => plus(sum, length), 0);
  if (all !== null) progress.begin(all); // else it is told how much of the input was read
  for (const [i, named] of streams.entries()) {
    output.open(i, named);
    const options = optionsOf(named, telling);
    const stream = new InspectionStream(options);
    const beginning = new Beginning();
    const arrivals: number[] = [];
    let length = 0;
    for await (const { bytes, arrivals: came = [] } of named.pieces()) {
      const taken = bytes.subarray(0, most - length);
      if (length < EXPLAINED) for (const one of came) arrivals.push(one.length);
      length += taken.length;
      await tell(stream.push(taken, came), beginning, output);
      output.flush();
      if (all !== null) progress.add(taken.length);
      if (length >= most) break;
      await new Promise((resolve) => setImmediate(resolve)); // who reads the output may go
    }
    await tell(stream.end(), beginning, output);
    const known = arrivals.length > 0 ? { ...options, arrivals } : options;
    output.end(beginning.original(stream.from, known), named, length);
    if (length >= most) output.note(cutNote(length, language));
  }
  output.finish();
}

function outputOf({ input, format, language }: Telling): Output {
  if (format === 'text') return new TextOutput(language);
  if (format === 'ndjson') return new LinesOutput();
  const { streams, notes, form, isDevice } = input;
  const isSingle = streams.length === 1 && streams[0]?.name === '' && notes.length === 0;
  return new JsonOutput(
    { language, ...(form === undefined ? {} : { form }) },
    isSingle && !isDevice,
  );
}

/** What is to be known of the whole input, and which form it was taken for. */
function notesOf({ input: { notes, form }, language }: Telling): readonly string[] {
  return form === undefined ? notes : [formWords(form, language), ...notes];
}

function plus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}

async function tell(
  all: ReturnType<InspectionStream['push']>,
  beginning: Beginning,
  output: Output,
): Promise<void> {
  for (const told of all) {
    beginning.take(told);
    output.told(told);
    const whole =
      told.kind === 'frame' ? told.frame : told.kind === 'handshake' ? told.handshake : null;
    if (whole !== null && whole.problems.length > 0) process.exitCode = 1;
    if (isWaiting()) await written();
  }
}

/** Writes the page, of as much as can be held. */
async function printPage(telling: Telling): Promise<void> {
  const { language } = telling;
  const { streams } = telling.input;
  let isCut = false;
  let [bytesLeft, framesLeft] = [MOST_HELD, MOST_FRAMES];
  const inspected: InspectedSection[] = [];
  for (const stream of streams) {
    const options = optionsOf(stream, telling);
    const all = await hold(stream, bytesLeft);
    const [length, frames] = within(all.bytes, framesLeft, options);
    isCut ||= all.isCut || length < all.bytes.length;
    [bytesLeft, framesLeft] = [bytesLeft - length, framesLeft - frames];
    if (length === 0 && (all.isCut || all.bytes.length > 0)) continue;
    const bytes = all.bytes.subarray(0, length);
    const { name, note, messages } = stream;
    inspected.push({
      name,
      ...(note === undefined ? {} : { note }),
      ...(messages === undefined ? {} : { messages }),
      bytes,
      inspection: inspect(bytes, { ...options, ...all.came }),
    });
  }
  const told = inspected.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const notes = [...notesOf(telling), ...(isCut ? [cutNote(told, language)] : [])];
  for (const piece of inspectionHtml(inspected, { notes, language })) {
    writeText(piece);
    if (isWaiting()) await written();
  }
  if (inspected.some(({ inspection }) => hasProblems(inspection))) process.exitCode = 1;
}

/** What is held of a stream. */
interface Held {
  readonly bytes: Uint8Array;
  /** The pieces in which they came, where they are not in the stream's options. */
  readonly came: Pick<InspectOptions, 'arrivals' | 'times'>;
  readonly isCut: boolean;
}

/** Reads a stream up to so many bytes. */
async function hold(stream: InputStream, most: number): Promise<Held> {
  if (most === 0 && stream.length !== 0) {
    return { bytes: new Uint8Array(0), came: {}, isCut: true };
  }
  const pieces: Uint8Array[] = [];
  const came: Arrival[] = [];
  let length = 0;
  for await (const { bytes, arrivals = [] } of stream.pieces()) {
    pieces.push(bytes);
    for (const arrival of arrivals) came.push(arrival);
    length += bytes.length;
    if (length > most) break;
  }
  const times = came.map(({ time }) => time);
  const isTimed = times.some((time) => time !== undefined);
  const arrivals = came.map((one) => one.length);
  return {
    bytes: joinBytes(pieces).subarray(0, most),
    came: came.length === 0 ? {} : { arrivals, ...(isTimed ? { times } : {}) },
    isCut: length > most,
  };
}

/** Bytes that are counted at a time. */
const PIECE = 1 << 18;

/** The bytes that no more than so many frames have, and how many they are. */
function within(
  bytes: Uint8Array,
  most: number,
  options: InspectOptions,
): [length: number, frames: number] {
  if (bytes.length <= most) return [bytes.length, bytes.length]; // no frame has less than two
  const stream = new InspectionStream(options);
  let frames = 0;
  for (let at = 0; at < bytes.length; at += PIECE) {
    for (const told of stream.push(bytes.subarray(at, at + PIECE))) {
      if (told.kind !== 'frame') continue;
      if (frames === most) return [told.frame.offset, frames];
      frames++;
    }
  }
  return [bytes.length, frames];
}
