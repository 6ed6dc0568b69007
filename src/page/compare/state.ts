/**
 * The state of the Compare view: two sides of the scenario that the address names, played or read,
 * and the row that is looked at.
 * @module
 */

import { batch, effect, signal } from '@preact/signals';
import { firstParting } from '../../scenario/parting.js';
import { type Proof, prove } from '../../scenario/proof.js';
import type { Scenario } from '../../scenario/scenario.js';
import { SCENARIOS } from '../../scenario/shipped.js';
import type { WireEvent } from '../../scenario/wire.js';
import { describeError } from '../../texts/errors.js';
import type { TraceMaker } from '../../trace/maker.js';
import { printable } from '../../trace/text.js';
import { language } from '../language.js';
import { playOn } from '../mine/playing.js';
import type { ServerName } from '../mine/servers.js';
import { saysOfOwn } from '../mine/words.js';
import { madeHere, type Session } from '../session.js';
import { fileName, traceText } from '../shared/savings.js';
import { gap, say } from '../texts.js';
import type { Saving } from '../view.js';
import { loadRecordings } from './load.js';
import {
  type ComparedSide,
  LOOPBACK,
  type PageRecording,
  type PageRecordings,
  recordedSide,
} from './recordings.js';
import { type Compared, compareSides, nextDifference, type OpenedSide, readSide } from './sides.js';

/** A file with more bytes is not opened. */
const MOST_BYTES = 8_000_000;

/** What stands on a side: a server of ours, what PHP did, or the file that was opened. */
export type SideName = ServerName | 'php' | 'file';

/** The state. */
export class CompareState {
  /** Both sides; null until they are played. */
  readonly compared = signal<Compared | null>(null);
  /** The scenario that is compared. */
  readonly scenario = signal<Scenario | null>(null);
  /** The file that stands on the right; null for none. */
  readonly file = signal<{ name: string; side: OpenedSide } | null>(null);
  /** What is to be said of it, in a line. */
  readonly notice = signal('');
  /** What was proven of the two; null before it was asked for. */
  readonly proof = signal<Proof | 'busy' | null>(null);
  readonly #session: Session;
  /** What PHP did; none before they are here. */
  readonly #recordings = signal<PageRecordings>({});
  #runs = 0;
  /** What the clients of the other server got, where one is the mirror. */
  #other: readonly WireEvent[] | null = null;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Plays whenever another run is asked for. @returns ends that */
  follow(): () => void {
    return effect(() => {
      const [name = '', seed, left, right] = ['scenario', 'seed', 'left', 'right'].map(
        (one) => this.#session.parameter(one).value,
      );
      void this.file.value;
      void this.#play(name, Number(seed), left as SideName, right as SideName);
    });
  }

  /** The recording of PHP in the scenario; undefined where the page has none. */
  get recording(): PageRecording | undefined {
    return this.#recordings.value[this.#session.parameter('scenario').value];
  }

  /** The name of a side for a person. */
  nameOf(side: 'left' | 'right'): string {
    const file = this.file.value;
    if (side === 'right' && file !== null) return say('compare.side.file', { name: file.name });
    const name = this.#session.parameter(side).value as SideName;
    if (name !== 'php') return say(`run.profile.${name as ServerName}`);
    return say('compare.side.php', { php: this.recording?.php ?? '' });
  }

  /** Goes to a row. */
  go(row: number): void {
    this.#session.parameter('row').value = String(row + 1);
  }

