/**
 * The views of a class: a student's place, and the teacher's desk with the steps of the room beside it.
 * What they draw comes with the script of the class; a page without one says that there is none.
 * @module
 */

import type { JSX } from 'preact';
import { LiveBody, liveShortcuts } from '../live/body.js';
import { liveOf } from '../live/state.js';
import { say } from '../texts.js';
import type { PageView, ViewProps } from '../view.js';
import { classScript, isAsking } from './load.js';

/** A student's place. */
export const classView: PageView = {
  name: 'class',
  title: 'class.title',
  Body({ session }) {
    const script = classScript.value;
    return script === null ? <NoClass /> : <script.Place session={session} />;
  },
  isOffered: () => classScript.value !== null,
};

/** The teacher's desk. */
export const deskView: PageView = {
  name: 'desk',
  title: 'class.desk',
  Body: DeskAndSteps,
  shortcuts: liveShortcuts,
  isOffered: (session) => classScript.value !== null && liveOf(session).token.value !== '',
};

function DeskAndSteps({ session }: ViewProps): JSX.Element {
  const script = classScript.value;
  if (script === null) return <NoClass />;
  return (
    <div class="desk-and-steps">
      <script.Desk session={session} />
      <div class="desk-steps">
        <LiveBody session={session} />
      </div>
    </div>
  );
}

function NoClass(): JSX.Element {
  if (isAsking.value) return <p class="none">{say('class.asking')}</p>;
  return (
    <section class="pane live-none">
      <h1 class="unseen">{say('class.title')}</h1>
      <p>{say('class.none')}</p>
      <pre>{say('class.none.command')}</pre>
    </section>
  );
}
