/**
 * What `loopscope inspect` writes while the bytes come: text for a person, JSON, or NDJSON.
 * @module
 */

import { messageLines, messageValue } from '../inspect/har-text.js';
import type { OriginalRead } from '../inspect/inspection.js';
import type { Told } from '../inspect/inspection-stream.js';
import { InspectionJson, type InspectionJsonOptions } from '../inspect/json.js';
import { noteLine, StreamLines } from '../inspect/json-lines.js';
import { type InspectionLine, InspectionWriter } from '../inspect/text.js';
import { TextBudget } from '../inspect/text-budget.js';
import { wordsIn } from '../inspect/words.js';
import type { Language } from '../texts/language.js';
import { speaker } from '../texts/say.js';
import { terminal } from '../texts/terminal.en.js';
import { terminal as terminalZh } from '../texts/terminal.zh.js';
import { pc } from './colours.js';
import type { InputStream } from './inspect-input.js';
import { writeJson, writeText } from './print.js';

/** Takes what is told of one stream after the other. */
export interface Output {
  /** Of the whole input. */
  note(note: string): void;
  open(number: number, stream: InputStream): void;
  told(told: Told): void;
  /** Nothing more is known for now: what was gathered is written. */
  flush(): void;
  /** @param length bytes that there were */
  end(original: readonly OriginalRead[], stream: InputStream, length: number): void;
  /** Behind all streams. */
  finish(): void;
}

/** Characters that are gathered before they are written. */
const GATHERED = 65_536;

/** Text of 80 columns. */
export class TextOutput implements Output {
  readonly #language: Language;
  readonly #budget = new TextBudget();
  #writer: InspectionWriter;
  /** Streams for which there was no room any more. */
  #untold = 0;
  #text = '';

  constructor(language: Language) {
    this.#language = language;
    this.#writer = new InspectionWriter({ language }, this.#budget);
  }

  note(note: string): void {
    writeText(noteLines(note));
  }

  open(_number: number, { name, note }: InputStream): void {
    if (this.#budget.isSpent) this.#untold++;
    if (this.#untold > 0) return;
    this.#writer = new InspectionWriter({ language: this.#language }, this.#budget);
    if (name !== '') this.#text += `${pc.bold(`== ${name} ==`)}\n`;
    if (note !== undefined) this.#text += noteLines(note);
  }

  told(told: Told): void {
    if (this.#untold > 0) return;
    const writer = this.#writer;
    if (told.kind === 'frame') this.#add(writer.frame(told.frame, told.bytes));
    else if (told.kind === 'handshake') this.#add(writer.handshake(told.handshake, told.bytes));
    else this.#add(writer.rest(told.rest, told.bytes));
  }

  end(original: readonly OriginalRead[], { messages = [] }: InputStream, length: number): void {
    if (this.#untold > 0) return;
    if (length === 0) {
      const say = speaker({ en: terminal, zh: terminalZh }, this.#language);
      this.#text += `${say('inspect.none')}\n`;
    }
    this.#add(this.#writer.end(original));
    this.#add(messageLines(messages, this.#language));
    this.flush();
  }

  finish(): void {
    if (this.#untold === 0) return;
    const say = wordsIn(this.#language);
    writeText(noteLines(say('left-out.streams', { n: this.#untold })));
  }

  #add(lines: Iterable<InspectionLine>): void {
    for (const line of lines) {
      this.#text += `${coloured(line)}\n`;
      if (this.#text.length >= GATHERED) this.flush();
    }
  }

  flush(): void {
    writeText(this.#text);
    this.#text = '';
  }
}

/** A line a frame. */
export class LinesOutput implements Output {
  #lines = new StreamLines(0);
  #text = '';

  note(note: string): void {
    this.#add(noteLine(note));
  }

  open(number: number, { name, note }: InputStream): void {
    this.#lines = new StreamLines(number);
    this.#add(this.#lines.open(name, note));
  }

  told(told: Told): void {
    this.#add(this.#lines.told(told));
  }

  flush(): void {
    writeJson(this.#text);
    this.#text = '';
  }

  end(original: readonly OriginalRead[], { messages = [] }: InputStream): void {
    for (const message of messages) this.#add(this.#lines.message(messageValue(message)));
    for (const line of this.#lines.end(original)) this.#add(line);
    this.flush();
  }

  finish(): void {
    this.flush();
  }

  #add(line: string): void {
    this.#text += line;
    if (this.#text.length >= GATHERED) this.flush();
  }
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

/**
 * One inspection as it is; what has several streams, or notes, as `{"streams": [{"name", "note"?,
 * "inspection", "messages"?}], "notes"}`. Each with the form that a text was taken for.
 */
export class JsonOutput implements Output {
  readonly #options: InspectionJsonOptions;
  readonly #isSingle: boolean;
  readonly #notes: string[] = [];
  #inspection = new InspectionJson();
  #text = '';

  /** @param isSingle whether there is one stream, without a name, and nothing to be known beside it */
  constructor(options: InspectionJsonOptions, isSingle: boolean) {
    this.#options = options;
    this.#isSingle = isSingle;
    if (!isSingle) this.#text = '{"streams": [';
  }

  note(note: string): void {
    this.#notes.push(note);
  }

  open(number: number, { name, note }: InputStream): void {
    const { language, form } = this.#options;
    this.#inspection = new InspectionJson({
      ...(language === undefined ? {} : { language }),
      ...(form !== undefined && this.#isSingle ? { form } : {}),
    });
    if (!this.#isSingle) {
      const noted = note === undefined ? '' : `"note": ${JSON.stringify(note)}, `;
      const between = number === 0 ? '' : ',';
      this.#add(`${between}\n{"name": ${JSON.stringify(name)}, ${noted}"inspection": `);
    }
    this.#add(this.#inspection.open());
  }

  told(told: Told): void {
    this.#add(this.#inspection.told(told));
  }

  flush(): void {
    writeJson(this.#text);
    this.#text = '';
  }

  end(original: readonly OriginalRead[], { messages }: InputStream): void {
    for (const piece of this.#inspection.end(original)) this.#add(piece);
    if (messages !== undefined) {
      this.#add(`,\n"messages": ${JSON.stringify(messages.map(messageValue))}`);
    }
    if (!this.#isSingle) this.#add('}');
  }

  finish(): void {
    const { form } = this.#options;
    const said = JSON.stringify({ notes: this.#notes, form }).slice(1);
    this.#add(this.#isSingle ? '\n' : `],\n${said}\n`);
    this.flush();
  }

  #add(piece: string): void {
    this.#text += piece;
    if (this.#text.length >= GATHERED) this.flush();
  }
}
