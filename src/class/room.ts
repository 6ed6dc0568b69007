/**
 * The room of a class: the chat, and beside it votes and progress, in the same turns of the same loop.
 * What is of the class never comes to the chat, and is told to those alone who have spoken to the class.
 * @module
 */

import type { Client } from '../chat/client.js';
import type { Application, Members } from '../chat/members.js';
import { isLoopbackAddress } from '../chat/origin.js';
import { Room } from '../chat/room.js';
import type { Step } from '../trace/event.js';
import { Message } from '../websocket/message.js';
import { Allowance } from './allowance.js';
import type { Command, CommandProblem } from './desk.js';
import {
  type ClassAnswer,
  type ClassMessage,
  type ProgressMessage,
  readClassMessage,
  type Unread,
  type VoteMessage,
  type VoteState,
  type Why,
} from './messages.js';
import { type ClassLessons, lettersOf } from './question.js';
import type { ClassRecord } from './records.js';
import { type ClassState, countsOf, MAX_PER_ADDRESS, type Person, roundOf } from './state.js';

/** Milliseconds between two messages that say how many have answered. */
const ANSWERED_MS = 250;

/** What a class is made of. */
export interface ClassRoomOptions {
  readonly state: ClassState;
  readonly lessons: ClassLessons;
  /** Keeps records for good. @returns why not; null where it did */
  keep(records: readonly ClassRecord[]): 'disk' | 'full' | null;
  /** Is told when what a desk shows has changed. */
  changed(): void;
}

/** The chat and the class. */
export class ClassRoom implements Application {
  readonly #options: ClassRoomOptions;
  readonly #chat = new Room();
  /** Who has spoken to the class, and for which person; null for who only looks. */
  readonly #clients = new Map<Client, Person | null>();
  /** New persons by address. */
  readonly #came = new Map<string, number>();
  readonly #allowances = new Map<Person, Allowance>();
  /** When the state is due to all, on the room's clock: 0 for at once; null where they have it. */
  #stateDue: number | null = null;
  #answeredDue: number | null = null;
  #answeredAt = Number.NEGATIVE_INFINITY;

  constructor(options: ClassRoomOptions) {
    this.#options = options;
  }

