/**
 * The exercise of a lesson: the editor, and beside it what came of the check.
 * @module
 */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { LineProblem } from '../course/editing.js';
import { say } from '../texts.js';
import { EditorBox, type EditorHandle } from './editor-box.js';
import type { Learning } from './learning.js';
import { CheckOutcome } from './outcome.js';
import type { LessonProps } from './part.js';
import type { LessonWork } from './work.js';

/** Whoever has typed nothing for so long has an unfinished line behind them. */
const FORM_AFTER_MS = 800;

/** The exercise. */
export function ExerciseBox(props: LessonProps): JSX.Element {
  const { learning, work } = props;
  const { number } = work.lesson;
  const editor = useRef<EditorHandle>(null);
  const form = useFormProblem(learning, work);
  return (
    <div class="exercise">
      <div class="exercise-edit">
        <EditorBox
          course={learning.course}
          draft={work.exercise}
          label={say('lessons.editor.exercise', { number: String(number) })}
          keys={say('lessons.editor.keys')}
          file="exercise.ts"
          problem={checkedProblem(learning, work) ?? form}
          onCheck={() => void work.runCheck()}
          handle={editor}
        />
        <CheckButton work={work} />
      </div>
      <CheckOutcome {...props} goTo={(line, column) => editor.current?.goTo(line, column)} />
    </div>
  );
}

function CheckButton({ work }: { work: LessonWork }): JSX.Element {
  const isRunning = work.check.value.is === 'running';
  // one button, so that the focus stays where it is
  return (
    <button
      type="button"
      class="main"
      onClick={() => {
        if (isRunning) work.stopCheck();
        else void work.runCheck();
      }}
    >
      {say(isRunning ? 'lessons.check.stop' : 'lessons.check')}
    </button>
  );
}

/** What the check says of a line, as long as that is what stands there. */
function checkedProblem(
  { course }: Learning,
  { check, exercise, lesson }: LessonWork,
): LineProblem | null {
  const state = check.value;
  if (state.is !== 'done' || state.source !== exercise.text) return null;
  const { detail, why } = state.run.report;
  if (detail?.kind !== 'line' || why === null) return null;
  const { line, column } = detail;
  return { line, column, message: course.say(lesson.number, why) };
}

/** What keeps the text from being read as TypeScript; found when the typing rests. */
function useFormProblem({ course }: Learning, { exercise }: LessonWork): LineProblem | null {
  const problem = useSignal<LineProblem | null>(null);
  const { text } = exercise;
  useEffect(() => {
    problem.value = null;
    const timer = setTimeout(() => {
      problem.value = course.errorsOf(text)[0] ?? null;
    }, FORM_AFTER_MS);
    return () => clearTimeout(timer);
  }, [course, text]);
  return problem.value;
}
