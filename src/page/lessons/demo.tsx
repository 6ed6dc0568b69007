/**
 * The demo of a lesson: as it is handed out, and as the student changes it.
 * @module
 */

import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { DemoRun } from '../course/course.js';
import { gap, say } from '../texts.js';
import { EditorBox, type EditorHandle } from './editor-box.js';
import { goToPart, type LessonProps } from './part.js';
import { Output } from './prose.js';
import { seeTrace } from './see.js';
import type { DemoState, LessonWork } from './work.js';

/** The demo as it is, which Run shows. */
export function DemoBox(props: LessonProps): JSX.Element {
  const { work } = props;
  const state = work.runs.shown.value;
  return (
    <div class="demo">
      <div class="button-row">
        <RunButton work={work} which="shown" />
        <button type="button" onClick={() => goToPart('Modify')}>
          {say('lessons.demo.modify')}
        </button>
        {state.run?.trace != null && <TraceButton {...props} />}
      </div>
      <DemoOutput state={state} {...props} />
    </div>
  );
}

/** The demo in an editor. */
export function ModifyBox(props: LessonProps): JSX.Element {
  const { work, learning } = props;
  const { number } = work.lesson;
  const editor = useRef<EditorHandle>(null);
  const state = work.runs.mine.value;
  const trouble = state.run?.trouble ?? null;
  const problem =
    trouble === null || trouble.line === null
      ? null
      : {
          line: trouble.line,
          column: trouble.column,
          message: learning.course.say(number, trouble.why),
        };
  return (
    <div class="demo">
      <EditorBox
        course={learning.course}
        draft={work.demo}
        label={say('lessons.editor.demo', { number: String(number) })}
        keys={say('lessons.editor.keys-demo')}
        file="demo.ts"
        problem={problem}
        onCheck={() => void work.play('mine')}
        handle={editor}
      />
      <div class="button-row">
        <RunButton work={work} which="mine" />
        {state.run?.trace != null && <TraceButton {...props} which="mine" />}
      </div>
      <DemoOutput state={state} {...props} />
    </div>
  );
}

function RunButton({ work, which }: { work: LessonWork; which: 'shown' | 'mine' }): JSX.Element {
  const { is } = work.runs[which].value;
  // one button, so that the focus stays where it is
  return (
    <button
      type="button"
      class="main"
      onClick={() => {
        if (is === 'running') work.stopDemo();
        else void work.play(which);
      }}
    >
      {is === 'running' && say('lessons.demo.stop')}
      {is !== 'running' && is !== 'idle' && say('lessons.demo.again')}
      {is === 'idle' && say(which === 'mine' ? 'lessons.demo.run-mine' : 'lessons.demo.run')}
    </button>
  );
}

/** Shows the trace of the demo in the Scope; runs it first where it has not run. */
export function TraceButton({
  session,
  work,
  which = 'shown',
}: LessonProps & { which?: 'shown' | 'mine' }): JSX.Element {
  const see = async (): Promise<void> => {
    const run = work.runs[which].peek().run ?? (await work.play(which));
    if (run?.trace != null)
      seeTrace(session, work.lesson.number, say('lessons.demo.file'), run.trace, null);
  };
  return (
    <button type="button" onClick={() => void see()}>
      {say('lessons.demo.trace')}
    </button>
  );
}

function DemoOutput({ state, ...props }: LessonProps & { state: DemoState }): JSX.Element | null {
  const { is, lines, more, run } = state;
  if (is === 'idle') return null;
  return (
    <>
      {lines.length > 0 && <Output text={lines.join('\n')} label={say('lessons.output')} />}
      <p role="status" class="none">
        {more > 0 && `${say('lessons.demo.lines', { n: more })} `}
        {is === 'running' && say('lessons.demo.running')}
        {is === 'stopped' && say('lessons.demo.stopped')}
        {run?.ended === true &&
          say(lines.length === 0 ? 'lessons.demo.silent' : 'lessons.demo.ended')}
        {run?.trouble && <Trouble trouble={run.trouble} {...props} />}
      </p>
    </>
  );
}

function Trouble({
  trouble: { why, advice },
  work,
  learning,
}: LessonProps & { trouble: NonNullable<DemoRun['trouble']> }): JSX.Element {
  const { number } = work.lesson;
  return (
    <span class="said is-wrong">
      <span class="sign" aria-hidden="true">
        ✗
      </span>{' '}
      {learning.course.say(number, why)}
      {gap()}
      {learning.course.say(number, advice)}
    </span>
  );
}
