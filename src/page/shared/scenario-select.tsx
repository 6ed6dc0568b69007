/**
 * Chooses one of the scenarios that ship.
 * @module
 */

import type { JSX } from 'preact';
import { describeScenario } from '../../scenario/shipped/script.js';
import { SCENARIOS } from '../../scenario/shipped.js';
import { language } from '../language.js';
import type { Session } from '../session.js';
import { say } from '../texts.js';

interface ScenarioSelectProps {
  readonly session: Session;
  /** What else is done when another is chosen. */
  readonly onChoose?: () => void;
}

/** The list of their names. */
export function ScenarioSelect({ session, onChoose }: ScenarioSelectProps): JSX.Element {
  return (
    <label>
      <span>{say('run.scenario')}</span>
      <select
        value={session.parameter('scenario').value}
        onChange={(event) => {
          onChoose?.();
          void session.choose({ scenario: event.currentTarget.value });
        }}
      >
        {[...SCENARIOS.keys()].map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}

/** What is seen in a scenario; '' for none that ships. */
export function aboutScenario(name: string): string {
  const shipped = SCENARIOS.get(name);
  return shipped === undefined ? '' : describeScenario(shipped, language.value);
}

/** The first client that does something in a scenario; '' where there is none. */
export function firstClientOf(name: string): string {
  const first = SCENARIOS.get(name)
    ?.steps.flat()
    .find((action) => 'client' in action);
  return first !== undefined && 'client' in first ? first.client : '';
}
