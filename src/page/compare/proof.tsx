/**
 * Why two servers part, where one is the mirror: asked for with a button, since it takes dozens of runs.
 * @module
 */

import type { JSX } from 'preact';
import { partsAtEnd, proofText } from '../../scenario/proof-text.js';
import { language } from '../language.js';
import { say } from '../texts.js';
import type { CompareState } from './state.js';
import { WireTable } from './wire-table.js';

/** The button, then what was proven; nothing where there is nothing to prove. */
export function ProofPane({ state }: { state: CompareState }): JSX.Element | null {
  const proof = state.proof.value;
  if (!state.canProve) return null;
  if (proof === null || proof === 'busy') {
    return (
      <section class="pane compare-proof">
        <button type="button" disabled={proof === 'busy'} onClick={() => void state.prove()}>
          {say(proof === 'busy' ? 'compare.proof.busy' : 'compare.proof')}
        </button>
      </section>
    );
  }
  const rest = partsAtEnd(proof);
  const isShown = rest !== null && proof.mends.length > 0;
  return (
    <section class="pane compare-proof" aria-live="polite">
      <h2>{say('compare.proof.title')}</h2>
      <div class="compare-text">
        {proofText(proof, language.value).map(({ text, isName }) => (
          <p key={text} class={isName ? 'compare-why none' : 'compare-why'}>
            {text}
          </p>
        ))}
      </div>
      {isShown && <WireTable wire={[rest.difference]} names={state.proofNames} />}
    </section>
  );
}
