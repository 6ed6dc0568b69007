/**
 * The rules of the network, to be changed.
 * @module
 */

import type { JSX } from 'preact';
import { Icon } from '../shared/icon.js';
import { say } from '../texts.js';
import {
  type NetworkRule,
  newRule,
  RULE_KINDS,
  type RuleKind,
  readRules,
  writeRules,
} from './rules.js';

interface RulesEditorProps {
  rules: readonly NetworkRule[];
  /** Whether they cannot be changed now. */
  isFixed?: boolean;
  onChange: (rules: readonly NetworkRule[]) => void;
  /** Told in a sentence what a field cannot be. */
  onWrong: (why: string) => void;
}

/** The rules in the order in which they are asked. */
export function RulesEditor(props: RulesEditorProps): JSX.Element {
  const { rules, isFixed = false, onChange: set, onWrong } = props;
  return (
    <fieldset class="play-rules" disabled={isFixed}>
      <legend>{say('play.rules')}</legend>
      {rules.length === 0 && <p class="none">{say('play.rules.none')}</p>}
      {rules.map((rule, i) => (
        <RuleFields
          key={i}
          n={i + 1}
          rule={rule}
          onChange={(changed) => set(rules.map((one, j) => (j === i ? changed : one)))}
          onRemove={() => set(rules.filter((_, j) => j !== i))}
          onWrong={(text) =>
            onWrong(say('play.rule.wrong', { n: i + 1, text: text.slice(0, 40) || '""' }))
          }
        />
      ))}
      <button type="button" onClick={() => rules.length < 16 && set([...rules, newRule('cut')])}>
        {say('play.rule.add')}
      </button>
    </fieldset>
  );
}

interface RuleFieldsProps {
  n: number;
  rule: NetworkRule;
  onChange: (rule: NetworkRule) => void;
  onRemove: () => void;
  onWrong: (text: string) => void;
}

function RuleFields({ n, rule, onChange, onRemove, onWrong }: RuleFieldsProps): JSX.Element {
  const { kind, numbers, direction, connection } = rule;
  /** Takes a changed rule only if the address could carry it: the same check everywhere. */
  const take = (changed: NetworkRule, field: HTMLInputElement, before: string): void => {
    const [checked] = readRules(writeRules([changed])) ?? [];
    if (checked !== undefined) onChange(checked);
    else {
      onWrong(field.value);
      field.value = before;
    }
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would draw a frame
    <div class="rule" role="group" aria-label={say('play.rule', { n })}>
      <select
        aria-label={say('play.rule.kind')}
        value={kind}
        onChange={(event) =>
          onChange({
            ...rule,
            kind: event.currentTarget.value as RuleKind,
            numbers: newRule(event.currentTarget.value as RuleKind).numbers,
          })
        }
      >
        {RULE_KINDS.map((one) => (
          <option key={one} value={one}>
            {say(`play.rule.${one}`)}
          </option>
        ))}
      </select>
      {kind !== 'bytes' && (
        <input
          type="text"
          inputMode="numeric"
          aria-label={say('play.rule.numbers')}
          value={numbers.join(' ')}
          onChange={(event) => {
            const field = event.currentTarget;
            const list = field.value.split(/[ ,;]+/).filter((one) => one !== '');
            take({ ...rule, numbers: list.map(Number) }, field, numbers.join(' '));
          }}
        />
      )}
      <select
        aria-label={say('play.rule.direction')}
        value={direction ?? ''}
        onChange={({ currentTarget: { value } }) =>
          onChange({ ...rule, direction: value === '' ? undefined : (value as 'up') })
        }
      >
        <option value="">{say('play.rule.both')}</option>
        <option value="up">{say('play.rule.up')}</option>
        <option value="down">{say('play.rule.down')}</option>
      </select>
      <label>
        <span>{say('play.rule.connection')}</span>
        <input
          type="text"
          inputMode="numeric"
          size={3}
          placeholder={say('play.rule.all')}
          value={connection === undefined ? '' : String(connection)}
          onChange={(event) => {
            const field = event.currentTarget;
            const text = field.value.trim();
            const changed = { ...rule, connection: text === '' ? undefined : Number(text) };
            take(changed, field, connection === undefined ? '' : String(connection));
          }}
        />
      </label>
      <button
        type="button"
        class="quiet"
        aria-label={say('play.rule.remove', { n })}
        title={say('play.rule.remove', { n })}
        onClick={onRemove}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}
