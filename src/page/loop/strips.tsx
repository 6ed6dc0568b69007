/**
 * The code of a step, of the PHP and of the TypeScript, as two strips; a line leads to the next time that
 * its step is taken. A trace knows steps and not lines: each line stands for the step that it is of. At a call
 * of a student's function there stand its own lines, and what it was given.
 * @module
 */

import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Profile } from '../../scenario/simulate.js';
import { printable } from '../../trace/text.js';
import type { View } from '../../trace/view.js';
import { callOf, runsAt, stepOfLine } from '../shared/calls.js';
import { sourceOf } from '../shared/highlight.js';
import { type LineLinks, Strip } from '../shared/strip.js';
import { isOfOutside, moodOf } from '../stage/mood.js';
import { say } from '../texts.js';
import type { Walk } from '../walk/walk.js';
import { CallPane, callLinks, ownSource } from './call-pane.js';
import { strangerSourceOf } from './stranger-source.js';

/** What the strips are of. */
interface CodeStripsProps {
  view: View;
  /** What a line moves. */
  walk: Walk;
  /** Whose TypeScript it is; null for a stranger's loop, which has no source here. */
  profile: Profile | null;
  /** Lines of each. */
  length?: number;
}

/** A student's function is seen whole, where it is short. */
const OWN_LINES = 4;

/** The strips. */
export function CodeStrips({ view, walk, profile, length = 5 }: CodeStripsProps): JSX.Element {
  const links = useMemo(() => linksOf(walk), [walk]);
  const { event, blockedOn } = view;
  if (event?.step === 'call') {
    const own = ownSource(event);
    return (
      <div class="strips">
        <Strip
          title={say('loop.call.yours')}
          at={own}
          note={own === null ? say('loop.call.none') : ''}
          mood={moodOf(view)}
          length={OWN_LINES + length}
          links={callLinks(walk, event)}
        />
        <CallPane event={event} position={view.position} walk={walk} />
      </div>
    );
  }
  const isOutside = event !== null && isOfOutside(event);
  // a turn is not interrupted: what comes from outside comes while the server waits
  const waitsIn = blockedOn === null ? 'select' : 'block';
  const step = isOutside ? waitsIn : (event?.step ?? 'socket');
  const outside = isOutside ? say(`loop.source.${event.step as 'act' | 'arrive'}`) : '';
  if (profile === null) return <StrangerStrip view={view} length={length} />;
  const ours = [
    { title: 'loop.php', none: 'loop.php.none', at: sourceOf(step, 'php') },
    {
      title: 'loop.typescript',
      none: 'loop.typescript.none',
      at: sourceOf(step, profile),
    },
  ] as const;
  return (
    <div class="strips">
      {ours.map(({ title, none, at }) => (
        <Strip
          key={title}
          title={say(title)}
          at={at}
          note={at === null ? say(none) : outside}
          mood={moodOf(view)}
          length={length}
          links={links}
        />
      ))}
    </div>
  );
}

/** A stranger's own line, where it was told with its lines. */
function StrangerStrip({ view, length }: { view: View; length: number }): JSX.Element {
  const place = view.event?.source;
  const at = place === undefined ? null : strangerSourceOf(place);
  const known = place && { file: printable(place.file), line: String(place.line) };
  const note = known === undefined ? say('loop.stranger') : say('loop.own', known);
  return (
    <div class="strips">
      <Strip
        title={say('loop.stranger.title')}
        at={at}
        note={at === null ? note : ''}
        mood={moodOf(view)}
        length={length}
        links={NO_LINKS}
      />
    </div>
  );
}

/** Nobody knows what else such a line does. */
const NO_LINKS: LineLinks = {
  groupOf: () => null,
  keyLine: () => 0,
  go: () => {},
  label: () => '',
};

function linksOf(walk: Walk): LineLinks {
  return {
    groupOf: (file, line) => {
      const step = stepOfLine(file, line);
      return file.regions.find(({ name }) => name === step) ?? null;
    },
    keyLine: callOf,
    go: (file, line) => {
      const step = stepOfLine(file, line);
      if (step === null) return;
      walk.toNext(
        (event) => runsAt(file, step, event),
        say('code.line', { line: String(line), step }),
      );
    },
    label: (line) => say('code.line.go', { line: String(line) }),
  };
}
