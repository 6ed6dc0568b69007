/**
 * The rules of the network between three machines: with each change the world is played anew.
 * @module
 */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { TWO_LOOPS } from '../../scenario/shipped.js';
import { readRules, writeRules } from '../play/rules.js';
import { RulesEditor } from '../play/rules-editor.js';
import { say } from '../texts.js';
import type { ViewProps } from '../view.js';

/** The rules; nothing where no such world is walked through. */
export function WorldRules({ session }: ViewProps): JSX.Element | null {
  const wrong = useSignal('');
  if (session.parameter('recording').value !== TWO_LOOPS) return null;
  return (
    <details class="world-rules">
      <summary>{say('loop.rules')}</summary>
      <p>{say('loop.rules.connections')}</p>
      <RulesEditor
        rules={readRules(session.parameter('network').value) ?? []}
        onChange={(rules) => {
          wrong.value = '';
          void session.chooseInWorld({ network: writeRules(rules) });
        }}
        onWrong={(why) => {
          wrong.value = why;
        }}
      />
      <p role="status">{wrong.value}</p>
    </details>
  );
}
