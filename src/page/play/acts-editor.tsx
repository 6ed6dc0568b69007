/**
 * The acts of a scenario, to be changed: texts and bytes, their order, more and fewer of them.
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
  movedAct,
  saidIn,
  withAct,
  withAction,
  withoutAct,
  writeSaid,
} from './draft.js';
import type { PlayState } from './state.js';

/** The list, and what adds to it. Acts before a fork were played and stay as they are. */
export function ActsEditor({ state }: { state: PlayState }): JSX.Element {
  const { steps: acts } = state.draft.value.scenario;
  const played = state.forking.value?.at ?? 0;
  return (
    <>
      <ol class="play-acts">
        {acts.map((actions, at) => (
          <li key={at} class={at < played ? 'played' : ''}>
            <span class="number" title={at < played ? say('play.act.played') : ''}>
              {at + 1}
            </span>
            <span class="actions">
              {actions.map((action, i) => (
                <ActionField
                  key={i}
                  action={action}
                  isPlayed={at < played}
                  onChange={(changed) => state.changeActs(withAction(acts, at, i, changed))}
                  onWrong={(text) => {
                    state.notice.value = say('play.bytes.wrong', { text: text.slice(0, 40) });
                  }}
                />
              ))}
            </span>
            {at >= played && <ActTools state={state} at={at} played={played} />}
          </li>
        ))}
      </ol>
      <AddAct state={state} />
    </>
  );
}

function ActTools({
  state,
  at,
  played,
}: {
  state: PlayState;
  at: number;
  played: number;
}): JSX.Element {
  const { steps: acts } = state.draft.value.scenario;
  const n = at + 1;
  const tools = [
    ['play.act.up', '↑', at > played, () => movedAct(acts, at, -1)],
    ['play.act.down', '↓', n < acts.length, () => movedAct(acts, at, 1)],
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
          onClick={() => can && state.changeActs(change())}
        >
          {sign}
        </button>
      ))}
      <button
        type="button"
        class="quiet"
        aria-label={say('play.act.remove', { n })}
        title={say('play.act.remove', { n })}
        onClick={() => state.changeActs(withoutAct(acts, at))}
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
  const ms = 'delayMs' in action ? action.delayMs : undefined;
  const late = ms === undefined ? '' : say('play.late', { ms });
  if (field === null) {
    return (
      <span class="action">
        {plain(action)} {late}
      </span>
    );
  }
  return (
    <label class="action">
      <span>
        {field.label} {late}
      </span>
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
        action.do === 'flood' ? 'play.do.flood' : `play.do.${said?.type ?? 'text'}`;
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
      const label = say('play.do.send', { client: action.client });
      const write = (hex: string): Action | null => (isHex(hex) ? { ...action, hex } : null);
      return { label, value: action.hex, isCode: true, write };
    }
    case 'pieces': {
      const label = say('play.do.pieces', { client: action.client });
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
  if (!('client' in action)) return say('play.do.server', { do: action.do });
  const key = `play.add.${action.do}`;
  return say('play.do', { client: action.client, do: say(key as TextKey) });
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

function AddAct({ state }: { state: PlayState }): JSX.Element {
  const { steps: acts } = state.draft.value.scenario;
  const what = useSignal<(typeof ADDED)[number]>('user');
  const client = useSignal('A');
  return (
    <form
      class="play-add"
      onSubmit={(event) => {
        event.preventDefault();
        const added = newAction(what.value, client.value.trim() || 'A');
        // in a fork it is the first thing that goes another way
        const end = state.forking.peek()?.at ?? acts.length;
        state.changeActs(withAct(acts, end - 1, added));
      }}
    >
      <label>
        <span>{say('play.add.client')}</span>
        <input
          type="text"
          list="play-clients"
          maxLength={20}
          value={client.value}
          onInput={(event) => {
            client.value = event.currentTarget.value;
          }}
        />
        <datalist id="play-clients">
          {clientsOf(acts).map((name) => (
            <option key={name} value={name} />
          ))}
        </datalist>
      </label>
      <label>
        <span class="unseen">{say('play.add.what')}</span>
        <select
          value={what.value}
          onChange={(event) => {
            what.value = event.currentTarget.value as 'user';
          }}
        >
          {ADDED.map((one) => (
            <option key={one} value={one}>
              {say(`play.add.${one}`)}
            </option>
          ))}
        </select>
      </label>
      <button type="submit">{say('play.add')}</button>
    </form>
  );
}

function newAction(what: (typeof ADDED)[number], client: string): Action {
  switch (what) {
    case 'user':
      return says(client, say('play.add.text'));
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
