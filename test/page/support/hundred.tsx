/**
 * A page for a test: the panes of the Loop view, walking through a room of a hundred clients.
 * @module
 */

import { render } from 'preact';
import { WalkPanes } from '../../../src/page/loop/panes.js';
import { Walk } from '../../../src/page/walk/walk.js';
import * as script from '../../../src/scenario/build.js';
import { simulate } from '../../../src/scenario/simulate.js';
import '../../../src/page/style/index.css';

const CLIENTS = 100;

const names = Array.from({ length: CLIENTS }, (_, i) => `C${i}`);
let room = script.scenario('hundred', 'A hundred people in one room.');
for (const name of names) room = room.joins(name, name);
for (const name of names.slice(0, 20)) room = room.step(script.say(name, 'hello'));

const walk = new Walk();
void simulate(room, { seed: 1 }).then(({ events }) => {
  walk.load(events, events.length - 2_000);
  render(
    <main id="main">
      <WalkPanes walk={walk} profile="rfc6455" />
    </main>,
    document.body,
  );
  Object.assign(globalThis, { walk });
});
