/**
 * The trace of a walk: all that happened, a row a socket, as marks along an axis; or closer, as a list of
 * steps; or as who sent what to whom.
 * @module
 */

import type { JSX } from 'preact';
import { Diagram } from '../loop/diagram.js';
import { StepList } from '../loop/step-list.js';
import { Icon, type IconName } from '../shared/icon.js';
import { isPrinting } from '../shared/print.js';
import { say, type TextKey } from '../texts.js';
import type { Walk } from '../walk/walk.js';
import type { Measure } from './axis.js';
import { Picture } from './picture.js';
import { DRAWN_AS, type Timeline, timelineOf, zoomOnce } from './state.js';

/** A longer trace is printed as it is seen. */
const MOST_PRINTED = 500;

/** The pane. */
export function TracePane({ walk }: { walk: Walk }): JSX.Element {
  const timeline = timelineOf(walk);
  const drawnAs = timeline.drawnAs.value;
  const isOnPaper = isPrinting.value && walk.events.value.length <= MOST_PRINTED;
  return (
    <section class="pane trace" aria-labelledby="trace-title">
      <div class="trace-head">
        <h2 id="trace-title">{say('timeline.title')}</h2>
        <Tools timeline={timeline} />
      </div>
      {(drawnAs === 'trace' || isOnPaper) && <Picture walk={walk} timeline={timeline} />}
      {(drawnAs === 'diagram' || isOnPaper) && <Diagram walk={walk} />}
      {(drawnAs === 'list' || isOnPaper) && (
        <div class="trace-list">
          <StepList walk={walk} />
        </div>
      )}
    </section>
  );
}

function Tools({ timeline }: { timeline: Timeline }): JSX.Element {
  const isPicture = timeline.drawnAs.value === 'trace';
  return (
    <div class="trace-tools">
      <fieldset aria-label={say('timeline.as')}>
        {DRAWN_AS.map((one) => (
          <Choice
            key={one}
            label={`timeline.as.${one}`}
            isChosen={timeline.drawnAs.value === one}
            run={() => {
              timeline.drawnAs.value = one;
            }}
          />
        ))}
      </fieldset>
      {isPicture && <Measures timeline={timeline} />}
      {isPicture && (
        <div class="trace-zoom">
          <Zoom
            icon="farther"
            label="timeline.farther"
            shows="-"
            run={() => zoomOnce(timeline, -1)}
          />
          <Zoom icon="closer" label="timeline.closer" shows="+" run={() => zoomOnce(timeline, 1)} />
          <Zoom icon="whole" label="timeline.whole" shows="0" run={() => timeline.whole()} />
        </div>
      )}
    </div>
  );
}

/** By steps or by time; where no time passed there is no choice. */
function Measures({ timeline }: { timeline: Timeline }): JSX.Element {
  const wanted = timeline.measure.value;
  const { measure } = timeline.drawn.axis;
  const isAlone = wanted === 'time' && measure === 'steps';
  return (
    <fieldset aria-label={say('timeline.measure')}>
      {(['steps', 'time'] satisfies Measure[]).map((one) => (
        <Choice
          key={one}
          label={`timeline.measure.${one}`}
          title={
            isAlone && one === 'time' ? 'timeline.measure.none' : `timeline.measure.${one}.title`
          }
          isChosen={measure === one}
          run={() => timeline.measureBy(one)}
        />
      ))}
    </fieldset>
  );
}

interface ChoiceProps {
  label: TextKey;
  title?: TextKey;
  isChosen: boolean;
  run: () => void;
}

function Choice({ label, title = label, isChosen, run }: ChoiceProps): JSX.Element {
  return (
    <button type="button" aria-pressed={isChosen} title={say(title)} onClick={run}>
      {say(label)}
    </button>
  );
}

interface ZoomProps {
  icon: IconName;
  label: TextKey;
  /** Its key. */
  shows: string;
  run: () => void;
}

function Zoom({ icon, label, shows, run }: ZoomProps): JSX.Element {
  const name = say(label);
  return (
    <button
      type="button"
      aria-label={name}
      title={say('walk.with-key', { name, key: shows })}
      onClick={run}
    >
      <Icon name={icon} />
    </button>
  );
}
