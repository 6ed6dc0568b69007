/**
 * The source of a program that is watched: the line of a step, in its file where the server of this page
 * can read that. Of a trace that was opened only the file's name and the line are known.
 * @module
 */

import { signal } from '@preact/signals';
import type { SourcePlace } from '../../trace/event.js';
import type { StepSource } from '../shared/highlight.js';
import { served } from '../shared/served.js';
import type { SourceFile } from '../shared/sources.js';

/** Files by path; null for one that is asked for, and that is not there. */
const files = signal<ReadonlyMap<string, SourceFile | null>>(new Map());

/** The line of a step with its file; null where the file is not there, or not yet. */
export function strangerSourceOf({ file, line }: SourcePlace): StepSource | null {
  const source = files.value.get(file);
  if (source === undefined) void ask(file);
  if (!source || source.lines[line - 1] === undefined) return null;
  return { source, region: { name: 'own', from: line, to: line }, call: line };
}

async function ask(file: string): Promise<void> {
  keep(file, null); // once
  const about = await served();
  if (about === null || about.watched === null) return;
  try {
    const answer = await fetch(`source?${new URLSearchParams({ file })}`);
    if (answer.ok) keep(file, sourceFile(file, await answer.text()));
  } catch {
    // the server is gone, which is said elsewhere
  }
}

function keep(file: string, source: SourceFile | null): void {
  queueMicrotask(() => {
    files.value = new Map([...files.peek(), [file, source]]);
  });
}

function sourceFile(file: string, text: string): SourceFile {
  const lines = text
    .split('\n')
    .map((line, i) => ({ number: i + 1, words: [['', line]] as const }));
  return { file, lines, regions: [] };
}
