/**
 * Makes a scenario small that shows something: fewer clients, fewer acts, fewer bytes, as long as it
 * still shows it. Not the smallest of all, but one of which no single part can be left out.
 * @module
 */

import { fromHex, joinBytes, toHex } from '../bytes.js';
import { type Action, checkScenario, type Scenario, ScenarioError } from './scenario.js';

/** Whether a scenario still shows what it is about. */
export type Shows = (scenario: Scenario) => Promise<boolean>;

/**
 * Leaves out what can be left out.
 *
 * @param most how many scenarios are tried
 */
export async function shrink(scenario: Scenario, shows: Shows, most = 600): Promise<Scenario> {
  let left = most;
  let small = scenario;
  for (let before: Scenario | null = null; before !== small && left > 0; ) {
    before = small;
    for (const candidates of [withoutClients, withoutSteps, withSimplerActs]) {
      const tried = new Set<string>();
      for (let goesOn = true; goesOn && left > 0; ) {
        goesOn = false;
        for (const steps of candidates(small.steps)) {
          const key = JSON.stringify(steps);
          const candidate = { ...small, steps };
          if (tried.has(key) || left <= 0 || !isInOrder(candidate)) continue;
          tried.add(key);
          left--;
          if (!(await shows(candidate))) continue;
          small = candidate;
          goesOn = true;
          break;
        }
      }
    }
  }
  return small;
}

function isInOrder(scenario: Scenario): boolean {
  try {
    checkScenario(scenario);
    return true;
  } catch (error) {
    if (error instanceof ScenarioError) return false;
    throw error;
  }
}

type Steps = readonly Action[][];

function* withoutClients(steps: Steps): Generator<Action[][]> {
  const names = new Set(
    steps.flat().flatMap((action) => ('client' in action ? [action.client] : [])),
  );
  for (const name of names) {
    yield steps
      .map((actions) => actions.filter((action) => !('client' in action) || action.client !== name))
      .filter((actions) => actions.length > 0);
  }
}

function* withoutSteps(steps: Steps): Generator<Action[][]> {
  for (const [from, to] of ranges(steps.length))
    yield [...steps.slice(0, from), ...steps.slice(to)];
}

/** Ever smaller parts of a length, from the last to the first: what comes last is most often for nothing. */
function* ranges(length: number): Generator<[from: number, to: number]> {
  for (let size = Math.ceil(length / 2); size > 0; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let to = length; to > 0; to -= size) yield [Math.max(0, to - size), to];
  }
}

function* withSimplerActs(steps: Steps): Generator<Action[][]> {
  for (const [i, actions] of steps.entries()) {
    for (const [j, action] of actions.entries()) {
      for (const simpler of simplerThan(action)) {
        yield steps.map((same, k) =>
          k === i ? same.map((one, l) => (l === j ? simpler : one)) : same,
        );
      }
    }
  }
}

function* simplerThan(action: Action): Generator<Action> {
  switch (action.do) {
    case 'text': {
      const characters = [...action.text];
      for (const [from, to] of ranges(characters.length)) {
        yield { ...action, text: [...characters.slice(0, from), ...characters.slice(to)].join('') };
      }
      return;
    }
    case 'send':
      yield { do: 'handshake', client: action.client };
      for (const hex of shorterHex(action.hex)) yield { ...action, hex };
      return;
    case 'pieces': {
      const { client, pieces } = action;
      yield { do: 'send', client, hex: pieces.join('') };
      for (let i = 1; i < pieces.length; i++) {
        const joined = [
          ...pieces.slice(0, i - 1),
          `${pieces[i - 1]}${pieces[i]}`,
          ...pieces.slice(i + 1),
        ];
        yield { ...action, pieces: joined };
      }
      for (const [i, piece] of pieces.entries()) {
        for (const hex of shorterHex(piece)) {
          yield { ...action, pieces: pieces.map((same, k) => (k === i ? hex : same)) };
        }
      }
      return;
    }
  }
}

function* shorterHex(hex: string): Generator<string> {
  const bytes = fromHex(hex.replace(/\s/g, '')) ?? new Uint8Array(0);
  for (const [from, to] of ranges(bytes.length)) {
    if (to - from < bytes.length)
      yield toHex(joinBytes([bytes.subarray(0, from), bytes.subarray(to)]));
  }
}
