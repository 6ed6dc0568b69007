/**
 * The controls of a server that is stepped through. Back, the slider and the first step move only
 * what this page shows; the rest is for the page with the token.
 * @module
 */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { printable } from '../../trace/text.js';
import { say } from '../texts.js';
import type { ViewProps } from '../view.js';
import { IconButton, SpeedPicker, Where } from '../walk/controls.js';
import type { Command, Live } from './state.js';

/** Where a class wants to stop. */
const STEPS = [
  'accept',
  'recv',
  'handshake',
  'parse',
  'deal',
  'broadcast',
  'send',
  'disconnect',
  'error',
] as const;

/** The controls. */
export function LiveControls({ session, live }: ViewProps & { live: Live }): JSX.Element {
  const { walk, hasControls, isPlaying } = live;
  const isFirst = walk.position.value <= 1;
  const isPresent = walk.position.value >= walk.events.value.length;
  const plays = isPlaying.value || walk.isPlaying.value;
  const canGoOn = !isPresent || (hasControls.value && live.link.value === 'open');
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form
    <div class="controls" role="group" aria-label={say('walk.controls')}>
      <div class="buttons">
        <IconButton icon="home" name={say('walk.home')} isOver={isFirst} run={() => walk.home()} />
        <IconButton icon="back" name={say('walk.back')} isOver={isFirst} run={() => walk.back()} />
        <IconButton
          icon={plays ? 'pause' : 'play'}
          name={say(hasControls.value ? (plays ? 'live.pause' : 'live.play') : 'walk.play')}
          isOver={!canGoOn}
          run={() => live.toggle()}
        />
        <IconButton
          icon="next"
          name={say(isPresent && hasControls.value ? 'live.step' : 'walk.next')}
          title="→"
          isMain
          isOver={!canGoOn}
          run={() => {
            live.pause();
            live.next();
          }}
        />
        <IconButton
          icon="turn"
          name={say('walk.turn')}
          isOver={!canGoOn}
          run={() => live.nextTurn()}
        />
        <IconButton
          icon="end"
          name={say('live.present')}
          isOver={isPresent}
          run={() => walk.end()}
        />
      </div>
      <Where walk={walk} />
      <SpeedPicker session={session} />
      {hasControls.value && <RunTo live={live} />}
    </div>
  );
}

/** Where to stop next, or not at all. */
function RunTo({ live }: { live: Live }): JSX.Element {
  const chosen = useSignal<string>('broadcast');
  const sockets = [...live.walk.view.value.sockets.values()];
  const clients = sockets.filter(({ state }) => state === 'open' || state === 'connected');
  const { free } = live.status.value;
  const isGone = live.link.value !== 'open';
  return (
    <form
      class="live-run"
      onSubmit={(event) => {
        event.preventDefault();
        live.goOn(commandOf(chosen.value));
      }}
    >
      <label>
        <span>{say('live.run-to')}</span>
        <select
          value={chosen.value}
          onChange={(event) => {
            chosen.value = event.currentTarget.value;
          }}
        >
          {STEPS.map((step) => (
            <option key={step} value={step}>
              {say('live.run-to.step', { step })}
            </option>
          ))}
          {clients.map(({ fd, name }) => (
            <option key={fd} value={fd}>
              {say('live.run-to.fd', { fd: String(fd), name: printable(name ?? '').slice(0, 30) })}
            </option>
          ))}
        </select>
      </label>
      <button type="submit" aria-disabled={isGone}>
        {say('live.go')}
      </button>
      <button
        type="button"
        aria-disabled={isGone}
        aria-pressed={free && !isGone}
        onClick={() => live.goOn({ do: free ? 'stop' : 'run' })}
      >
        {say(free ? 'live.stop' : 'live.run')}
      </button>
    </form>
  );
}

function commandOf(chosen: string): Command {
  const step = STEPS.find((name) => name === chosen);
  return step === undefined ? { do: 'client', fd: Number(chosen) } : { do: 'to', step };
}
