/**
 * The name of a step in its colour, with its sign: colour is never the only mark.
 * @module
 */

import type { JSX } from 'preact';
import type { StepName } from '../../trace/event.js';

/** The sign of each step, and which of the colours it has (style/tokens.css). */
export const LOOKS: Readonly<Record<StepName, readonly [sign: string, hue: string]>> = {
  socket: ['●', 'plain'],
  setsockopt: ['●', 'plain'],
  bind: ['●', 'plain'],
  listen: ['●', 'plain'],
  select: ['↻', 'loop'],
  accept: ['+', 'green'],
  handshake: ['H', 'green'],
  recv: ['↓', 'blue'],
  parse: ['P', 'blue'],
  deal: ['D', 'violet'],
  broadcast: ['B', 'violet'],
  send: ['↑', 'violet'],
  disconnect: ['×', 'red'],
  error: ['!', 'red'],
  block: ['■', 'red'],
  arrive: ['⇢', 'outside'],
  act: ['☺', 'outside'],
  again: ['○', 'amber'],
  fault: ['⊘', 'red'],
  wake: ['◷', 'loop'],
  other: ['▤', 'amber'],
  broker: ['⇄', 'violet'],
  call: ['ƒ', 'green'],
  unknown: ['?', 'plain'],
};

/** The badge. */
export function StepBadge({ step }: { step: StepName }): JSX.Element {
  const [sign, hue] = LOOKS[step];
  return (
    <span class={`step-badge hue-${hue}`}>
      <span class="sign" aria-hidden="true">
        {sign}
      </span>
      {step}
    </span>
  );
}
