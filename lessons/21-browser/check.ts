import type { ServerMessage } from 'loopscope';
import { type Check, type Checker, deepEqual, networksHere } from 'loopscope/lesson';
import type { Answer } from './exercise.js';
import type { Command } from './nick-room.js';
import { type Heard, Party } from './party.js';

/** What is said, in order; who joins says nothing. Ada keeps her place in the list, and Bob his. */
const STORY: readonly { who: string; says: string | null }[] = [
  { who: 'Ada', says: null },
  { who: 'Bob', says: null },
  { who: 'Cem', says: null },
  { who: 'Ada', says: 'hello' },
  { who: 'Ada', says: '/nick Grace' },
  { who: 'Ada', says: 'I am Grace now' },
  { who: 'Bob', says: '/nick Ada' },
  { who: 'Cem', says: '/nick Grace' },
  { who: 'Cem', says: '/nick Cem' },
  { who: 'Cem', says: '/nick' },
  { who: 'Cem', says: '/nick   ' },
  { who: 'Cem', says: '/nickname Lin' },
  { who: 'Cem', says: 'I said /nick Lin' },
  { who: 'Cem', says: '/nick GRACE' },
  { who: 'Cem', says: '/nick   Lin  Yutang ' },
  { who: 'Ada', says: '/nick <img src=x onerror="alert(1)">' },
  { who: 'Bob', says: '/nick 小明 & 👋' },
  { who: 'Bob', says: '<b>hi</b> & "bye"' },
];

/** A room as it should be. */
class Right {
  readonly #names = new Map<string, string>();

  /** What each should hear. */
  heard(who: string, says: string | null): Heard {
    const messages = says === null ? this.#joins(who) : this.#said(who, says);
    const people = [...this.#names.keys()];
    const isFor = (name: string, { type }: ServerMessage): boolean =>
      type !== 'system' || name === who;
    return Object.fromEntries(
      people.map((name) => [name, messages.filter((message) => isFor(name, message))]),
    );
  }

  #joins(who: string): ServerMessage[] {
    this.#names.set(who, who);
    return [{ type: 'login', content: who, user_list: [...this.#names.values()] }];
  }

  #said(who: string, says: string): ServerMessage[] {
    const from = this.#names.get(who) ?? '';
    const [, rest] = /^\/nick(?: (.*))?$/.exec(says) ?? [];
    if (!/^\/nick( |$)/.test(says)) return [{ type: 'user', from, content: says }];
    const name = (rest ?? '').trim();
    if (name === '' || [...this.#names.values()].includes(name)) {
      return [{ type: 'system', content: '' }]; // in whatever words
    }
    const others = [...this.#names.values()].filter((one) => one !== from);
    this.#names.set(who, name);
    return [
      { type: 'logout', content: from, user_list: others },
      { type: 'login', content: name, user_list: [...this.#names.values()] },
    ];
  }
}

/** Whether two lists say the same; what the room says to one alone may be in any words. */
function same(heard: readonly ServerMessage[], right: readonly ServerMessage[]): boolean {
  return deepEqual(withoutWords(heard), withoutWords(right));
}

function withoutWords(messages: readonly ServerMessage[]): ServerMessage[] {
  return messages.map((one) => (one.type === 'system' ? { type: 'system', content: '' } : one));
}

/** What is probably believed by someone whose room says these things. */
function misconception(
  says: string,
  heard: readonly ServerMessage[],
  right: readonly ServerMessage[],
): string {
  const types = heard.map(({ type }) => type).join();
  const first = right[0]?.type ?? 'system'; // meant for another alone
  if (first === 'user') return types.includes('user') ? 'wrong.changed-text' : 'wrong.no-command';
  if (types === 'user') return 'wrong.not-seen';
  if (first === 'system') {
    return /^\/nick *$/.test(says) ? 'wrong.empty-name' : 'wrong.taken';
  }
  const isRefused = says !== '' && (types === '' || types === 'system');
  if (isRefused) return 'wrong.other-case';
  if (types !== 'logout,login') return types === 'login' ? 'wrong.two-people' : 'wrong.two-words';
  const [left, came] = heard as [
    ServerMessage & { type: 'logout' },
    ServerMessage & { type: 'login' },
  ];
  if (/&(lt|gt|amp|quot);/.test(JSON.stringify(came))) return 'wrong.escaped';
  const [rightLeft, rightCame] = right as [typeof left, typeof came];
  if (came.content !== rightCame.content) return 'wrong.name';
  const sorted = (list: string[]): string => [...list].sort().join();
  const isMoved = sorted(came.user_list) === sorted(rightCame.user_list);
  if (isMoved && !deepEqual(came.user_list, rightCame.user_list)) return 'wrong.place';
  return deepEqual(left, rightLeft) ? 'wrong.list' : 'wrong.still-here';
}

function isAnswers(given: unknown): given is Answer[] | null {
  if (given === null) return true;
  return Array.isArray(given) && given.every((one) => one?.message?.type !== undefined);
}

/** The same story on one of the networks. */
async function play(network: 'sim' | 'real', command: Command, t: Checker): Promise<void> {
  const right = new Right();
  let form: unknown = null;
  const party = await Party.open(network, (names, fd, content) => {
    const given = command(names, fd, content);
    if (isAnswers(given)) return given;
    form = given;
    return [];
  });
  try {
    for (const { who, says } of STORY) {
      if (says === null) t.step('step.joins', { network, who });
      else t.step('step.says', { network, who, says });
      t.trace = party.events;
      const expected = right.heard(who, says);
      const heard = await (says === null ? party.joins(who) : party.says(who, says));
      t.expect(form === null, 'wrong.form', { given: String(form) });
      for (const [name, messages] of Object.entries(expected)) {
        const got = heard[name] ?? [];
        if (same(got, messages)) continue;
        const toMany = messages.length === 0 && got.every(({ type }) => type === 'system');
        const why = toMany ? 'wrong.to-everyone' : misconception(says ?? '', got, messages);
        t.equal(got, messages, why, { name });
      }
    }
  } finally {
    await party.end();
  }
}

export default (async ({ command }, t) => {
  for (const network of networksHere()) await play(network, command, t);
}) satisfies Check<typeof import('./exercise.js')>;