  /** The ids of those who are connected. */
  get here(): Set<number> {
    return new Set([...this.#clients.values()].flatMap((person) => person?.id ?? []));
  }

  get next(): number | null {
    const all = [this.#chat.next, this.#stateDue, this.#answeredDue];
    const due = all.filter((one) => one !== null);
    return due.length === 0 ? null : Math.min(...due);
  }

  opened(members: Members, client: Client): Iterable<Step> {
    return this.#chat.opened(members, client);
  }

  *received(members: Members, client: Client, message: Message): Generator<Step> {
    const said = message.isText ? readClassMessage(message.text) : null;
    if (said === null) {
      yield* this.#chat.received(members, client, message);
      return;
    }
    const isNew = !this.#clients.has(client);
    const answer = this.#deal(members, client, said);
    const reply = JSON.stringify(answer);
    // whose vote it is, and for what, is nobody's business: see veil.ts for its bytes
    yield { step: 'deal', fd: client.fd, message: JSON.stringify({ type: said.type }), reply };
    yield* tell(members, [client], reply);
    const hasCome = isNew && this.#clients.has(client);
    if (hasCome && said.type !== 'class') yield* tell(members, [client], this.#state());
  }

  *left(members: Members, client: Client): Generator<Step> {
    const person = this.#clients.get(client);
    this.#clients.delete(client);
    if (person) this.#options.changed();
    yield* this.#chat.left(members, client);
  }

  *due(members: Members): Generator<Step> {
    const now = members.now();
    if ((this.#chat.next ?? Infinity) <= now) yield* this.#chat.due(members);
    if (this.#stateDue !== null) {
      this.#stateDue = null;
      this.#answeredDue = null;
      yield* tell(members, this.#clients.keys(), this.#state());
    }
    if ((this.#answeredDue ?? Infinity) <= now) {
      this.#answeredDue = null;
      this.#answeredAt = now;
      yield* tell(members, this.#clients.keys(), this.#answered());
    }
  }

  /** Does what the desk asks for; all are told in the next turn. @returns why not; null where it did */
  command(command: Command): CommandProblem | 'disk' | 'full' | null {
    const { state, lessons } = this.#options;
    const lesson = command.do === 'open' ? lessons.get(command.lesson) : undefined;
    const records = state.command(command, lesson === undefined ? null : lettersOf(lesson));
    if (typeof records === 'string') return records;
    const why = this.#keep(records);
    if (why === null) this.#stateDue = 0;
    return why;
  }

  /** The vote, as everyone may see it. */
  get vote(): VoteState | null {
    const { state, lessons } = this.#options;
    const { vote } = state;
    const lesson = vote === null ? undefined : lessons.get(vote.lesson);
    if (vote === null || lesson === undefined) return null;
    const { number, title, question, choices, answer, because, meanings } = lesson;
    return {
      state: vote.state,
      id: vote.id,
      lesson: number,
      round: roundOf(vote),
      title,
      question,
      choices,
      answered: vote.rounds.at(-1)?.size ?? 0,
      counts: countsOf(vote),
      answer: vote.state === 'closed' ? { letter: answer, because } : null,
      meanings: vote.state === 'closed' ? meanings : null,
    };
  }

  #deal(members: Members, client: Client, said: ClassMessage | Unread): ClassAnswer {
    const why = 'why' in said ? said.why : this.#take(members, client, said);
    if (said.type === 'class') return { type: 'class', vote: this.vote };
    return { type: said.type, taken: why === null, why };
  }

  #take(members: Members, client: Client, said: ClassMessage): Why | null {
    if (said.type === 'class' && said.person === null) {
      if (!this.#clients.has(client)) this.#clients.set(client, null);
      return null;
    }
    const person = this.#personOf(members, client, said);
    if (typeof person === 'string') return person;
    if (said.type === 'class') return null;
    const records = this.#recordsOf(person, said);
    if (typeof records === 'string') return records;
    if (records.length === 0) return null;
    if (!this.#allowanceOf(person).take(members.now())) return 'often';
    const why = this.#keep(records);
    if (why === null && said.type === 'vote') this.#tellAnswered(members.now());
    return why;
  }

  #recordsOf(person: Person, said: VoteMessage | ProgressMessage): ClassRecord[] | Why {
    const { state, lessons } = this.#options;
    if (said.type === 'vote') return state.ballot(person, said);
    return lessons.has(said.lesson) ? state.progress(person, said) : 'lesson';
  }

  /** Who speaks: it is entered when it comes first, and its name is kept. */
  #personOf(members: Members, client: Client, said: ClassMessage): Person | Why {
    const { person: key, name } = said;
    if (key === null) return 'person';
    const { state } = this.#options;
    const spoken = this.#clients.get(client);
    if (spoken && spoken.key !== key) return 'another';
    const known = state.personOf(key);
    const { host } = client.address;
    if (known === undefined && !this.#mayCome(host)) return 'full';
    const records = state.meet(key, name);
    if (typeof records === 'string') return records;
    if (known !== undefined && records.length > 0) {
      if (!this.#allowanceOf(known).take(members.now())) return 'often';
    }
    const why = this.#keep(records);
    if (why !== null) return why;
    const person = state.personOf(key);
    if (person === undefined) throw new Error('bug: who was entered is not there');
    if (known === undefined) this.#came.set(host, (this.#came.get(host) ?? 0) + 1);
    if (spoken !== person) {
      this.#clients.set(client, person);
      this.#options.changed();
    }
    return person;
  }

  #mayCome(host: string): boolean {
    return isLoopbackAddress(host) || (this.#came.get(host) ?? 0) < MAX_PER_ADDRESS;
  }

  #allowanceOf(person: Person): Allowance {
    const allowance = this.#allowances.get(person) ?? new Allowance();
    this.#allowances.set(person, allowance);
    return allowance;
  }

  /** First for good, then in what is shown: what was counted is not lost. */
  #keep(records: readonly ClassRecord[]): 'disk' | 'full' | null {
    if (records.length === 0) return null;
    const why = this.#options.keep(records);
    if (why !== null) return why;
    for (const record of records) this.#options.state.apply(record);
    this.#options.changed();
    return null;
  }

  #tellAnswered(now: number): void {
    this.#answeredDue ??= Math.max(now, this.#answeredAt + ANSWERED_MS);
  }

  #state(): string {
    return JSON.stringify({ type: 'class', vote: this.vote } satisfies ClassAnswer);
  }

  #answered(): string {
    const { vote } = this.#options.state;
    const { lesson = 0, rounds = [] } = vote ?? {};
    const round = rounds.length === 2 ? 2 : 1;
    const answered = rounds.at(-1)?.size ?? 0;
    return JSON.stringify({ type: 'answered', lesson, round, answered } satisfies ClassAnswer);
  }
}

/** One frame for all for whom it is not compressed. */
function* tell(members: Members, clients: Iterable<Client>, json: string): Generator<Step> {
  const message = Message.ofText(json);
  const to: number[] = [];
  let bytes: Uint8Array | null = null;
  for (const client of clients) {
    const sent = members.sendMessage(client, message);
    if (sent === null) continue;
    to.push(client.fd);
    bytes = sent;
  }
  if (bytes !== null) yield { step: 'broadcast', to, bytes };
}
