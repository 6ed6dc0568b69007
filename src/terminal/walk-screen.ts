/**
 * What is seen of a walk: the stepper's screen of the loop in which one is, with the source of the step, what
 * the server does meanwhile, and the keys.
 * @module
 */

import type { Profile } from '../scenario/simulate.js';
import type { Language } from '../texts/language.js';
import type { TraceEvent } from '../trace/event.js';
import { unservedAt } from '../trace/unserved.js';
import type { Gate } from './gate.js';
import type { Size } from './keys.js';
import type { LoopWalk } from './loop-walk.js';
import { ownSourceOf, phpSourceOf, type SourceLines, sourceOf } from './sources.js';
import { stepperSpeaker } from './stepper-say.js';
import { screenOf } from './stepper-screen.js';
import { strangerSourceOf } from './stranger-source.js';

/** Whose steps are walked through, as far as it is seen. */
export interface Walked {
  /** Whose source stands beside the steps; null for a stranger's, whose figures can be seen in its place. */
  profile: Profile | null;
  /** What is wrong with the trace; empty if nothing is. */
  problem?: string;
  /** Where a server stands still, behind the last step; a trace has none. */
  gate?: Gate;
  /** Whether a program runs behind it that nobody can hold: its steps come by `watch`. */
  isWatched?: boolean;
  /** Draws where others join a server. */
  join?: (size: Size) => string[];
  /** What is said in. */
  language?: Language;
}

/** What changes from key to key. */
export interface Moment {
  /** The loop in which one is. */
  loop: LoopWalk;
  /** How many loops there are. */
  loops: number;
  /** Whether the program that was watched has ended. */
  hasEnded: boolean;
  /** What the last line says in place of the keys; empty for nothing. */
  said: string;
}

/** Draws it. */
export function walkScreen(walked: Walked, moment: Moment, size: Size): string[] {
  const { problem = '', language } = walked;
  const profile = profileOf(walked, moment.loop);
  const { title, events, stepper, tellsQueues, tellsLines } = moment.loop;
  const { view } = stepper;
  const { event } = view;
  const context = {
    title,
    length: stepper.length,
    isStranger: profile === null,
    source: event === null || profile === null ? null : sourceLines(event, profile),
    php: event === null || profile === null ? null : phpSourceOf(event.step),
    ...(tellsLines && { own: event?.source === undefined ? null : strangerSourceOf(event.source) }),
    tellsQueues,
    unserved: unservedAt(events, view.position),
    state: stateOf(walked, moment),
    problem,
    footer: moment.said || stepperSpeaker(language)(keysOf(walked, moment)),
    ...(language && { language }),
  };
  return screenOf(view, size, context);
}

/** Whose source stands beside a loop; null for a stranger's. */
export function profileOf({ profile }: Walked, loop: LoopWalk): Profile | null {
  return loop.profile === undefined ? profile : loop.profile;
}

/** Which keys the last line names. */
type Keys =
  | 'keys'
  | 'keys.calls'
  | 'keys.server'
  | 'keys.stranger'
  | 'keys.loops'
  | 'keys.machines';

/** The lines that ran: the server's, or the student's. */
function sourceLines(event: TraceEvent, profile: Profile): SourceLines | null {
  return event.step === 'call' ? ownSourceOf(event) : sourceOf(event.step, profile);
}

function keysOf({ profile, join }: Walked, { loop, loops }: Moment): Keys {
  if (profile !== null) {
    if (loops > 1) return 'keys.machines';
    if (loop.hasCalls) return 'keys.calls';
    return join === undefined ? 'keys' : 'keys.server';
  }
  return loops === 1 ? 'keys.stranger' : 'keys.loops';
}

function stateOf({ gate, isWatched, language }: Walked, { loop, hasEnded }: Moment): string {
  const say = stepperSpeaker(language);
  if (gate === undefined && !isWatched) return '';
  if (!loop.isAtEnd) return say('walk.past');
  if (loop.isFull) return say('walk.full');
  if (gate === undefined) return say(hasEnded ? 'walk.ended' : 'walk.watched');
  return say(gate.isHolding ? 'walk.stands' : 'walk.runs');
}
