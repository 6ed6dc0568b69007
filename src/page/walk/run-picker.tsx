/**
 * Which run: scenario, server, seed.
 * @module
 */

import type { JSX } from 'preact';
import { describeScenario } from '../../scenario/shipped/script.js';
import { SCENARIOS } from '../../scenario/shipped.js';
import { language } from '../language.js';
import { say } from '../texts.js';
import type { ViewProps } from '../view.js';

const textOf = (event: Event): string => (event.currentTarget as HTMLInputElement).value;

/** In place of a scenario, while the trace of a file is walked through. */
const FILE = ' file';

/** Three controls; each begins another run. */
export function RunPicker({ session }: ViewProps): JSX.Element {
  const scenario = session.parameter('scenario').value;
  const opened = session.opened.value;
  const seed = session.parameter('seed').value;
  const shipped = SCENARIOS.get(scenario);
  return (
    <form class="run-picker" onSubmit={(event) => event.preventDefault()}>
      <label>
        <span>{say('run.scenario')}</span>
        <select
          value={opened === null ? scenario : FILE}
          onChange={(event) => void session.choose({ scenario: textOf(event) })}
        >
          {opened !== null && <option value={FILE}>{opened}</option>}
          {[...SCENARIOS.keys()].map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>{say('run.profile')}</span>
        <select
          value={session.profile.value}
          onChange={(event) => void session.chooseProfile(textOf(event))}
        >
          <option value="rfc6455">{say('run.profile.rfc6455')}</option>
          <option value="original">{say('run.profile.original')}</option>
        </select>
      </label>
      {opened === null && (
        <label>
          <span>{say('run.seed')}</span>
          <input
            type="number"
            min={0}
            max={0xffff_ffff}
            step={1}
            value={seed}
            onChange={(event) => {
              const value = textOf(event);
              if (/^\d{1,10}$/.test(value) && Number(value) <= 0xffff_ffff) {
                void session.choose({ seed: String(Number(value)) });
              } else (event.currentTarget as HTMLInputElement).value = seed;
            }}
          />
        </label>
      )}
      <p class={session.isBusy.value ? 'about is-busy' : 'about'} role="status">
        {session.isBusy.value
          ? say('run.playing', { scenario })
          : opened === null
            ? shipped && describeScenario(shipped, language.value)
            : say('run.file')}
      </p>
    </form>
  );
}
