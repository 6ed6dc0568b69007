/**
 * What `loopscope compare` prints of two servers in a scenario: a line, the whole report, or JSON.
 * @module
 */

import stringWidth from 'string-width';
import { describeDefect } from '../chat/defects.js';
import { type Comparison, describeDifference, type WireDifference } from '../scenario/compare.js';
import { firstParting, partingOf } from '../scenario/parting.js';
import type { JsonDifference } from '../scenario/reading.js';
import { compare as texts } from '../texts/compare.en.js';
import { compare as textsZh } from '../texts/compare.zh.js';
import { DEFAULT_LANGUAGE, type Language } from '../texts/language.js';
import { type Say, speaker } from '../texts/say.js';
import { cut, pad } from '../trace/columns.js';
import { type TraceRow, tracesEqual } from '../trace/diff.js';
import type { TraceEvent } from '../trace/event.js';
import { formatEvent } from '../trace/ndjson.js';
import { describeStep, printable } from '../trace/text.js';
import { pc } from './colours.js';
import { restlessLines } from './restless.js';
import { terminalWidth } from './story.js';
import { sentence } from './wrap.js';

/** Says what stands in the table. */
type CompareSay = Say<keyof typeof texts>;

/** A sentence in lines. */
const fold = (line: string): string[] => sentence(line);

/** The texts of a comparison; its numbers are looked up, so thousands are not set apart. */
export function compareSpeaker(language: Language = DEFAULT_LANGUAGE): CompareSay {
  return speaker({ en: texts, zh: textsZh }, language, { grouping: false });
}

/** One line: whether they are equal, and in a few words where they part. */
export function comparisonSummary(comparison: Comparison, language?: Language): string {
  const say = compareSpeaker(language);
  const { scenario, left, right, equal, bytes, rows } = comparison;
  const words = [say('equal'), say('different')];
  const verdict = pad(
    say(equal ? 'equal' : 'different'),
    Math.max(...words.map((word) => stringWidth(word))),
  );
  const count =
    rows === null
      ? say('bytes.alone', { bytes })
      : say('bytes.steps', { bytes, steps: rows.length });
  const short = restlessLines(comparison, 'short', language).join(say('restless.and'));
  const where = equal ? '' : whereTheyPart(comparison, say, language);
  const rest = [where, short].filter((text) => text !== '').map((text) => `  ${text}`);
  const painted = equal ? pc.green(verdict) : pc.red(verdict);
  return `${painted}  ${printable(scenario).padEnd(24)} ${left} | ${right}  ${count}${rest.join('')}`;
}

/** In a few words: the first place on the wire, else in the steps. */
function whereTheyPart(
  { wire, rows }: Comparison,
  say: CompareSay,
  language: Language | undefined,
): string {
  const first = wire.find(({ form }) => form === null);
  if (first !== undefined) {
    const { field } = describeDifference(first, language);
    return say('part.at', { client: printable(first.client), field: printable(field) });
  }
  const row = rows?.[firstParting(rows)];
  const isPart = row !== undefined && partingOf(row)?.kind === 'part';
  if (isPart) return say('part.step', { step: (row.left ?? row.right)?.step ?? '' });
  return say(wire.length > 0 ? 'part.form' : 'part.told');
}

/**
 * Both sides' steps beside each other, and where they part on the wire.
 *
 * @param proof what was proven of it, in lines, in place of what the scenario is about
 */
export function comparisonReport(
  comparison: Comparison,
  proof: readonly string[] = [],
  language: Language = DEFAULT_LANGUAGE,
): string {
  const say = compareSpeaker(language);
  const { scenario, left, right, equal, wire, rows, bytes, notes } = comparison;
  const lines = [pc.bold(printable(scenario)), '', ...notes.map(printable).flatMap(fold)];
  if (rows === null) lines.push(...fold(say('noSteps')));
  else lines.push(...sideBySide(left, right, rows, language));
  lines.push('');
  if (wire.length === 0) lines.push(say('wire.equal', { bytes }));
  else lines.push(say('wire'), ...wireReport(wire, left, right, language));
  if (rows !== null) lines.push(...stepReport(rows, left, right, language));
  if (!equal) lines.push(...(proof.length > 0 ? proof : aboutLines(comparison, language)));
  const restless = restlessLines(comparison, equal ? 'equal' : 'whole', language);
  if (!equal) lines.push(...restless.flatMap(fold), pc.red(say('verdict.different')));
  else
    lines.push(
      ...(restless.length > 0 ? restless.flatMap(fold) : [pc.green(say('verdict.equal'))]),
    );
  return `${lines.join('\n')}\n`;
}

/** What the scenario is there to show. Nobody has looked whether that parts these two. */
function aboutLines({ about, wire, rows }: Comparison, language: Language): string[] {
  const say = compareSpeaker(language);
  const doPart =
    wire.some(({ form }) => form === null) ||
    rows?.some((row) => partingOf(row)?.kind === 'part') === true;
  if (!doPart || about.length === 0) return [];
  return [
    say('about'),
    ...about.map((number) => `  ${number} ${titleOf(number, language)}`.trimEnd()),
    say('about.unproven'),
  ].flatMap(fold);
}

