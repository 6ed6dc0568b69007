/** A room with a student's parts in it does what the room does, whatever the student wrote. */

import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PARTS, type Part, type PartId } from '../../src/mine/parts.js';
import { type OwnParts, playOwn } from '../../src/mine/play.js';
import type { Exported, Fault } from '../../src/mine/your-parts.js';
import {
  binaryFrame,
  chatFrame,
  close,
  closeFrame,
  connect,
  continuationFrame,
  frame,
  handshake,
  login,
  lyingFrame,
  pieces,
  pingFrame,
  read,
  reset,
  say,
  scenario,
  send,
  stop,
  text,
  textFrame,
} from '../../src/scenario/build.js';
import type { Scenario } from '../../src/scenario/scenario.js';
import { SCENARIOS } from '../../src/scenario/shipped.js';
import { type SimulatedRun, simulate } from '../../src/scenario/simulate.js';
import { diffTraces } from '../../src/trace/diff.js';
import { Opcode } from '../../src/websocket/frame.js';
import { utf8 } from '../support/bytes.js';
import { request } from '../support/room.js';

const REQUEST = utf8(request().replace('\r\n\r\n', '\r\nX-Folded: one\r\n\t two\r\n\r\n'));

/** What is done at the same time arrives at the same time. */
const SAME_TIME = { jitterMs: 0 };

const LESSONS = new URL('../../lessons/', import.meta.url);
const FOLDERS = readdirSync(LESSONS);

function folderOf({ lesson }: Part): URL {
  const name = FOLDERS.find((one) => one.startsWith(String(lesson).padStart(2, '0')));
  return new URL(`${name}/`, LESSONS);
}

/** What a file of a part's lesson exports. */
function load(part: Part, file: string): Promise<Exported> {
  return import(new URL(file, folderOf(part)).href);
}

function answers(part: Part, kind: 'right' | 'wrong'): string[] {
  return readdirSync(new URL(`${kind}/`, folderOf(part))).map((file) => `${kind}/${file}`);
}

const solutions: OwnParts = new Map(
  await Promise.all(PARTS.map(async (part) => [part.id, await load(part, 'solution.ts')] as const)),
);

/**
 * Where each part has much to do: a request in pieces, with a folded field, descriptors that come again, who
 * hears before it has a name, one who is gone while others speak, characters, lengths and control frames of
 * every kind.
 */
const everything = (longest: number): Scenario =>
  scenario('everything', 'for every part')
    .step(connect('A'), connect('B'))
    .step(pieces('A', REQUEST, 1, 30, 77, REQUEST.length - 1))
    .step(handshake('B'))
    .step(connect('C'))
    .step(handshake('C'))
    .step(login('B', 'Ada'))
    .step(say('B', 'one of us has no name'))
    .step(login('C', '小明'))
    .step(close('A'))
    .step(connect('D'))
    .step(handshake('D')) // it has the number that A had, and stands last
    .step(login('D', 'Grace'))
    .step(say('C', 'by age, not by number'))
    .step(pieces('B', chatFrame('你好 👩‍💻 \ufeff'), 3, 20, 40, 41, 44, 45, 47))
    .step(say('B', 'x'.repeat(200)))
    .step(connect('S', 4_096), handshake('S'), stop('S'))
    .step(say('C', 'y'.repeat(longest)))
    .step(read('S'))
    .step(
      send(
        'D',
        pingFrame('in between'),
        textFrame('{"type":"us', false),
        pingFrame(),
        frame(10, ''),
      ),
    )
    .step(send('D', continuationFrame('er","content":"in two"}')))
    .step(say('B', 'while one is going'), reset('D'))
    .step(send('C', binaryFrame('no text'), pingFrame('behind our Close'), closeFrame(1003)))
    .step(connect('E'))
    .step(handshake('E'))
    .step(send('E', closeFrame(1000, '再见')))
    .step(connect('F'))
    .step(handshake('F'))
    .step(send('F', lyingFrame('short', 5, 64)))
    .step(connect('G'))
    .step(send('G', REQUEST, chatFrame('right behind the request')))
    .step(connect('H'))
    .step(send('H', `GET / HTTP/1.1\r\nX: ${'x'.repeat(16_400)}`))
    .step(connect('I'), handshake('I'))
    .step(send('I', frame(Opcode.text, 'reserved', { rsv1: true, rsv3: true })))
    .step(connect('J'), handshake('J'))
    .step(send('J', frame(Opcode.text, Uint8Array.of(0xed, 0xa0, 0x80))))
    .step(text('B', '\ufeffa mark at the beginning'))
    .step(send('B', closeFrame()));

