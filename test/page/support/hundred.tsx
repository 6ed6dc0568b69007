/**
 * A page for a test: the panes of the Loop view, walking through a room of a hundred clients; with #stage
 * the stage alone, of thirty.
 * @module
 */

import { render } from 'preact';
import { WalkPanes } from '../../../src/page/loop/panes.js';
import { Session } from '../../../src/page/session.js';
import { allParameters } from '../../../src/page/shell/views.js';
import { StagePane } from '../../../src/page/stage/stage.js';
import { Walk } from '../../../src/page/walk/walk.js';
import * as script from '../../../src/scenario/build.js';
import { simulate } from '../../../src/scenario/simulate.js';
import '../../../src/page/style/index.css';

const isStage = location.hash === '#stage';
const [clients, times] = isStage ? [30, 3] : [100, 1];

const names = Array.from({ length: clients }, (_, i) => `C${i}`);
let room = script.scenario('crowd', 'Many people in one room.');
for (const name of names) room = room.joins(name, name);
for (let i = 0; i < times * 20; i++)
  room = room.step(script.say(names[i % clients] ?? '', 'hello'));

const session = new Session(allParameters());
const walk = new Walk();
void simulate(room, { seed: 1 }).then(({ events }) => {
  walk.load(events, events.length - 2_000);
  render(
    <main id="main">
      {isStage ? (
        <StagePane walk={walk} />
      ) : (
        <WalkPanes session={session} walk={walk} profile="rfc6455" />
      )}
    </main>,
    document.body,
  );
  Object.assign(globalThis, { walk });
});
