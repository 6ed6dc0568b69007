/**
 * A page for a test: a trace as long as one likes, in the panes of the Loop view or by itself.
 * `open(events, clients)` is called from outside.
 * @module
 */

import { render } from 'preact';
import { WalkPanes } from '../../../src/page/loop/panes.js';
import { Session } from '../../../src/page/session.js';
import { allParameters } from '../../../src/page/shell/views.js';
import { timelineOf } from '../../../src/page/timeline/state.js';
import { TracePane } from '../../../src/page/timeline/trace.js';
import { Walk } from '../../../src/page/walk/walk.js';
import { longTrace } from '../../support/long-trace.js';
import '../../../src/page/style/index.css';

const session = new Session(allParameters());
const walk = new Walk();
const timeline = timelineOf(walk);
let made: ReturnType<typeof longTrace> = [];

Object.assign(globalThis, {
  walk,
  timeline,
  /** Makes a trace, which is no work of the page. */
  make(length: number, clients: number): void {
    made = longTrace(length, clients);
  },
  /** Shows it. */
  open(isAlone: boolean): void {
    walk.load(made);
    render(
      <main id="main">
        {isAlone ? (
          <TracePane walk={walk} />
        ) : (
          <WalkPanes session={session} walk={walk} profile="rfc6455" />
        )}
      </main>,
      document.body,
    );
  },
});
