/**
 * Begins a scenario that ships: what one sees in it is a text of the table.
 * @module
 */

import type { Language } from '../../texts/language.js';
import { speakers } from '../../texts/say.js';
import { scenarios } from '../../texts/scenarios.en.js';
import { scenarios as scenariosZh } from '../../texts/scenarios.zh.js';
import { type Script, scenario } from '../build.js';
import type { Scenario } from '../scenario.js';

const sayIn = speakers({ en: scenarios, zh: scenariosZh });

/** Begins one. */
export function shipped(name: keyof typeof scenarios): Script {
  return scenario(name, sayIn()(name));
}

/** What one sees in a scenario, in a language where it is one that ships. */
export function describeScenario(
  { name, description }: Pick<Scenario, 'name' | 'description'>,
  language?: Language,
): string {
  if (!isShipped(name) || sayIn()(name) !== description) return description;
  return sayIn(language)(name);
}

function isShipped(name: string): name is keyof typeof scenarios {
  return Object.hasOwn(scenarios, name);
}
