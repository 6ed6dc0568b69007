/**
 * What PHP 8 needs changed in a chat server that was written for PHP 7: string offsets in curly
 * braces, and sockets that are used as numbers or as text. Nothing else is changed, and no line moves.
 * It knows PHP's strings and comments, not its grammar.
 * @module
 */

import { php } from '../texts/php.en.js';

/** One change. */
export interface Repair {
  /** The line, from 1. */
  line: number;
  /** What stood there. */
  was: string;
  /** What stands there now. */
  is: string;
  /** Why PHP 8 needs it, as one clause: the text `repair.CODE`, in English. */
  why: string;
  code: RepairCode;
}

/** What PHP 8 has otherwise. */
export type RepairCode = 'curly' | 'number' | 'text';

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
  const edits = [...curlyOffsets(code, source)];
  if (sockets !== null) {
    edits.push(...casts(code, sockets), ...concatenations(code, sockets));
    edits.push(...interpolations(texts, sockets));
  }
  edits.sort((a, b) => a.at - b.at);
  const repairs = edits.map(({ at, ...edit }) => ({
    line: lineOf(source, at),
    ...edit,
    why: php[`repair.${edit.code}`],
  }));
  const fatal = repairs.find(({ code }) => code === 'curly') ?? null;
  return { source: apply(source, edits), repairs, fatal };
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

/** `$msg{$i}`: in PHP 7 a brace directly behind a variable is never the beginning of a block. */
function* curlyOffsets(code: string, source: string): Generator<Edit> {
  const offset = new RegExp(String.raw`(${VARIABLE})[ \t]*\{([^{};\n]+)\}`, 'g');
  for (const { index, 0: found, 1: variable = '' } of code.matchAll(offset)) {
    const was = source.slice(index, index + found.length); // a string between the braces is blank in code
    const inner = was.slice(was.indexOf('{') + 1, -1);
    yield { at: index, was, is: `${variable}[${inner}]`, code: 'curly' };
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
