/**
 * What the Live view draws: what the server does, the controls of whoever has the token, the steps. The
 * desk of a class has it too.
 * @module
 */

import { useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { ChatRoom } from '../chat/room.js';
import { partShortcuts, WalkPanes } from '../loop/panes.js';
import type { Session } from '../session.js';
import { gap, say } from '../texts.js';
import { timelineShortcuts } from '../timeline/state.js';
import type { Shortcut, ViewProps } from '../view.js';
import { Narration } from '../walk/narration.js';
import { loadWatch, watchScript } from '../watch/load.js';
import { LiveControls } from './controls.js';
import { type Live, liveOf } from './state.js';

/** A key of a walk, done with the server's. */
function key(
  keys: readonly string[],
  label: Shortcut['label'],
  run: (live: Live) => void,
): Shortcut {
  return { keys, label, run: (session: Session) => run(liveOf(session)) };
}

/** Its keys. */
export const liveShortcuts: readonly Shortcut[] = [
  key(['ArrowRight', 'n'], 'walk.key.next', (live) => {
    live.pause();
    live.next();
  }),
  key(['ArrowLeft', 'b'], 'walk.key.back', (live) => {
    live.pause();
    live.walk.back();
  }),
  key([' '], 'walk.key.play', (live) => live.toggle()),
  key(['Home'], 'walk.key.home', (live) => live.walk.home()),
  key(['End'], 'walk.key.end', (live) => live.walk.end()),
  key(['t'], 'walk.key.turn', (live) => live.nextTurn()),
  key(['r'], 'live.key.run', (live) => live.goOn({ do: live.status.value.free ? 'stop' : 'run' })),
  ...timelineShortcuts((session) => liveOf(session).walk),
  ...partShortcuts,
];

/** What is drawn. */
export function LiveBody({ session }: ViewProps): JSX.Element {
  const live = liveOf(session);
  useEffect(() => live.open(), [live]);
  useSignalEffect(() => {
    const parameter = session.parameter('token');
    if (parameter.value === '') return;
    live.take(parameter.value);
    parameter.value = '';
  });
  useSignalEffect(() => {
    live.walk.speed.value = Number(session.parameter('speed').value);
  });
  const link = live.link.value;
  const watched = live.about.value?.watched ?? null;
  const isThere = link !== 'none' && link !== 'asking';
  if (isThere && watched !== null) return <WatchedPlace session={session} live={live} />;
  return (
    <div class="loop live">
      <h1 class="unseen">{say('live.title')}</h1>
      {link === 'none' && <NoServer />}
      {link === 'asking' && <p class="none">{say('live.asking')}</p>}
      {isThere && (
        <>
          <div class="walk-bar">
            <State live={live} />
            <LiveControls session={session} live={live} />
            <Narration walk={live.walk} />
          </div>
          <WalkPanes
            session={session}
            walk={live.walk}
            profile={live.about.value?.profile ?? 'rfc6455'}
          />
          <details class="pane live-chat">
            <summary>{say('live.chat')}</summary>
            <ChatRoom session={session} />
          </details>
        </>
      )}
    </div>
  );
}

/** What a program that is watched has comes with its script. */
function WatchedPlace({ session, live }: ViewProps & { live: Live }): JSX.Element {
  useEffect(() => {
    loadWatch().catch(() => {
      session.notices.value = [say('strace.not-loaded', { reason: 'watch.js' })];
    });
  }, [session]);
  const script = watchScript.value;
  return script === null ? (
    <p class="none">{say('live.asking')}</p>
  ) : (
    <script.Watched session={session} live={live} />
  );
}

function NoServer(): JSX.Element {
  return (
    <section class="pane live-none">
      <p>{say('live.none')}</p>
      <pre>{say('live.none.command')}</pre>
      <p>{say('live.none.rest')}</p>
    </section>
  );
}

/** What the server does, and what this page may do. */
function State({ live }: { live: Live }): JSX.Element {
  const { walk, link, hasControls, isRefused, missing } = live;
  const { readers } = live.status.value;
  const { state, sign } = stateOf(live);
  const n = missing.value + walk.events.value.length;
  const isPast = walk.position.value < walk.events.value.length;
  return (
    <div class="live-state">
      <p class={`live-does ${state}`} role="status">
        <b aria-hidden="true">{sign}</b> {say(`live.state.${state}`, { n })}
        {isPast && <span class="live-past"> {say('live.past')}</span>}
      </p>
      <p class={isRefused.value ? 'live-who refused' : 'live-who'}>
        {say(
          isRefused.value
            ? 'live.refused'
            : hasControls.value
              ? 'live.you-control'
              : 'live.you-watch',
        )}
        {gap()}
        {link.value === 'open' && (
          <span>{say(hasControls.value ? 'live.pages' : 'live.pages.yours', { n: readers })}</span>
        )}
      </p>
      {missing.value > 0 && <p class="live-who">{say('live.missing', { n: missing.value })}</p>}
    </div>
  );
}

function stateOf({ link, status }: Live): {
  state: 'lost' | 'ended' | 'holds' | 'free' | 'waits';
  sign: string;
} {
  if (link.value === 'lost') return { state: 'lost', sign: '✕' };
  if (link.value === 'ended') return { state: 'ended', sign: '■' };
  if (status.value.holds) return { state: 'holds', sign: '❚❚' };
  return status.value.free ? { state: 'free', sign: '▶' } : { state: 'waits', sign: '◌' };
}
