/**
 * What PHP 8 needs changed in a chat server that was written for PHP 7: string offsets in curly
 * braces, sockets that are used as numbers, as text or as resources, and two functions that are gone.
 * Nothing else is changed, and no line moves. It knows PHP's strings and comments, not its grammar.
 * @module
 */

import { php } from '../texts/php.en.js';

/** One change. */
export interface Repair {
  /** The line, from 1. */
  line: number;
  /** What stood there. */
  was: string;
  /** What stands there now; of a function that is gone, what stands at the end of the file. */
  is: string;
  /** Why PHP 8 needs it, as one clause: the text `repair.CODE`, in English. */
  why: string;
  code: RepairCode;
}

/** What PHP 8 has otherwise. */
export type RepairCode = 'curly' | 'number' | 'text' | 'resource' | 'gone';

/** A source that PHP 8 runs, as far as these repairs go. */
export interface Repaired {
  source: string;
  repairs: Repair[];
  /** The first repair without which PHP 8 does not even compile the file. */
  fatal: Repair | null;
}

interface Edit {
  at: number;
  was: string;
  is: string;
  code: RepairCode;
}

/**
 * Repairs a copy for PHP 8. A death by TypeError on what cannot be decoded stays: that is how PHP 8
 * differs, and no repair.
 *
 * @param source the PHP file; bytes as characters will do
 */
export function repairForPhp8(source: string): Repaired {
  const { code, texts } = readPhp(source);
  const sockets = socketsOf(code);
  const edits: Edit[] = [...curlyOffsets(code, source), ...cellCasts(code, source, sockets)];
  if (sockets !== null) {
    edits.push(...casts(code, sockets), ...keys(code, sockets), ...resources(code, sockets));
    edits.push(...concatenations(code, sockets), ...interpolations(texts, sockets));
  }
  const apart = withoutOverlap(edits);
  const gone = [...goneFunctions(code)];
  const repairs = [...apart, ...gone]
    .sort((a, b) => a.at - b.at)
    .map(({ at, ...edit }) => ({
      line: lineOf(source, at),
      ...edit,
      why: php[`repair.${edit.code}`],
    }));
  const fatal = repairs.find(({ code }) => code === 'curly') ?? null;
  return { source: withFunctions(apply(source, apart), gone), repairs, fatal };
}

/** In order, and of two at one place the first: `$rows[$socket]{0}`. */
function withoutOverlap(edits: readonly Edit[]): Edit[] {
  let end = 0;
  return [...edits]
    .sort((a, b) => a.at - b.at)
    .filter(({ at, was }) => {
      if (at < end) return false;
      end = at + was.length;
      return true;
    });
}

function apply(source: string, edits: readonly Edit[]): string {
  let repaired = '';
  let from = 0;
  for (const { at, was, is } of edits) {
    repaired += source.slice(from, at) + is;
    from = at + was.length;
  }
  return repaired + source.slice(from);
}

function lineOf(source: string, at: number): number {
  return source.slice(0, at).split('\n').length;
}

/** A piece of the source that is text in double quotes, where PHP puts variables in. */
interface DoubleQuoted {
  at: number;
  text: string;
}

