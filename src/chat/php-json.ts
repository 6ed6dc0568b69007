/**
 * PHP 7.4's `json_decode($text, true)` and `json_encode($value)` with default flags, to the byte.
 * Knows nothing of the chat: which keys a message has is the business of its callers.
 *
 * JavaScript's own JSON is not enough, because PHP differs from it: 1 and 1.0 are two types, and
 * integers of 64 bits are exact; keys stay in the order in which they came, "0" and "1" too; half a
 * surrogate pair is an error; and there is a limit to the depth.
 * @module
 */
import { fromUtf8, toUtf8 } from '../bytes.js';
import { isPhpList, type PhpArray, type PhpValue, phpList } from './php-values.js';

/**
 * The default `$depth` of both functions. They do not count alike: json_decode refuses the 512th
 * nested array, json_encode the 513th.
 */
const DEPTH = 512;

const INT_MIN = -(2n ** 63n);
const INT_MAX = 2n ** 63n - 1n;

const WHITESPACE = /[ \t\r\n]*/y;
const LITERAL = /true|false|null/y; // in lower case only
const NUMBER = /-?(?:0|[1-9][0-9]*)((?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 8259 section 7 names them
const STRING = /"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*"/y;

/** Half a surrogate pair without the other half. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Decodes as `json_decode($text, true)` does.
 *
 * @returns the value, with objects as arrays; null for anything that is not JSON, so that nobody
 *   can tell it from the text `null`
 * @see PHP manual, json_decode
 */
export function phpJsonDecode(bytes: Uint8Array): PhpValue {
  // RFC 8259 section 8.1: "Implementations MUST NOT add a byte order mark", and PHP takes none:
  // it is kept here, so that it is the syntax error that it is to PHP.
  const text = fromUtf8(bytes);
  if (text === null) return null;
  try {
    return new Parser(text).parse();
  } catch (error) {
    if (error instanceof NotJson) return null;
    throw error;
  }
}

/** Leads out of the parser; json_last_error() would have the reason, but the original never asks. */
class NotJson extends Error {}

/** Reads one text, once. */
class Parser {
  readonly #text: string;
  #position = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
  }

  parse(): PhpValue {
    const value = this.#value();
    if (this.#peek() !== '') throw new NotJson();
    return value;
  }

  #value(): PhpValue {
    switch (this.#peek()) {
      case '{':
        return this.#nested(() => this.#object());
      case '[':
        return this.#nested(() => phpList(this.#list(']', () => this.#value())));
      case '"':
        return this.#string();
      case 't':
      case 'f':
      case 'n':
        return LITERALS[this.#take(LITERAL)[0]] as boolean | null;
      default:
        return this.#number();
    }
  }

  #nested(read: () => PhpArray): PhpArray {
    if (++this.#depth >= DEPTH) throw new NotJson();
    this.#position++; // the bracket
    const array = read();
    this.#depth--;
    return array;
  }

  /** A key that comes twice keeps its first place and gets its last value, in a Map as in PHP. */
  #object(): PhpArray {
    return new Map(
      this.#list('}', () => {
        const key = this.#string();
        if (this.#peek() !== ':') throw new NotJson();
        this.#position++;
        return [key, this.#value()];
      }),
    );
  }

  /** Items with commas between, up to and with the closing bracket. */
  #list<Item>(closing: ']' | '}', item: () => Item): Item[] {
    const items: Item[] = [];
    if (this.#peek() !== closing) {
      items.push(item());
      while (this.#peek() === ',') {
        this.#position++;
        items.push(item());
      }
    }
    if (this.#peek() !== closing) throw new NotJson();
    this.#position++;
    return items;
  }

  #string(): string {
    this.#peek();
    const string = JSON.parse(this.#take(STRING)[0]) as string;
    if (LONE_SURROGATE.test(string)) throw new NotJson();
    return string;
  }

  /** A fraction or an exponent makes a float, and so does an integer beyond 64 bits. */
  #number(): bigint | number {
    const [number, fractionOrExponent] = this.#take(NUMBER);
    if (fractionOrExponent !== '') return Number(number); // Infinity for 1e999, as PHP's INF
    const int = BigInt(number);
    return int >= INT_MIN && int <= INT_MAX ? int : Number(number);
  }

  /** The next character behind white space, or '' at the end. */
  #peek(): string {
    this.#take(WHITESPACE);
    return this.#text.charAt(this.#position);
  }

  #take(token: RegExp): RegExpExecArray {
    token.lastIndex = this.#position;
    const match = token.exec(this.#text);
    if (match === null) throw new NotJson();
    this.#position = token.lastIndex;
    return match;
  }
}

const LITERALS: Readonly<Record<string, boolean | null>> = { true: true, false: false, null: null };

/**
 * Encodes as `json_encode($value)` does.
 *
 * @returns ASCII, with `/` and all beyond ASCII escaped; false when the value holds INF or NAN, a
 *   string that is not UTF-8, or arrays nested more than 512 deep
 * @see PHP manual, json_encode, with serialize_precision at its default of -1
 */
export function phpJsonEncode(value: PhpValue): Uint8Array | false {
  try {
    return toUtf8(encode(value, 0));
  } catch (error) {
    if (error instanceof NotEncodable) return false;
    throw error;
  }
}

/** One unencodable value anywhere spoils the whole: PHP gives no part of it. */
class NotEncodable extends Error {}

function encode(value: PhpValue, depth: number): string {
  switch (typeof value) {
    case 'string':
      return encodeString(value);
    case 'number':
      return encodeFloat(value);
    case 'object':
      return value === null ? 'null' : encodeArray(value, depth + 1);
    case 'bigint':
    case 'boolean':
      return String(value);
  }
}

/** An array is `[...]` when its keys are 0, 1, 2 and so on, otherwise `{...}`; an empty one `[]`. */
function encodeArray(array: PhpArray, depth: number): string {
  if (depth > DEPTH) throw new NotEncodable();
  const items = [...array].map(([key, item]) => [encodeString(key), encode(item, depth)] as const);
  return isPhpList(array)
    ? `[${items.map(([, item]) => item).join(',')}]`
    : `{${items.map(([key, item]) => `${key}:${item}`).join(',')}}`;
}

function encodeString(text: string): string {
  if (LONE_SURROGATE.test(text)) throw new NotEncodable();
  // What is left to do: the slash, and all beyond ASCII, a surrogate pair as two escapes.
  return JSON.stringify(text).replace(/\/|[\u0080-\uffff]/g, (unit) =>
    unit === '/' ? '\\/' : `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/**
 * The fewest digits that give the same float back, as JavaScript writes them; but PHP goes over to
 * an exponent elsewhere, below 0.0001 and from 1e17, and then writes 1.0e+17 for 1e+17.
 */
function encodeFloat(float: number): string {
  if (!Number.isFinite(float)) throw new NotEncodable();
  if (Object.is(float, -0)) return '-0';
  const [digits, exponent] = float.toExponential().split('e') as [string, string];
  if (float === 0 || (Number(exponent) >= -4 && Number(exponent) <= 16)) return String(float);
  return `${digits.includes('.') ? digits : `${digits}.0`}e${exponent}`;
}
