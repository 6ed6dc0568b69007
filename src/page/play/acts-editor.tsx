/**
 * The steps of a scenario, to be changed: texts and bytes, their order, more and fewer of them.
 * @module
 */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { fromHex } from '../../bytes.js';
import { connect, handshake, login, say as says } from '../../scenario/build.js';
import type { Action } from '../../scenario/scenario.js';
import { Icon } from '../shared/icon.js';
import { say, type TextKey } from '../texts.js';
import {
  clientsOf,
  movedStep,
  saidIn,
  withAction,
  withoutStep,
  withStep,
  writeSaid,
} from './draft.js';
import type { Benching } from './state.js';

/** The list, and what adds to it. Steps before a fork were played and stay as they are. */
export function ScenarioEditor({ state }: { state: Benching }): JSX.Element {
  const { steps } = state.draft.value.scenario;
  const played = state.forking.value?.at ?? 0;
  return (
    <>
      <ol class="bench-steps">
        {steps.map((actions, at) => (
          <li key={at} class={at < played ? 'played' : ''}>
            <span class="number" title={at < played ? say('bench.step.played') : ''}>
              {at + 1}
            </span>
            <span class="actions">
              {actions.map((action, i) => (
                <ActionField
                  key={i}
                  action={action}
                  isPlayed={at < played}
                  onChange={(changed) => state.changeSteps(withAction(steps, at, i, changed))}
                  onWrong={(text) => {
                    state.notice.value = say('bench.bytes.wrong', { text: text.slice(0, 40) });
                  }}
                />
              ))}
            </span>
            {at >= played && <StepTools state={state} at={at} played={played} />}
          </li>
        ))}
      </ol>
      <AddStep state={state} />
    </>
  );
}

function StepTools({
  state,
  at,
  played,
}: {
  state: Benching;
  at: number;
  played: number;
}): JSX.Element {
  const { steps } = state.draft.value.scenario;
  const n = at + 1;
  const tools = [
    ['bench.step.up', '↑', at > played, () => movedStep(steps, at, -1)],
    ['bench.step.down', '↓', n < steps.length, () => movedStep(steps, at, 1)],
  ] as const;
  return (
    <span class="tools">
      {tools.map(([label, sign, can, change]) => (
        <button
          key={label}
          type="button"
          class="quiet"
          aria-label={say(label, { n })}
          title={say(label, { n })}
          aria-disabled={!can}
          onClick={() => can && state.changeSteps(change())}
        >
          {sign}
        </button>
      ))}
      <button
        type="button"
        class="quiet"
        aria-label={say('bench.step.remove', { n })}
        title={say('bench.step.remove', { n })}
        onClick={() => state.changeSteps(withoutStep(steps, at))}
      >
        <Icon name="close" />
      </button>
    </span>
  );
}

interface ActionFieldProps {
  action: Action;
  isPlayed: boolean;
  onChange: (action: Action) => void;
  onWrong: (text: string) => void;
}

/** What a person can change in an action: one text. */
function ActionField({ action, isPlayed, onChange, onWrong }: ActionFieldProps): JSX.Element {
  const field = fieldOf(action);
  if (field === null) return <span class="action">{field === null ? plain(action) : ''}</span>;
  return (
    <label class="action">
      <span>{field.label}</span>
      <input
        type="text"
        class={field.isCode ? 'code-input' : ''}
        value={field.value}
        disabled={isPlayed}
        onChange={(event) => {
          const text = event.currentTarget.value;
          const changed = field.write(text);
          if (changed !== null) onChange(changed);
          else {
            onWrong(text);
            event.currentTarget.value = field.value;
          }
        }}
      />
    </label>
  );
}

interface Field {
  label: string;
  value: string;
  isCode: boolean;
  write: (text: string) => Action | null;
}

function fieldOf(action: Action): Field | null {
  switch (action.do) {
    case 'text':
    case 'flood': {
      const { client } = action;
      const said = saidIn(action.text);
      const key: TextKey =
        action.do === 'flood' ? 'bench.do.flood' : `bench.do.${said?.type ?? 'text'}`;
      return {
        label: say(key, { client }),
        value: said?.content ?? action.text,
        isCode: said === null,
        write: (text) => ({
          ...action,
          text: said === null ? text : writeSaid({ ...said, content: text }),
        }),
      };
    }
    case 'send': {
      const label = say('bench.do.send', { client: action.client });
      const write = (hex: string): Action | null => (isHex(hex) ? { ...action, hex } : null);
      return { label, value: action.hex, isCode: true, write };
    }
    case 'pieces': {
      const label = say('bench.do.pieces', { client: action.client });
      const write = (text: string): Action | null => {
        const pieces = text.split('|').map((piece) => piece.trim());
        return pieces.every(isHex) ? { ...action, pieces } : null;
      };
      return { label, value: action.pieces.join(' | '), isCode: true, write };
    }
    default:
      return null;
  }
}

function isHex(text: string): boolean {
  return fromHex(text.replace(/\s/g, '')) !== null;
}

function plain(action: Action): string {
  if (!('client' in action)) return say('bench.do.server', { do: action.do });
  const key = `bench.add.${action.do}`;
  return say('bench.do', { client: action.client, do: say(key as TextKey) });
}

/** What can be added, in the order of a life. */
const ADDED = [
  'user',
  'connect',
  'handshake',
  'login',
  'send',
  'stop',
  'read',
  'shutdown',
  'close',
  'reset',
] as const;

function AddStep({ state }: { state: Benching }): JSX.Element {
  const { steps } = state.draft.value.scenario;
  const what = useSignal<(typeof ADDED)[number]>('user');
  const client = useSignal('A');
  return (
    <form
      class="bench-add"
      onSubmit={(event) => {
        event.preventDefault();
        const added = newAction(what.value, client.value.trim() || 'A');
        // in a fork it is the first thing that goes another way
        const end = state.forking.peek()?.at ?? steps.length;
        state.changeSteps(withStep(steps, end - 1, added));
      }}
    >
      <label>
        <span>{say('bench.add.client')}</span>
        <input
          type="text"
          list="bench-clients"
          maxLength={20}
          value={client.value}
          onInput={(event) => {
            client.value = event.currentTarget.value;
          }}
        />
        <datalist id="bench-clients">
          {clientsOf(steps).map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      </label>
      <label>
        <span class="unseen">{say('bench.add.what')}</span>
        <select
          value={what.value}
          onChange={(event) => {
            what.value = event.currentTarget.value as 'user';
          }}
        >
          {ADDED.map((one) => (
            <option key={one} value={one}>
              {say(`bench.add.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit">{say('bench.add')}</button>
    </form>
  );
}

function newAction(what: (typeof ADDED)[number], client: string): Action {
  switch (what) {
    case 'user':
      return says(client, say('bench.add.text'));
    case 'connect':
      return connect(client);
    case 'handshake':
      return handshake(client);
    case 'login':
      return login(client, client);
    case 'send':
      return { do: 'send', client, hex: '898037fa213d' };
    default:
      return { do: what, client };
  }
}
