/**
 * Compressed messages inflated for whoever looks at them, RFC 1951 and RFC 7692 7.2.2: in bounded memory
 * however much comes out, with how far back they look, which no library tells. The server inflates with
 * zlib, and tests hold this against that.
 * @module
 */

/** No window is larger. */
const WINDOW = 32_768;

/** What came of a message. */
export interface InflatedMessage {
  /** Bytes that came out. */
  readonly length: number;
  /** The farthest look back, in bytes. */
  readonly farthest: number;
  /**
   * What is wrong, as zlib says it; `unknown` where it looks back at what is not here, `limit` where more
   * would come out than may; null for nothing.
   */
  readonly problem: 'unknown' | 'limit' | (string & {}) | null;
}

/** The block that the sender took off (7.2.2), and one more that says it is the last. */
const TAIL = Uint8Array.of(0x00, 0x00, 0xff, 0xff, 0x01, 0x00, 0x00, 0xff, 0xff);

/** RFC 1951 3.2.5: lengths and distances, what their codes begin with and how many bits follow. */
const LENGTH_BASE = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
  163, 195, 227, 258,
];
const LENGTH_BITS = [
  0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0,
];
const DISTANCE_BASE = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049,
  3073, 4097, 6145, 8193, 12289, 16385, 24577,
];
const DISTANCE_BITS = [
  0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13,
];
/** 3.2.7: the order in which the lengths of the code for code lengths come. */
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** Thrown and caught here alone. */
class Bad extends Error {}

/** Codes by their lengths, 3.2.2: how many there are of each, and their symbols in order. */
interface Code {
  readonly counts: Uint16Array;
  readonly symbols: Uint16Array;
}

const FIXED_LITERALS = codeOf(
  Uint8Array.from({ length: 288 }, (_, i) => (i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8)),
);
const FIXED_DISTANCES = codeOf(new Uint8Array(30).fill(5));

/** Inflates the messages of one direction, in order. */
export class MessageInflater {
  readonly #contextTakeover: boolean;
  /** The window, and room behind it for what comes out. */
  readonly #out = new Uint8Array(4 * WINDOW);
  #at = 0;
  /** Bytes of the window that are known. */
  #known = 0;
  /** Whether all that was sent before is known. */
  #isComplete: boolean;
  #told = 0;
  #length = 0;
  #most = 0;
  #farthest = 0;
  #input = TAIL;
  #next = 0;
  #bits = 0;
  #count = 0;
  #tell: (bytes: Uint8Array) => void = () => undefined;

  /**
   * @param contextTakeover whether messages look back at those before
   * @param isComplete whether the first message is the first of its direction
   */
  constructor(contextTakeover: boolean, isComplete: boolean) {
    this.#contextTakeover = contextTakeover;
    this.#isComplete = isComplete;
  }

  /** A message passed that could not be inflated: what looks back at it is not known. */
  lose(): void {
    this.#isComplete = false;
    this.#known = 0;
  }

