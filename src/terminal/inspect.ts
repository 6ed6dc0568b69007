/**
 * `loopscope inspect`: explains WebSocket bytes from a file, the standard input or the command line.
 * @module
 */

import { Beginning } from '../inspect/beginning.js';
import type { NamedStream } from '../inspect/capture-streams.js';
import type { FormName } from '../inspect/forms.js';
import { messageValue } from '../inspect/har-text.js';
import { inspectionHtml } from '../inspect/html.js';
import { hasProblems, inspect } from '../inspect/inspect.js';
import type { Inspection } from '../inspect/inspection.js';
import { InspectionStream } from '../inspect/inspection-stream.js';
import { inspectionJson } from '../inspect/json.js';
import { formWords } from '../inspect/words.js';
import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import { speaker } from '../texts/say.js';
import { terminal } from '../texts/terminal.en.js';
import { terminal as terminalZh } from '../texts/terminal.zh.js';
import { deflateGiven, type Input, type InputOptions, readInput } from './inspect-input.js';
import { LinesOutput, type Output, TextOutput } from './inspect-output.js';
import { writeJson, writeText } from './print.js';

/** What the command line gives. */
export interface InspectCommandOptions extends InputOptions {
  format: 'text' | 'json' | 'ndjson' | 'html';
}

interface Inspected extends NamedStream {
  readonly inspection: Inspection;
}

/** JSON and HTML hold all of their input: so many bytes of it, and so many frames. */
const MOST_HELD = 1 << 26;
const MOST_FRAMES = 500_000;
/** A device, `/dev/zero` for one, has no end: so many bytes are told as text. */
const MOST_OF_DEVICE = 1 << 22;
/** Bytes that are inspected at a time: in between, who reads the output may go. */
const PIECE = 1 << 18;

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
  const read = await readInput(file, options, language);
  const input = { ...read, streams: read.streams.map((stream) => withDeflate(stream, given)) };
  const { format } = options;
  if (format === 'json' || format === 'html') await printHeld(input, format, language);
  else await printComing(input, format, language);
}

/** What the capture of a handshake says is known better than what is given. */
function withDeflate(stream: NamedStream, given: ReturnType<typeof deflateGiven>): NamedStream {
  const { deflate: known } = stream.options;
  const deflate = known === undefined || known === 'perhaps' ? (given ?? known) : known;
  return deflate === undefined ? stream : { ...stream, options: { ...stream.options, deflate } };
}

/** Says how much of the input is told, where it is not all. */
function cutNote(bytes: number, language: Language): string {
  return speaker({ en: terminal, zh: terminalZh }, language)('inspect.cut', { bytes });
}

/** Writes each frame as it comes, and holds none. */
async function printComing(
  { streams, notes, form, coming, isDevice }: Input,
  format: 'text' | 'ndjson',
  language: Language,
): Promise<void> {
  const output: Output = format === 'text' ? new TextOutput(language) : new LinesOutput();
  for (const note of form === undefined ? notes : [formWords(form, language), ...notes]) {
    output.note(note);
  }
  const most = isDevice && format === 'text' ? MOST_OF_DEVICE : Number.POSITIVE_INFINITY;
  for (const [i, named] of streams.entries()) {
    output.open(i, named);
    const options = { ...named.options, language };
    const stream = new InspectionStream(options);
    const beginning = new Beginning();
    let length = 0;
    for await (const piece of pieces(named, coming)) {
      const taken = piece.subarray(0, most - length);
      length += taken.length;
      tell(stream.push(taken), beginning, output);
      if (length >= most) break;
    }
    tell(stream.end(), beginning, output);
    output.end(beginning.original(stream.from, options), named, length);
    if (length >= most) output.note(cutNote(length, language));
  }
}

function tell(
  all: ReturnType<InspectionStream['push']>,
  beginning: Beginning,
  output: Output,
): void {
  for (const told of all) {
    beginning.take(told);
    output.told(told);
    const whole =
      told.kind === 'frame' ? told.frame : told.kind === 'handshake' ? told.handshake : null;
    if (whole !== null && whole.problems.length > 0) process.exitCode = 1;
  }
}

async function* pieces(
  { bytes }: NamedStream,
  coming: Input['coming'],
): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += PIECE) {
    yield bytes.subarray(at, at + PIECE);
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (coming !== undefined) yield* coming.all();
}

/** Writes all at once, of as much as can be held. */
async function printHeld(
  { streams, notes, form, coming }: Input,
  format: 'json' | 'html',
  language: Language,
): Promise<void> {
  const held = await coming?.upTo(MOST_HELD);
  let isCut = held?.isCut === true;
  let [bytesLeft, framesLeft] = [MOST_HELD, MOST_FRAMES];
  const inspected: Inspected[] = [];
  for (const stream of streams) {
    const all = held?.bytes ?? stream.bytes;
    const [length, frames] = within(all.subarray(0, bytesLeft), framesLeft, stream);
    isCut ||= length < all.length;
    [bytesLeft, framesLeft] = [bytesLeft - length, framesLeft - frames];
    if (length === 0 && all.length > 0) continue;
    const bytes = all.subarray(0, length);
    const options = { ...stream.options, language };
    inspected.push({ ...stream, bytes, inspection: inspect(bytes, options) });
  }
  const told = inspected.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const known = isCut ? [...notes, cutNote(told, language)] : notes;
  if (format === 'json') printJson(inspected, known, form, language);
  else {
    const said = form === undefined ? known : [formWords(form, language), ...known];
    for (const piece of inspectionHtml(inspected, { notes: said, language })) writeText(piece);
  }
  if (inspected.some(({ inspection }) => hasProblems(inspection))) process.exitCode = 1;
}

/** The bytes that no more than so many frames have, and how many they are. */
function within(
  bytes: Uint8Array,
  most: number,
  { options }: NamedStream,
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

/**
 * One inspection as it is; what has several streams, or notes, as `{"streams": [{"name", "note"?,
 * "inspection", "messages"?}], "notes"}`. Each with the form that a text was taken for.
 */
function printJson(
  inspected: readonly Inspected[],
  notes: readonly string[],
  form: FormName | undefined,
  language: Language,
): void {
  const single = inspected.length === 1 && inspected[0]?.name === '' && notes.length === 0;
  const formed = form === undefined ? {} : { form };
  if (!single) writeJson('{"streams": [');
  for (const [i, { name, note, inspection, messages }] of inspected.entries()) {
    const noted = note === undefined ? '' : `"note": ${JSON.stringify(note)}, `;
    const key = `${i === 0 ? '' : ','}\n{"name": ${JSON.stringify(name)}, ${noted}"inspection": `;
    if (!single) writeJson(key);
    for (const piece of inspectionJson(inspection, { language, ...(single && formed) })) {
      writeJson(piece);
    }
    if (messages !== undefined)
      writeJson(`,\n"messages": ${JSON.stringify(messages.map(messageValue))}`);
    if (!single) writeJson('}');
  }
  const said = JSON.stringify({ notes, ...formed }).slice(1);
  writeJson(single ? '\n' : `],\n${said}\n`);
}
