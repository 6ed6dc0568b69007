/**
 * What a command of the terminal that stands in a text means in the page: the view that does it, or a
 * button of the lesson itself.
 * @module
 */

import { toHex } from '../../bytes.js';
import { readBase64, readHex } from '../../inspect/forms.js';
import { SCENARIOS, TWO_LOOPS } from '../../scenario/shipped.js';
import { firstClientOf } from '../shared/scenario-select.js';

/** The views that commands lead to. */
export type LinkedView = 'loop' | 'cuts' | 'bytes' | 'compare';

/** What a command means in the page. */
export type Meaning =
  /** A view, and what of the address changes. */
  | {
      readonly kind: 'view';
      readonly view: LinkedView;
      readonly to: Readonly<Record<string, string>>;
    }
  /** Runs the lesson's demo; with its trace in the Scope; or the student's own. */
  | { readonly kind: 'demo' | 'trace' | 'mine' }
  /** Checks the exercise. */
  | { readonly kind: 'check' };

/** What all links to a run have in common: it begins at its first step. */
const RUN = { seed: '0', profile: 'rfc6455', step: '1' };

/** What a command means; null where only a terminal has it. @param text `npx loopscope step two-clients` */
export function meaningOf(text: string): Meaning | null {
  const [npx, loopscope, command, ...rest] = text.trim().split(/\s+/);
  if (npx !== 'npx' || loopscope !== 'loopscope') return null;
  const { names, options } = argumentsOf(rest);
  const [name = ''] = names;
  switch (command) {
    case 'lesson':
      if ('read' in options || 'live' in options) return null;
      if ('mine' in options) return { kind: 'mine' };
      return { kind: 'step' in options ? 'trace' : 'demo' };
    case 'check':
      return { kind: 'check' };
    case 'inspect':
      return inspectMeaning(options);
    case 'compare': {
      const { left = 'original', right = 'rfc6455' } = options;
      if (!SCENARIOS.has(name)) return null;
      return {
        kind: 'view',
        view: 'compare',
        to: { ...RUN, scenario: name, left, right, row: '0' },
      };
    }
    case 'sim':
      return runMeaning(name, options, 'cut' in options ? 'cuts' : 'loop');
    case 'step':
      return runMeaning(name, options, 'loop');
    default:
      return null;
  }
}

function inspectMeaning({ hex, base64, role = 'auto' }: Options): Meaning | null {
  const bytes = base64 === undefined ? readHex(hex ?? '') : readBase64(base64);
  if (bytes === null || bytes.length === 0) return null;
  return { kind: 'view', view: 'bytes', to: { bytes: toHex(bytes), role, at: '0' } };
}

function runMeaning(
  name: string,
  { seed = RUN.seed, profile = RUN.profile }: Options,
  view: 'loop' | 'cuts',
): Meaning | null {
  if (name === TWO_LOOPS && view === 'loop') {
    // several traces, one a machine, as a recording can have them
    return { kind: 'view', view, to: { step: RUN.step, seed, recording: name, network: '' } };
  }
  if (!SCENARIOS.has(name)) return null;
  const to = { ...RUN, scenario: name, seed, profile };
  if (view === 'loop') return { kind: 'view', view, to };
  return { kind: 'view', view, to: { ...to, client: firstClientOf(name), stream: '' } };
}

type Options = Readonly<Record<string, string | undefined>>;

/** Names, and options by their names; the value of one that has none is ''. */
function argumentsOf(words: readonly string[]): { names: string[]; options: Options } {
  const names: string[] = [];
  const options: Record<string, string> = {};
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    if (!word.startsWith('--')) names.push(word);
    else {
      const next = words[i + 1];
      const hasValue = next !== undefined && !next.startsWith('--');
      options[word.slice(2)] = hasValue ? next : '';
      if (hasValue) i++;
    }
  }
  return { names, options };
}