  /**
   * Inflates a message.
   *
   * @param payload of its frames, joined and unmasked
   * @param tell takes what comes out, piece by piece; a piece is good until the next one
   * @param most bytes that may come out
   */
  inflate(payload: Uint8Array, tell: (bytes: Uint8Array) => void, most: number): InflatedMessage {
    if (!this.#contextTakeover) {
      this.#known = 0;
      this.#isComplete = true;
    }
    this.#tell = tell;
    this.#most = most;
    this.#told = this.#at;
    [this.#length, this.#farthest] = [0, 0];
    let problem: string | null = null;
    try {
      this.#blocks(payload);
    } catch (error) {
      if (!(error instanceof Bad)) throw error;
      problem = error.message;
    }
    this.#flush();
    if (problem !== null) this.lose();
    return { length: this.#length, farthest: this.#farthest, problem };
  }

  /** A block that says it is the last ends nothing: others may follow at the next byte (7.2.3.4). */
  #blocks(payload: Uint8Array): void {
    if (payload.length === 0) return;
    const input = new Uint8Array(payload.length + TAIL.length);
    input.set(payload);
    input.set(TAIL, payload.length);
    this.#input = input;
    [this.#next, this.#bits, this.#count] = [0, 0, 0];
    for (;;) {
      const isLast = this.#take(1) === 1;
      this.#block(this.#take(2));
      if (!isLast) continue;
      [this.#bits, this.#count] = [0, 0];
      if (this.#next >= input.length) return;
    }
  }

  #block(type: number): void {
    switch (type) {
      case 0:
        this.#stored();
        return;
      case 1:
        this.#coded(FIXED_LITERALS, FIXED_DISTANCES);
        return;
      case 2: {
        const [literals, distances] = this.#codes();
        this.#coded(literals, distances);
        return;
      }
      default:
        throw new Bad('invalid block type');
    }
  }

  /** 3.2.4 */
  #stored(): void {
    [this.#bits, this.#count] = [0, 0];
    const input = this.#input;
    const at = this.#next;
    if (at + 4 > input.length) throw new Bad('unexpected end of file');
    const length = (input[at] as number) | ((input[at + 1] as number) << 8);
    const check = (input[at + 2] as number) | ((input[at + 3] as number) << 8);
    if (length !== (~check & 0xffff)) throw new Bad('invalid stored block lengths');
    const end = at + 4 + length;
    if (end > input.length) throw new Bad('unexpected end of file');
    this.#next = end;
    for (let from = at + 4; from < end; ) {
      const piece = input.subarray(from, Math.min(end, from + WINDOW));
      this.#room(piece.length);
      this.#out.set(piece, this.#at);
      this.#put(piece.length);
      from += piece.length;
    }
  }

  /** 3.2.3 */
  #coded(literals: Code, distances: Code): void {
    const out = this.#out;
    for (;;) {
      const symbol = this.#symbol(literals);
      if (symbol === 256) return;
      this.#room(258);
      if (symbol < 256) {
        out[this.#at] = symbol;
        this.#put(1);
        continue;
      }
      const i = symbol - 257;
      if (i >= LENGTH_BASE.length) throw new Bad('invalid literal/length code');
      const length = (LENGTH_BASE[i] as number) + this.#take(LENGTH_BITS[i] as number);
      const j = this.#symbol(distances);
      if (j >= DISTANCE_BASE.length) throw new Bad('invalid distance code');
      this.#copy(length, (DISTANCE_BASE[j] as number) + this.#take(DISTANCE_BITS[j] as number));
    }
  }

  #copy(length: number, distance: number): void {
    if (distance > this.#known) {
      throw new Bad(this.#isComplete ? 'invalid distance too far back' : 'unknown');
    }
    this.#farthest = Math.max(this.#farthest, distance);
    const [out, at] = [this.#out, this.#at];
    const from = at - distance;
    if (distance >= length) out.copyWithin(at, from, from + length);
    else if (distance === 1) out.fill(out[from] as number, at, at + length);
    else for (let i = 0; i < length; i++) out[at + i] = out[from + i] as number;
    this.#put(length);
  }

  #put(length: number): void {
    this.#at += length;
    this.#length += length;
    this.#known = Math.min(WINDOW, this.#known + length);
    if (this.#length > this.#most) throw new Bad('limit');
  }

  /** Makes room behind the window. */
  #room(length: number): void {
    if (this.#at + length <= this.#out.length) return;
    this.#flush();
    this.#out.copyWithin(0, this.#at - WINDOW, this.#at);
    this.#at = WINDOW;
    this.#told = WINDOW;
  }

  #flush(): void {
    if (this.#at > this.#told) this.#tell(this.#out.subarray(this.#told, this.#at));
    this.#told = this.#at;
  }

  /** Takes bits, the lowest first. */
  #take(count: number): number {
    while (this.#count < count) {
      if (this.#next >= this.#input.length) throw new Bad('unexpected end of file');
      this.#bits |= (this.#input[this.#next++] as number) << this.#count;
      this.#count += 8;
    }
    const value = this.#bits & ((1 << count) - 1);
    this.#bits >>>= count;
    this.#count -= count;
    return value;
  }

  /** The next symbol: a code is longer than all whose numbers are lower than the first of its length. */
  #symbol({ counts, symbols }: Code): number {
    let [code, first, index] = [0, 0, 0];
    for (let length = 1; length <= 15; length++) {
      code |= this.#take(1);
      const count = counts[length] as number;
      if (code - count < first) return symbols[index + (code - first)] as number;
      index += count;
      first = (first + count) << 1;
      code <<= 1;
    }
    throw new Bad('invalid code');
  }

  /** 3.2.7 */
  #codes(): [literals: Code, distances: Code] {
    const [literals, distances, own] = [this.#take(5) + 257, this.#take(5) + 1, this.#take(4) + 4];
    if (literals > 286 || distances > 30) throw new Bad('too many length or distance symbols');
    const first = new Uint8Array(19);
    for (const place of ORDER.slice(0, own)) first[place] = this.#take(3);
    const code = codeOf(first);
    if (leftIn(code) !== 0) throw new Bad('invalid code lengths set');
    const lengths = this.#lengths(code, literals + distances);
    if (lengths[256] === 0) throw new Bad('invalid code -- missing end-of-block');
    const both = [codeOf(lengths.subarray(0, literals)), codeOf(lengths.subarray(literals))] as [
      Code,
      Code,
    ];
    if (isWrong(both[0])) throw new Bad('invalid literal/lengths set');
    if (isWrong(both[1])) throw new Bad('invalid distances set');
    return both;
  }

  #lengths(code: Code, count: number): Uint8Array {
    const lengths = new Uint8Array(count);
    for (let i = 0; i < count; ) {
      const symbol = this.#symbol(code);
      if (symbol < 16) {
        lengths[i++] = symbol;
        continue;
      }
      if (symbol === 16 && i === 0) throw new Bad('invalid bit length repeat');
      const value = symbol === 16 ? (lengths[i - 1] as number) : 0;
      const times =
        symbol === 16 ? 3 + this.#take(2) : symbol === 17 ? 3 + this.#take(3) : 11 + this.#take(7);
      if (i + times > count) throw new Bad('invalid bit length repeat');
      lengths.fill(value, i, i + times);
      i += times;
    }
    return lengths;
  }
}

function codeOf(lengths: Uint8Array): Code {
  const counts = new Uint16Array(16);
  for (const length of lengths) counts[length] = (counts[length] as number) + 1;
  counts[0] = 0;
  const offsets = new Uint16Array(17);
  for (let i = 1; i < 16; i++) offsets[i + 1] = (offsets[i] as number) + (counts[i] as number);
  const symbols = new Uint16Array(lengths.length);
  for (const [symbol, length] of lengths.entries()) {
    if (length === 0) continue;
    const at = offsets[length] as number;
    symbols[at] = symbol;
    offsets[length] = at + 1;
  }
  return { counts, symbols };
}

/** Codes that no symbol has: 0 for a whole set, below it for too many symbols. */
function leftIn({ counts }: Code): number {
  let left = 1;
  for (let length = 1; length <= 15; length++) {
    left = left * 2 - (counts[length] as number);
    if (left < 0) return left;
  }
  return left;
}

/** zlib takes a set that is not whole only where it is one code of one bit, or none at all. */
function isWrong(code: Code): boolean {
  const left = leftIn(code);
  if (left === 0) return false;
  const all = code.counts.reduce((sum, count) => sum + count, 0);
  return left < 0 || all > 1 || (all === 1 && code.counts[1] !== 1);
}