function titleOf(number: string, language: Language): string {
  return describeDefect(number, language)?.title ?? '';
}

/** The first step in which they part, whole: in the columns above, what differs may be cut off. */
function stepReport(
  rows: readonly TraceRow[],
  left: string,
  right: string,
  language: Language,
): string[] {
  if (tracesEqual(rows)) return [];
  const say = compareSpeaker(language);
  const row = rows[firstParting(rows)];
  const parting = row === undefined ? null : partingOf(row);
  if (row === undefined || parting?.kind !== 'part') return fold(say('steps.form'));
  const width = Math.max(left.length, right.length);
  const line = (name: string, event: TraceEvent | null): string => {
    const text = event === null ? say('nothing') : stepText(event, language);
    return `    ${name.padEnd(width)}  ${shortened(text)}`;
  };
  return [
    ...fold(say('steps.part')),
    line(left, row.left),
    line(right, row.right),
    ...jsonLines(parting.json, width, say),
  ];
}

function sideBySide(
  left: string,
  right: string,
  rows: readonly TraceRow[],
  language: Language,
): string[] {
  const column = Math.floor(((terminalWidth() ?? 100) - 3) / 2);
  const line = (a: string, mark: string, b: string): string =>
    `${pad(cut(a, column), column)} ${mark} ${cut(b, column)}`.trimEnd();
  const body = rows.map((row) => {
    const [a, b] = [stepText(row.left, language), stepText(row.right, language)];
    return row.same ? line(a, ' ', b) : pc.red(line(a, '≠', b));
  });
  return [pc.bold(line(left, ' ', right)), ...body];
}

function stepText(event: TraceEvent | null, language: Language): string {
  return event === null ? '' : `${event.step.padEnd(10)} ${describeStep(event, language)}`;
}

/** Where they part, client by client; of what differs in form alone, the first of each kind. */
function wireReport(
  wire: readonly WireDifference[],
  left: string,
  right: string,
  language: Language,
): string[] {
  const say = compareSpeaker(language);
  const form = new Map<string, WireDifference[]>();
  for (const one of wire) {
    if (one.form === null) continue;
    const kind = formText(one, language);
    form.set(kind, [...(form.get(kind) ?? []), one]);
  }
  const lines = wire
    .filter((one) => one.form === null)
    .flatMap((one) => wireLines(one, left, right, language));
  for (const [kind, [first, ...more]] of form) {
    if (first === undefined) continue;
    const clients = more.map(({ client }) => client);
    const key = more.length === 0 ? 'form.alone' : 'form.alone.more';
    lines.push(
      ...fold(`  ${say(key, { kind, clients })}`),
      ...wireLines(first, left, right, language),
    );
  }
  return lines;
}

function formText({ form, defect }: WireDifference, language: Language): string {
  if (defect !== null) return `${defect} ${titleOf(defect, language)}`;
  return compareSpeaker(language)(form === 'head' ? 'form.head' : 'form.json');
}

/** One place where they part, on both sides, decoded. */
export function wireLines(
  difference: WireDifference,
  left: string,
  right: string,
  language?: Language,
): string[] {
  const say = compareSpeaker(language);
  const { client, leftOffset, rightOffset, form, json } = difference;
  const said = describeDifference(difference, language);
  const width = Math.max(left.length, right.length);
  const side = (name: string, offset: number, hex: string, reads: string): string[] => [
    `    ${name.padEnd(width)}  ${say('wire.byte', { offset, bytes: printable(hex) })}`,
    ...(reads === '' ? [] : [`    ${''.padEnd(width)}  ${shortened(printable(reads))}`]),
  ];
  const where = { client, field: printable(said.field) };
  return [
    ...fold(`  ${say(form === null ? 'wire.parts' : 'wire.differs', where)}`),
    ...side(left, leftOffset, said.left, said.leftReads),
    ...side(right, rightOffset, said.right, said.rightReads),
    ...jsonLines(json, width, say),
  ];
}

/** Where two texts of JSON part. */
function jsonLines(json: JsonDifference | null, width: number, say: CompareSay): string[] {
  if (json === null) return [];
  const has = (value: string | null): string =>
    value === null ? say('nothing') : shortened(printable(value), 80);
  const where = json.path === '' ? say('json.whole') : printable(json.path);
  const parts = say('json.parts', { where, left: has(json.left), right: has(json.right) });
  return [`    ${pad(say('json'), width)}  ${parts}`];
}

/** No decoded text is longer. */
const MOST = 400;

function shortened(text: string, most = MOST): string {
  return text.length <= most ? text : `${text.slice(0, most)}…`;
}

/** What a program is told of it. */
export function comparisonJson({ rows, ...rest }: Comparison): object {
  const plain = (event: TraceEvent | null): unknown =>
    event === null ? null : JSON.parse(formatEvent(event));
  const steps =
    rows?.map((row) => ({ same: row.same, left: plain(row.left), right: plain(row.right) })) ??
    null;
  return { ...rest, steps };
}
