/**
 * `loopscope inspect`: explains WebSocket bytes from a file, the standard input or the command line.
 * @module
 */

import type { NamedStream } from '../inspect/capture-streams.js';
import type { FormName } from '../inspect/forms.js';
import { messageLines, messageValue } from '../inspect/har-text.js';
import { inspectionHtml } from '../inspect/html.js';
import { hasProblems, inspect } from '../inspect/inspect.js';
import type { Inspection } from '../inspect/inspection.js';
import { inspectionJson } from '../inspect/json.js';
import { type InspectionLine, inspectionLines } from '../inspect/text.js';
import { formWords } from '../inspect/words.js';
import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import { speaker } from '../texts/say.js';
import { terminal } from '../texts/terminal.en.js';
import { terminal as terminalZh } from '../texts/terminal.zh.js';
import { pc } from './colours.js';
import { deflateGiven, type InputOptions, readInput } from './inspect-input.js';
import { writeJson, writeText } from './print.js';

/** What the command line gives. */
export interface InspectCommandOptions extends InputOptions {
  format: 'text' | 'json' | 'html';
}

interface Inspected extends NamedStream {
  readonly inspection: Inspection;
}

/**
 * Runs `loopscope inspect`. The exit code is 0 when there is no problem in the bytes, and 1 when
 * there is one.
 *
 * @param file a file, or `-` for the standard input
 * @throws Failure 2 for wrong usage
 */
export function inspectCommand(
  file: string | undefined,
  options: InspectCommandOptions,
  language: Language = DEFAULT_LANGUAGE,
): void {
  const given = deflateGiven(options);
  const { streams, notes, form } = readInput(file, options, language);
  const inspected = streams.map((stream) => {
    const { deflate: known } = stream.options;
    // what the capture of a handshake says is known better
    const deflate = known === undefined || known === 'perhaps' ? (given ?? known) : known;
    const agreed = deflate === undefined ? {} : { deflate };
    return {
      ...stream,
      inspection: inspect(stream.bytes, { ...stream.options, ...agreed, language }),
    };
  });
  if (options.format === 'json') {
    printJson(inspected, notes, form, language);
  } else {
    const said = form === undefined ? notes : [formWords(form, language), ...notes];
    if (options.format === 'html') {
      for (const piece of inspectionHtml(inspected, { notes: said, language })) writeText(piece);
    } else {
      for (const note of said) writeText(noteLines(note));
      for (const stream of inspected) printText(stream, language);
    }
  }
  if (inspected.some(({ inspection }) => hasProblems(inspection))) process.exitCode = 1;
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

function printText(inspected: Inspected, language: Language): void {
  const { name, note, bytes, inspection, messages = [] } = inspected;
  let text = name === '' ? '' : `${pc.bold(`== ${name} ==`)}\n`;
  if (note !== undefined) text += noteLines(note);
  if (bytes.length === 0)
    text += `${speaker({ en: terminal, zh: terminalZh }, language)('inspect.none')}\n`;
  for (const lines of [
    inspectionLines(bytes, inspection, { language }),
    messageLines(messages, language),
  ]) {
    for (const line of lines) {
      text += `${coloured(line)}\n`;
      if (text.length < 65_536) continue;
      writeText(text);
      text = '';
    }
  }
  writeText(text);
}

/** Breaks a note at the spaces of 80 columns. */
function noteLines(note: string): string {
  return note.replace(/(.{1,80})(?: |$)/g, '$1\n');
}

function coloured({ kind, text }: InspectionLine): string {
  switch (kind) {
    case 'head':
      return pc.bold(text);
    case 'bytes':
      return pc.cyan(text);
    case 'bits':
      return pc.dim(text);
    case 'problem':
      return pc.red(text);
    case 'original':
      return pc.yellow(text);
    case 'meaning':
    case 'rest':
      return text;
  }
}
