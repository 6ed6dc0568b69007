/**
 * Reads the arguments of a system call, as strace(1) prints them. Any text at all may come: what is no
 * value is null. In linear time.
 * @module
 */

import type { NumberValue, StringValue, StructValue, Value, WordValue } from './values.js';

/** Brackets within brackets that are followed; no call of a socket has more than four. */
const DEEPEST = 24;

/** What a backslash and a letter stand for. */
const ESCAPES: Record<string, string> = {
  n: '\n',
  t: '\t',
  r: '\r',
  v: '\v',
  f: '\f',
  '"': '"',
  '\\': '\\',
};

/** Reads arguments, from left to right, each character once. */
export class ValueReader {
  readonly text: string;
  at: number;
  /** No sign that closes a decoration is left, as was seen once; it need not be looked for again. */
  #undecorated = false;

  constructor(text: string, at = 0) {
    this.text = text;
    this.at = at;
  }

  /**
   * Reads values up to a closing sign, and takes that one too.
   *
   * @param cut take what is there where the text ends before it: a call that has not returned
   * @returns null for what is no list of values
   */
  values(close: string, cut = false, depth = 0): Value[] | null {
    const values: Value[] = [];
    for (;;) {
      this.#space();
      if (this.at >= this.text.length) return cut ? values : null;
      if (this.#takes(close)) return values;
      // clone(2) is printed with the names of its arguments, wait4(2) with what a status means
      const [sign] = this.#match(/,|&&|\|\||==|\w+=(?![=>])/y) ?? [];
      if (sign !== undefined) {
        this.at += sign.length;
        continue;
      }
      const value = this.#value(depth);
      if (value === null) return cut ? values : null;
      values.push(value);
    }
  }

  #value(depth: number): Value | null {
    let value = this.#one(depth);
    // `[128 => 16]`, `{flags=…} => {parent_tid=…}`: what the call made of it is what counts
    for (;;) {
      const here = this.at;
      this.#space();
      if (value === null || !this.text.startsWith('=>', this.at)) {
        this.at = here;
        return value;
      }
      this.at += 2;
      this.#space();
      value = this.#one(depth);
    }
  }

  #one(depth: number): Value | null {
    if (depth > DEEPEST) return null;
    const character = this.text[this.at];
    switch (character) {
      case '"':
        return this.#string();
      case '[': {
        this.at++;
        const values = this.values(']', false, depth + 1);
        return values && { kind: 'list', values };
      }
      case '{':
        this.at++;
        return this.#struct(depth + 1);
      case '~': // all signals but these
        this.at++;
        return this.#one(depth + 1);
      case '/': // a remark of strace's
        return this.#remark() ? this.#one(depth + 1) : null;
      default:
        return this.#number() ?? this.#word(depth);
    }
  }

  #struct(depth: number): StructValue | null {
    const fields = new Map<string, Value>();
    for (;;) {
      this.#space();
      if (this.#takes('}')) return { kind: 'struct', fields };
      const [sign] = this.#match(/,|&&|\|\||==/y) ?? [];
      if (sign !== undefined) {
        this.at += sign.length;
        continue;
      }
      if (this.text.startsWith('...', this.at)) {
        this.at += 3;
        continue;
      }
      const [found, name] = this.#match(/(\w+)=(?!>)/y) ?? [];
      if (found !== undefined) this.at += found.length;
      const value = this.#value(depth);
      if (value === null) return null;
      fields.set(name ?? String(fields.size), value);
    }
  }

  #string(): StringValue | null {
    const pieces: string[] = [];
    this.at++;
    for (;;) {
      const plain = this.#match(/[^"\\]+/y)?.[0] ?? '';
      if (plain !== '') pieces.push(plain);
      this.at += plain.length;
      if (this.#takes('"')) break;
      if (!this.#escaped(pieces)) return null;
    }
    const whole = !this.#takes('...');
    return { kind: 'string', bytes: pieces.join(''), whole };
  }

  /** Takes a run of escapes; with -xx a whole buffer is one. */
  #escaped(pieces: string[]): boolean {
    const hex = this.#match(/(?:\\x[\da-f]{2})+/y)?.[0];
    if (hex !== undefined) {
      this.at += hex.length;
      const codes = new Uint8Array(hex.length / 4);
      for (let i = 0; i < codes.length; i++) {
        codes[i] = Number.parseInt(hex.slice(4 * i + 2, 4 * i + 4), 16);
      }
      pieces.push(latin1(codes));
      return true;
    }
    const octal = this.#match(/\\([0-7]{1,3})/y);
    if (octal !== null) {
      this.at += octal[0].length;
      pieces.push(String.fromCharCode(Number.parseInt(octal[1] ?? '0', 8) & 0xff));
      return true;
    }
    const letter = ESCAPES[this.text[this.at + 1] ?? ''];
    if (letter === undefined) return false;
    this.at += 2;
    pieces.push(letter);
    return true;
  }

  #number(): NumberValue | null {
    const [text] = this.#match(/-?\d+(?![\w.])/y) ?? [];
    if (text === undefined) return null;
    this.at += text.length;
    return { kind: 'number', value: Number(text), of: this.decoration() };
  }

  /** Takes what -y puts behind a descriptor, `<TCP:[127.0.0.1:80->127.0.0.1:90]>`; null for nothing. */
  decoration(): string | null {
    if (this.#undecorated || this.text[this.at] !== '<') return null;
    let depth = 0; // a device is `<path<char 1:3>>`
    for (let at = this.at + 1; at < this.text.length; at++) {
      const character = this.text[at];
      if (character === '<') depth++;
      else if (character === '>' && this.text[at - 1] !== '-' && depth-- === 0) {
        const of = this.text.slice(this.at + 1, at);
        this.at = at + 1;
        this.#takes('(deleted)');
        return of;
      }
    }
    this.#undecorated = true;
    return null;
  }

  #word(depth: number): WordValue | null {
    const [text] = this.#match(/[\w@$.+*|^!:-]+/y) ?? [];
    if (text === undefined) return null;
    this.at += text.length;
    if (!this.#takes('(')) {
      this.decoration(); // AT_FDCWD
      this.#remark();
      return { kind: 'word', text, args: [] };
    }
    const args = this.values(')', false, depth + 1);
    return args && { kind: 'word', text, args };
  }

  /** Takes a remark such as `/* 12 vars *\/`, if there is one. */
  #remark(): boolean {
    const start = this.at;
    this.#space();
    const end = this.text.startsWith('/*', this.at) ? this.text.indexOf('*/', this.at + 2) : -1;
    this.at = end < 0 ? start : end + 2;
    if (end >= 0) this.#space();
    return end >= 0;
  }

  #space(): void {
    while (this.text[this.at] === ' ') this.at++;
  }

  #takes(sign: string): boolean {
    if (!this.text.startsWith(sign, this.at)) return false;
    this.at += sign.length;
    return true;
  }

  #match(form: RegExp): RegExpExecArray | null {
    form.lastIndex = this.at;
    return form.exec(this.text);
  }
}

/** Codes as characters, in pieces: a call takes no more than so many arguments. */
function latin1(codes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < codes.length; at += 8_192) {
    text += String.fromCharCode(...codes.subarray(at, at + 8_192));
  }
  return text;
}