/** Its longest message has a length in 64 bits; or is more than a socket takes, for which all take longer. */
const MADE: ReadonlyMap<string, Scenario> = new Map([
  ['everything', everything(70_000)],
  ['everything, and a full socket', everything(300_000)],
]);

/** What tells of a part: one of those that ship is beside it. */
function tellingOf({ id }: Part): string[] {
  return [id === 'outbox' ? 'everything, and a full socket' : 'everything', 'reset'];
}

/** The room's own runs, each made once. */
const runs = new Map<string, Promise<SimulatedRun>>();

function runOf(name: string): Promise<SimulatedRun> {
  const found = MADE.get(name) ?? SCENARIOS.get(name);
  if (found === undefined) throw new Error(`no scenario ${name}`);
  const run = runs.get(name) ?? simulate(found, SAME_TIME);
  runs.set(name, run);
  return run;
}

/** Plays it, and holds it against the room: what all got, and step for step. @returns what fell out */
async function heldAgainstTheRoom(name: string, own: OwnParts): Promise<readonly Fault[]> {
  const room = await runOf(name);
  const { run, faults } = await playOwn(room.scenario, own, {}, SAME_TIME);
  expect(run.wire).toEqual(room.wire);
  expect(diffTraces(room.events, run.events).filter(({ same }) => !same)).toEqual([]);
  return faults;
}

describe('with all solutions in place', () => {
  test.each([...MADE.keys(), ...SCENARIOS.keys()])(
    '%s is the room, byte for byte and step for step',
    async (name) => {
      expect(await heldAgainstTheRoom(name, solutions)).toEqual([]);
    },
  );

  test('every part is asked, each function of it, and its step says so', async () => {
    const asked = new Set<string>();
    const marked = new Set<string>();
    const { run } = await playOwn(everything(70_000), solutions, {}, SAME_TIME);
    for (const event of run.events) {
      if (event.step === 'call') asked.add(`${event.part} ${event.name}`);
      else if (event.by === 'you') marked.add(event.step);
    }
    const all = PARTS.flatMap(({ id, functions }) => functions.map((name) => `${id} ${name}`));
    expect([...asked].sort()).toEqual(all.sort());
    const steps = new Set(PARTS.map(({ step }) => step).filter((step) => step !== 'select'));
    expect([...marked].sort()).toEqual([...steps].sort());
  });
});

describe('with no part of one’s own', () => {
  test('it is the room, and nothing is said of it', async () => {
    const { run } = await playOwn(
      (await runOf('three-clients')).scenario,
      new Map(),
      {},
      SAME_TIME,
    );
    expect(run.events).toEqual((await runOf('three-clients')).events);
  });
});

/**
 * Answers by lesson that are wrong where the room asks nothing of the kind: in a function that has no place
 * in it, or of what does not come here. They do no harm, and are not named.
 */
const NOT_ASKED: Readonly<Record<number, string>> = {
  5: 'all-at-once one-row-for-all reads-at-once',
  8: 'all-in-small-letters at-every-colon counts-the-rest each-line-alone names-as-written one-space',
  9: 'always-the-same',
  11: 'as-the-original thirty-two-bits whole-buffer',
  12: 'as-the-original key-in-the-payload key-of-zeros lets-it-pass nothing-in-it',
  14: 'goes-on-after-close heard-after-refusal one-for-all opens-too-late rest-lost',
  15: 'character-cut half-a-pair leaves-one-out whole-reason',
  16: 'counts-only surrogates-pass',
  17: 'at-the-limit forgets-the-rest judges-first out-at-once overtakes sends-again sends-without-asking stops-at-the-first unbounded waits',
  18: 'all-at-once all-of-one-recv first-in-list first-only forgets-what-is-over negative not-awaited rounds-down until-empty',
};

describe.each(PARTS.map((part) => [part.lesson, part] as const))('lesson %i', (_, part) => {
  test.each(answers(part, 'right'))('%s runs to the end', async (file) => {
    const own: [PartId, Exported][] = [[part.id, await load(part, file)]];
    for (const name of tellingOf(part)) {
      expect(await heldAgainstTheRoom(name, new Map([...solutions, ...own]))).toEqual([]);
    }
  });

  test.each(answers(part, 'wrong'))(
    '%s is named if it is asked, and the room goes on',
    async (file) => {
      const own: [PartId, Exported][] = [[part.id, await load(part, file)]];
      const named = new Set<number>();
      for (const name of tellingOf(part)) {
        const faults = await heldAgainstTheRoom(name, new Map([...solutions, ...own]));
        for (const { lesson } of faults) named.add(lesson);
      }
      const name = file.replace('wrong/', '').replace('.ts', '');
      const isAsked = !(NOT_ASKED[part.lesson] ?? '').split(' ').includes(name);
      expect([...named]).toEqual(isAsked ? [part.lesson] : []);
    },
  );
});