  /** The row that is looked at, from 0; the first that matters where the address names none. */
  get row(): number {
    const compared = this.compared.value;
    if (compared === null) return -1;
    const row = Number(this.#session.parameter('row').value) - 1;
    if (row < 0) return firstParting(compared.rows);
    return Math.min(compared.rows.length - 1, row);
  }

  /** Whether one of the two is the mirror, and the other sends something else. */
  get canProve(): boolean {
    return this.#other !== null && (this.compared.value?.wire?.length ?? 0) > 0;
  }

  /** The mirror's name, and the other's. */
  get proofNames(): readonly [mirror: string, other: string] {
    const names = [this.nameOf('left'), this.nameOf('right')] as const;
    return this.#isMirror('left') ? names : [names[1], names[0]];
  }

  /** Looks for the mistakes that part them. */
  async prove(): Promise<void> {
    const scenario = this.scenario.peek();
    if (scenario === null || this.#other === null) return;
    const number = this.#runs;
    this.proof.value = 'busy';
    const proof = await prove(scenario, this.#other);
    if (number === this.#runs) this.proof.value = proof;
  }

  #isMirror(side: 'left' | 'right'): boolean {
    const isFile = side === 'right' && this.file.peek() !== null;
    return !isFile && this.#session.parameter(side).value === 'original';
  }

  /** Both sides as traces. */
  savings(): Saving[] {
    const rows = this.compared.peek()?.rows ?? [];
    const name = fileName(this.scenario.peek()?.name ?? '');
    const trace = (side: 'left' | 'right') => (): string =>
      traceText(
        rows.flatMap((row) => row[side] ?? []),
        this.#makerOf(side),
      );
    return [
      { label: 'save.left', name: `${name}-left.ndjson`, make: trace('left') },
      { label: 'save.right', name: `${name}-right.ndjson`, make: trace('right') },
    ];
  }

  #makerOf(side: 'left' | 'right'): TraceMaker | null {
    const file = this.file.peek();
    if (side === 'right' && file !== null) return file.side.maker;
    const name = this.#session.parameter(side).peek() as SideName;
    if (name !== 'php') return madeHere(name as ServerName);
    return { ...madeHere('original'), program: 'php', clock: 'real' };
  }

  /** To the next difference, or the one before. */
  step(by: 1 | -1): void {
    const compared = this.compared.peek();
    if (compared !== null) this.go(nextDifference(compared.differences, this.row, by));
  }

  /** To the first difference that is more than form. */
  first(): void {
    this.#session.parameter('row').value = '0';
  }

  /** Puts a file on the right. */
  async open(file: File): Promise<void> {
    const name = printable(file.name);
    if (file.size > MOST_BYTES) {
      this.notice.value = say('compare.large', { name });
      return;
    }
    try {
      const side = readSide(await file.text());
      batch(() => {
        this.file.value = { name, side };
        this.notice.value = this.#saysOf(name, side);
        this.first();
      });
    } catch (error) {
      this.notice.value = say('compare.refused', {
        name,
        reason: describeError(error, language.value),
      });
    }
  }

  #saysOf(name: string, { trace, problem, scenario }: OpenedSide): string {
    const n = trace.length;
    if (problem !== null) return say('compare.opened.cut', { name, n, problem });
    const present = SCENARIOS.get(this.#session.parameter('scenario').peek());
    const isOther =
      scenario !== null && JSON.stringify(scenario.steps) !== JSON.stringify(present?.steps);
    return isOther
      ? say('compare.opened.other', { name, scenario: scenario.name })
      : say('compare.opened', { name, n });
  }

  async #load(): Promise<PageRecordings> {
    const recordings = await loadRecordings();
    this.#recordings.value = recordings;
    return recordings;
  }

  async #play(name: string, seed: number, left: SideName, right: SideName): Promise<void> {
    const scenario = SCENARIOS.get(name);
    if (scenario === undefined) return;
    const number = ++this.#runs;
    const file = this.file.peek();
    const isPlayed = [left, right].every((side) => side !== 'php') && file === null;
    const options = isPlayed ? { seed } : { seed, ...LOOPBACK };
    const notes = new Set<string>();
    const sideOf = async (side: SideName): Promise<ComparedSide> => {
      const recording = side === 'php' ? (await this.#load())[name] : undefined;
      if (recording !== undefined) return recordedSide(recording);
      // of a scenario without a recording the mirror plays what PHP would
      const profile = side === 'php' || side === 'file' ? 'original' : side;
      const { events, wire, own } = await playOn(scenario, { ...options, profile });
      for (const text of saysOfOwn(own)) notes.add(text);
      return { trace: events, wire };
    };
    try {
      const sides = [await sideOf(left), file?.side ?? (await sideOf(right))] as const;
      if (number !== this.#runs) return;
      const known = this.#recordings.peek()[name];
      const isMissing = [left, right].includes('php') && known === undefined;
      batch(() => {
        if (isMissing) notes.add(say('compare.no-recording', { scenario: name }));
        if (file === null || notes.size > 0) this.notice.value = [...notes].join(gap());
        this.proof.value = null;
        const [a, b] = sides;
        this.#other = this.#isMirror('left') ? b.wire : this.#isMirror('right') ? a.wire : null;
        this.scenario.value = scenario;
        this.compared.value = compareSides(scenario, ...sides);
      });
    } catch (error) {
      if (number === this.#runs) {
        this.notice.value = say('app.failed', { reason: describeError(error, language.value) });
      }
    }
  }
}

const states = new WeakMap<Session, CompareState>();

/** What is compared in a page: it outlives the view. */
export function compareOf(session: Session): CompareState {
  const state = states.get(session) ?? new CompareState(session);
  states.set(session, state);
  return state;
}