/** What is not code: HTML, comments, strings, heredocs. */
const NOT_CODE = new RegExp(
  [
    /\?>[\s\S]*?(?:<\?(?:php|=)|$)/, // out of PHP and back
    /\/\*[\s\S]*?\*\//,
    /(?:\/\/|#(?!\[))[^\n]*/, // #[ is an attribute
    /'(?:[^'\\]|\\[\s\S])*'/,
    /"(?:[^"\\]|\\[\s\S])*"/,
    /<<<[ \t]*(["']?)(\w+)\1\r?\n[\s\S]*?\n[ \t]*\2\b/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'g',
);

/** Parts code from the rest. What is not code becomes blanks, so that offsets stay. */
function readPhp(source: string): { code: string; texts: DoubleQuoted[] } {
  const blank = (text: string): string => text.replace(/[^\n]/g, ' ');
  const start = source.search(/<\?(?:php|=)/);
  const html = start < 0 ? source.length : start;
  const texts: DoubleQuoted[] = [];
  const code = source.slice(html).replace(NOT_CODE, (text, ...found) => {
    if (text.startsWith('"')) texts.push({ at: html + Number(found.at(-2)), text });
    return blank(text);
  });
  return { code: blank(source.slice(0, html)) + code, texts };
}

/** A variable or a property: `$socket`, `$this->master`, `self::$master`. */
const VARIABLE = String.raw`(?:(?:self|static)::)?\$\w+(?:->\w+)*`;

/** What stands behind the name of an array: `[0]`, `['name']`. */
const INDEX = String.raw`\[[^\[\]\n]*\]`;

/** `$msg{$i}`, `$b[0]{1}`: in PHP 7 a brace directly behind a variable is never the beginning of a block. */
function* curlyOffsets(code: string, source: string): Generator<Edit> {
  const offset = new RegExp(
    String.raw`${VARIABLE}(?:${INDEX})*(?:[ \t]*\{[^{};\n]+\}(?:${INDEX})*)+`,
    'g',
  );
  for (const { index, 0: found } of code.matchAll(offset)) {
    const was = source.slice(index, index + found.length); // a string between the braces is blank in code
    const places = [...found.matchAll(/[ \t]*\{|\}/g)];
    let is = '';
    let from = 0;
    for (const { index: at, 0: brace } of places) {
      is += was.slice(from, at) + (brace === '}' ? ']' : '[');
      from = at + brace.length;
    }
    yield { at: index, was, is: is + was.slice(from), code: 'curly' };
  }
}

/** The names of what holds a socket, as alternatives of a pattern; null when there are none. */
function socketsOf(code: string): string | null {
  const made = String.raw`(${VARIABLE})\s*=\s*@?\s*\\?socket_(?:create|accept)\s*\(`;
  const used = String.raw`\bsocket_(?!select|create|strerror|import|addrinfo|cmsg)\w+\s*\(\s*(${VARIABLE})\s*[,)]`;
  const names = new Set<string>();
  for (const found of code.matchAll(new RegExp(`${made}|${used}`, 'gi'))) {
    names.add(found[1] ?? found[2] ?? '');
  }
  if (names.size === 0) return null;
  const escaped = [...names].map((name) => name.replaceAll('$', String.raw`\$`));
  return `(?:${escaped.join('|')})(?![\\w([]|\\s*(?:->|::))`; // the whole of it, not a part of a row
}

function* casts(code: string, sockets: string): Generator<Edit> {
  const cast = new RegExp(
    String.raw`\(\s*(int|integer|string)\s*\)\s*(${sockets})|\bintval\s*\(\s*(${sockets})\s*\)`,
    'gi',
  );
  for (const found of code.matchAll(cast)) {
    const socket = found[2] ?? found[3] ?? '';
    const isText = found[1]?.toLowerCase() === 'string';
    const is = isText ? `(${named(socket)})` : `spl_object_id(${socket})`;
    yield { at: found.index, was: found[0], is, code: isText ? 'text' : 'number' };
  }
}

/** `(int)$row['resource']`, where such a cell is given to a socket function, or gets a socket. */
function* cellCasts(code: string, source: string, sockets: string | null): Generator<Edit> {
  const cell = `${VARIABLE}(?:${INDEX})+`;
  const names = new Set<string>();
  const patterns = [
    String.raw`\bsocket_(?!select|create|strerror)\w+\s*\(\s*${cell}(?=\s*[,)])`,
    String.raw`${cell}(?=\s*=\s*@?\s*\\?socket_(?:create|accept)\s*\()`,
    ...(sockets === null ? [] : [String.raw`\s*(?==>\s*${sockets})`]),
  ];
  for (const found of code.matchAll(new RegExp(patterns.join('|'), 'g'))) {
    const text = source.slice(0, found.index + found[0].length);
    const name = /['"](\w+)['"]\s*\]?\s*$/.exec(text)?.[1];
    if (name !== undefined) names.add(name);
  }
  const cast = new RegExp(String.raw`\(\s*int(?:eger)?\s*\)\s*(${cell})`, 'gi');
  for (const { index, 0: found, 1: inner = '' } of code.matchAll(cast)) {
    const was = source.slice(index, index + found.length);
    const name = /\[\s*['"](\w+)['"]\s*\]$/.exec(was)?.[1];
    const is = `spl_object_id(${was.slice(found.length - inner.length)})`;
    if (name !== undefined && names.has(name)) yield { at: index, was, is, code: 'number' };
  }
}

/**
 * `$clients[$socket]`: PHP 7 takes the number of the resource; an object is no key, but for tables of
 * objects, which a file with resources cannot have used.
 */
function* keys(code: string, sockets: string): Generator<Edit> {
  if (/\b(?:SplObjectStorage|WeakMap)\b/.test(code)) return;
  const key = new RegExp(String.raw`(?<=[\w\])]\[\s*)${sockets}(?=\s*\])`, 'g');
  for (const { index, 0: was } of code.matchAll(key)) {
    if (/\b(?:return|case|echo|yield|in|as|and|or|xor|print)\[\s*$/.test(code.slice(0, index)))
      continue;
    yield { at: index, was, is: `spl_object_id(${was})`, code: 'number' };
  }
}

/** `is_resource($socket)`. One that is closed is still an object; PHP 7 said that it is none. */
function* resources(code: string, sockets: string): Generator<Edit> {
  const asked = new RegExp(String.raw`\\?\bis_resource\s*\(\s*(${sockets})\s*\)`, 'g');
  for (const { index, 0: was, 1: socket } of code.matchAll(asked)) {
    yield { at: index, was, is: `(${socket} instanceof \\Socket)`, code: 'resource' };
  }
}

/** Functions that PHP 8 has no longer, as they were. */
const GONE: Record<string, string> = {
  each: 'function each(&$array) { $key = key($array); if ($key === null) return false; $value = current($array); next($array); return [1 => $value, "value" => $value, 0 => $key, "key" => $key]; }',
  create_function:
    'function create_function($arguments, $code) { return eval("return function ($arguments) { $code };"); }',
};

/** The first use of each function that is gone, and that the file does not make itself. */
function* goneFunctions(code: string): Generator<Edit> {
  for (const name of Object.keys(GONE)) {
    if (new RegExp(String.raw`\bfunction\s+&?\s*${name}\s*\(`, 'i').test(code)) continue;
    const used = new RegExp(String.raw`(?<![\w$>:]|\bnew\s+)\\?\b${name}\s*\(`, 'i').exec(code);
    if (used === null) continue;
    const is = php['repair.instead'];
    yield { at: used.index, was: `${name}()`, is, code: 'gone' };
  }
}

/** Puts those functions behind the end, where no line moves. */
function withFunctions(source: string, gone: readonly Edit[]): string {
  if (gone.length === 0) return source;
  const made = gone.map(({ was }) => GONE[was.slice(0, -2)] ?? '').join(' ');
  const isOut = source.lastIndexOf('?>') > source.lastIndexOf('<?');
  return `${source}${isOut ? '<?php ' : '\n'}${made}\n`;
}

function* concatenations(code: string, sockets: string): Generator<Edit> {
  const joined = new RegExp(
    String.raw`(?<=(?<!\.)\.=?\s*)${sockets}|${sockets}(?=\s*\.(?![.\d]))`,
    'g',
  );
  for (const { index, 0: was } of code.matchAll(joined)) {
    if (/\)\s*$/.test(code.slice(0, index))) continue; // cast, and so repaired already
    yield { at: index, was, is: `(${named(was)})`, code: 'text' };
  }
}

/** `"server: {$this->master} started"`: the text is cut, and the socket's name put in between. */
function* interpolations(texts: readonly DoubleQuoted[], sockets: string): Generator<Edit> {
  const inside = new RegExp(String.raw`(?<!\\)(?:\{(${sockets})\}|(${sockets}))`, 'g');
  for (const { at, text } of texts) {
    const cut = text.replace(inside, (_, braced, bare) => `" . ${named(braced ?? bare)} . "`);
    if (cut !== text) yield { at, was: text, is: `(${cut})`, code: 'text' };
  }
}

/** As PHP 7 writes a socket; the number is another. */
function named(socket: string): string {
  return `'Resource id #' . spl_object_id(${socket})`;
}
