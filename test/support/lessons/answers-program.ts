/**
 * A program: holds every answer of a lesson (its exercise as it is handed out, its solution, its
 * right and its wrong answers) against its check, and appends what came of each to a file, one JSON object a line.
 * In a process of its own, so that an answer that does not end is ended, and what was told before is
 * known.
 *
 * Arguments: the lesson's folder, the file to append to.
 * @module
 */

import { appendFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import pc from 'picocolors';
import { attempt } from '../../../src/lesson/attempt.js';
import type { Said } from '../../../src/lesson/checker.js';
import type { Verdict } from '../../../src/lesson/judge.js';
import { reportOf as lessonReport } from '../../../src/lesson/report.js';
import type { LessonTexts } from '../../../src/lesson/texts.js';
import { failureReport } from '../../../src/terminal/check-report.js';
import { DEFAULT_LANGUAGE, type Language } from '../../../src/texts/language.js';
import type { Outcome } from './answers.js';
import { answersIn, messagesOf, othersOf, readIn } from './files.js';

const [, , folder = '', told = ''] = process.argv;
const languages = [DEFAULT_LANGUAGE, ...othersOf(join(folder, 'messages.en.yaml'))];

for (const answer of answersIn(folder)) {
  const steps = new Map<string, Said>();
  const history: Said[] = [];
  const files = {
    exercise: join(folder, answer),
    original: join(folder, 'exercise.ts'),
    check: join(folder, 'check.ts'),
    lesson: Number.parseInt(basename(folder), 10),
  };
  tell({ answer, begun: true });
  const verdict = await attempt(files, (step) => {
    // the same step with other names of values is another
    history.push(step);
    steps.set(`${step.key} ${Object.keys(step.values).sort()}`, step);
  });
  const outcome: Outcome = {
    answer,
    passed: verdict.kind === 'passed',
    why: verdict.kind === 'failed' ? verdict.failed.why : null,
    trouble: verdict.kind === 'trouble' ? verdict.trouble : null,
    steps: [...steps.values()],
    reports: Object.fromEntries(
      languages.map((language) => [
        language,
        verdict.kind === 'passed' ? '' : reportOf(answer, verdict, history, language),
      ]),
    ),
    command: verdict.kind === 'failed' ? verdict.command : null,
  };
  tell(outcome);
}
process.exit(0); // whatever an answer has left running

/** What a student would read, on the terminal of a school's computer. */
function reportOf(
  answer: string,
  verdict: Verdict,
  history: readonly Said[],
  language: Language,
): string {
  const number = Number(basename(folder).slice(0, 2));
  const command = verdict.kind === 'failed' ? verdict.command : null;
  const { at: seq = null } = verdict.kind === 'failed' ? verdict.failed : { at: null, ...verdict };
  const at = seq !== null && seq > 0 ? ` --at ${seq}` : '';
  const trace = `npx loopscope step loopscope-lessons/${basename(folder)}/failure.ndjson${at}`;
  const report = lessonReport({
    lesson: { number, title: 'a lesson' },
    result: {
      passed: false,
      failed: verdict.kind === 'failed' ? verdict.failed : null,
      trouble: verdict.kind === 'trouble' ? verdict.trouble : null,
      history: history.slice(-100),
      steps: history.length,
      output: '',
      trace: null,
      at: null,
      command,
    },
    file: `loopscope-lessons/${basename(folder)}/exercise.ts`,
    source: readIn(folder, answer),
  });
  return failureReport(report, {
    messages: messagesOf(folder, language) as LessonTexts,
    language,
    replay: verdict.kind !== 'passed' && verdict.trace !== null ? trace : command,
    columns: 80,
    colors: pc.createColors(false),
  });
}

function tell(line: Outcome | { answer: string; begun: true }): void {
  appendFileSync(told, `${JSON.stringify(line)}\n`);
}
