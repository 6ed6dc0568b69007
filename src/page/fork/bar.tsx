/**
 * The fork beside the run: what it is, where both part, which of both is stepped.
 * @module
 */

import type { JSX } from 'preact';
import { download } from '../shared/download.js';
import { say } from '../texts.js';
import { aboutFork, type Forked, type ForkState, forkFile, partingWords } from './state.js';

/** The bar. Its sentence is there from the beginning, so that a new one is spoken. */
export function ForkBar({ forks }: { forks: ForkState }): JSX.Element {
  const forked = forks.forked.value;
  return (
    <section class={forked === null ? 'fork-bar none' : 'fork-bar'} aria-label={say('fork.title')}>
      <p role="status">
        {forked !== null && (
          <>
            <b>{aboutFork(forked)}</b> {partingWords(forked, forks.stepped.value)}
          </>
        )}
      </p>
      {forked !== null && <Tools forks={forks} forked={forked} />}
    </section>
  );
}

function Tools({ forks, forked }: { forks: ForkState; forked: Forked }): JSX.Element {
  const stepped = forks.stepped.value;
  return (
    <div class="button-row">
      <fieldset class="fork-stepped" aria-label={say('fork.stepped')}>
        {(['fork', 'first'] as const).map((one) => (
          <button
            key={one}
            type="button"
            class={one}
            aria-pressed={one === stepped}
            onClick={() => forks.step(one)}
          >
            {say(`fork.stepped.${one}`)}
          </button>
        ))}
      </fieldset>
      {forked.difference !== null && (
        <button type="button" onClick={() => forks.toParting()}>
          {say('fork.go')}
        </button>
      )}
      <button
        type="button"
        onClick={() => {
          const { name, text } = forkFile(forked);
          download(name, text);
        }}
      >
        {say('fork.save')}
      </button>
      <button type="button" onClick={() => forks.drop()}>
        {say('fork.drop')}
      </button>
    </div>
  );
}
