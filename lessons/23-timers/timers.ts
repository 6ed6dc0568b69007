/**
 * A loop with timers, which writes down what each of its turns did. Made for lesson 23.
 */

import {
  type Fd,
  FdSet,
  type Net,
  type Ready,
  type SelectStep,
  type Step,
  type TraceEvent,
} from 'loopscope';
import type { Networks } from 'loopscope/lesson';

const NONE = new FdSet();

/** Something that is to be done at a certain time, in milliseconds from the loop's begin. */
interface Timer {
  due: number;
  name: string;
  run: () => void;
}

/** What one turn did. All times are milliseconds from the loop's begin. */
export interface Turn {
  /** When select was asked, and how long it was allowed to wait. */
  asked: number;
  timeoutMs: number;
  /** When it came back, and with what. */
  back: number;
  ready: readonly Fd[];
  /** The timers that ran behind the sets, and when. */
  ran: { name: string; due: number; at: number }[];
}

/** What a loop has to do beside its timers. */
export interface Talk {
  /** When Ada says a line. */
  saysAt: readonly number[];
  /** How long the handler of a line works, in milliseconds. */
  worksMs: number;
}

/** A server with one client, Ada, that runs until it has no timer left. */
export class TimerLoop {
  readonly turns: Turn[] = [];
  readonly events: TraceEvent[] = [];
  readonly #net: Net;
  readonly #ada: Net;
  readonly #fds: readonly [ours: Fd, hers: Fd];
  readonly #talk: Talk;
  readonly #start: number;
  /** The next one first; a list is enough for a few. */
  #timers: Timer[] = [];

  private constructor(net: Net, ada: Net, fds: readonly [Fd, Fd], talk: Talk) {
    this.#net = net;
    this.#ada = ada;
    this.#fds = fds;
    this.#talk = talk;
    this.#start = net.now();
  }

  /** Lets Ada connect. */
  static async open({ server, client, address }: Networks, talk: Talk): Promise<TimerLoop> {
    const listener = await server.listen(address);
    const ada = client('Ada');
    const hers = await ada.connect(server.getsockname(listener));
    await server.select(new FdSet([listener]), NONE, NONE);
    const ours = server.accept(listener);
    server.close(listener);
    return new TimerLoop(server, ada, [ours, hers], talk);
  }

  /** Milliseconds from the loop's begin. */
  now(): number {
    return this.#net.now() - this.#start;
  }

  /** Sets a timer for a moment from the loop's begin. */
  setAt(due: number, name: string, run: () => void = () => {}): void {
    this.#timers.push({ due, name, run });
    this.#timers.sort((a, b) => a.due - b.due);
  }

  /** Turns until no timer is left. */
  async run(): Promise<void> {
    const said = this.#say();
    const read = new FdSet([this.#fds[0]]);
    for (let [first] = this.#timers; first !== undefined; [first] = this.#timers) {
      const asked = this.now();
      // #region lesson-turn
      const timeoutMs = Math.max(0, first.due - this.now());
      const ready = await this.#net.select(read, NONE, NONE, timeoutMs);
      const back = this.now();
      this.#note({
        step: 'select',
        ...watched(read, ready),
        timeout: timeoutMs,
        waited: back - asked,
      });
      for (const fd of ready.read) await this.#serve(fd); // the sets first
      const ran = this.#runDue(this.now()); // then what is due by now
      // #endregion
      this.turns.push({ asked, timeoutMs, back, ready: ready.read, ran });
    }
    await said;
    for (const [net, fd] of [
      [this.#net, this.#fds[0]],
      [this.#ada, this.#fds[1]],
    ] as const) {
      net.close(fd);
    }
  }

  #runDue(now: number): Turn['ran'] {
    const due = this.#timers.filter((timer) => timer.due <= now);
    this.#timers = this.#timers.filter((timer) => timer.due > now);
    for (const { run } of due) run();
    return due.map(({ name, due }) => ({ name, due, at: now }));
  }

  /** The handler of a line: nothing else happens while it works. */
  async #serve(fd: Fd): Promise<void> {
    const bytes = this.#net.recv(fd, 2_048);
    this.#note({ step: 'recv', fd, bytes });
    if (this.#talk.worksMs > 0) await this.#net.select(NONE, NONE, NONE, this.#talk.worksMs);
  }

  async #say(): Promise<void> {
    for (const at of this.#talk.saysAt) {
      const left = at - this.now();
      if (left > 0) await this.#ada.select(NONE, NONE, NONE, left);
      this.#ada.send(this.#fds[1], new Uint8Array([104, 105, 10])); // hi
    }
  }

  #note(step: Step): void {
    const { events } = this;
    const turn = this.turns.length + 1;
    events.push({ v: 1, seq: events.length, turn, t: this.#net.now(), ...step });
  }
}

/** What a step says of a select. */
function watched(
  read: FdSet,
  ready: Ready,
): Pick<SelectStep, 'read' | 'write' | 'readyRead' | 'readyWrite' | 'scanned'> {
  return {
    read: [...read],
    write: [],
    readyRead: ready.read,
    readyWrite: ready.write,
    scanned: ready.scanned,
  };
}
