/**
 * IP packets that were cut into fragments, joined: RFC 791 3.2, RFC 8200 4.5. Bounded in what it keeps of
 * those that do not become whole.
 * @module
 */

/** A piece of a packet. */
export interface Fragment {
  /** Who sent the packet to whom, of which protocol, and its number. */
  readonly packet: string;
  /** Where its bytes stand in what the packet carries. */
  readonly offset: number;
  /** Whether others come behind it. */
  readonly more: boolean;
  readonly bytes: Uint8Array;
}

/** Packets that are open at a time; the oldest is given up for another. */
const MOST_OPEN = 256;
/** Fragments of one; the smallest link that IPv6 allows needs 52. */
const MOST_FRAGMENTS = 256;
/** No IP packet is longer. */
const LONGEST = 65_535;

interface Open {
  /** In the order of their offsets. */
  readonly pieces: Fragment[];
  overlaps: boolean;
  /** Known with the last piece. */
  length: number | null;
  /** Packets of the capture that are in it, those that came twice too. */
  count: number;
}

/** Joins fragments. */
export class Fragments {
  readonly #open = new Map<string, Open>();
  #given = 0;
  #overlapping = 0;

  /** Fragments whose packet is not whole. */
  get left(): number {
    return [...this.#open.values()].reduce((sum, { count }) => sum + count, this.#given);
  }

  /** Packets whose fragments said two things of one byte: what came first was taken. */
  get overlapping(): number {
    return this.#overlapping;
  }

  /** Takes a fragment, whose bytes are copied. @returns what the packet carries, once that is whole */
  add(fragment: Fragment): Uint8Array | null {
    const { packet, offset, more, bytes } = fragment;
    const end = offset + bytes.length;
    const open = this.#openOf(packet);
    open.count++;
    if (end > LONGEST || open.pieces.length >= MOST_FRAGMENTS || bytes.length === 0) {
      this.#giveUp(packet, open);
      return null;
    }
    if (!more) open.length ??= end;
    place(open, { ...fragment, bytes: new Uint8Array(bytes) });
    const whole = joined(open);
    if (whole === null) return null;
    if (open.overlaps) this.#overlapping++;
    this.#open.delete(packet);
    return whole;
  }

  #openOf(packet: string): Open {
    const known = this.#open.get(packet);
    if (known !== undefined) return known;
    const [oldest] = this.#open;
    if (oldest !== undefined && this.#open.size >= MOST_OPEN) this.#giveUp(...oldest);
    const open = { pieces: [], overlaps: false, length: null, count: 0 };
    this.#open.set(packet, open);
    return open;
  }

  #giveUp(packet: string, { count }: Open): void {
    this.#open.delete(packet);
    this.#given += count;
  }
}

/** Puts a piece at its place; one that came before is not taken again. */
function place(open: Open, piece: Fragment): void {
  const { pieces } = open;
  const isSame = pieces.some(
    ({ offset, bytes }) => offset === piece.offset && bytes.length === piece.bytes.length,
  );
  if (isSame) return;
  const at = pieces.findIndex(({ offset }) => offset > piece.offset);
  pieces.splice(at === -1 ? pieces.length : at, 0, piece);
}

/** What the packet carries; null while some is missing. */
function joined(open: Open): Uint8Array | null {
  const { pieces, length } = open;
  if (length === null) return null;
  let next = 0;
  for (const { offset, bytes } of pieces) {
    if (offset > next) return null;
    next = Math.max(next, offset + bytes.length);
  }
  if (next < length) return null;
  const whole = new Uint8Array(length);
  next = 0;
  for (const { offset, bytes } of pieces) {
    if (offset < next) open.overlaps = true;
    const fresh = bytes.subarray(next - offset, Math.max(0, length - offset));
    whole.set(fresh, next);
    next += fresh.length;
  }
  return whole;
}
