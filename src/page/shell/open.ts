/**
 * Opens a file where it belongs: a trace in the Scope, and what strace wrote, a scenario in Play, a recording in Compare, a
 * student's progress in Learn, and whatever has bytes in Bytes. It may be chosen, or dropped anywhere.
 * @module
 */

import { isStrace } from '../../watch/recognise.js';
import { openContent, tooLarge } from '../bytes/open-file.js';
import { readingOf } from '../bytes/state.js';
import { compareOf } from '../compare/state.js';
import { handedIn } from '../lessons/handed-in.js';
import { playOf } from '../play/state.js';
import type { Session } from '../session.js';

/** Where a file belongs. */
export type FileKind = 'trace' | 'strace' | 'recording' | 'scenario' | 'progress' | 'bytes';

/** Bytes that are looked at to tell a trace. */
const HEAD = 4_096;

/** Tells where a file belongs, by what is in it. */
export function kindOf(bytes: Uint8Array): FileKind {
  const head = new TextDecoder()
    .decode(bytes.subarray(0, HEAD))
    .replace(/^\ufeff/, '')
    .trimStart();
  if (head === '') return 'trace'; // of which it is said that it is empty
  if (!head.startsWith('{')) return isStrace(head) ? 'strace' : 'bytes';
  // a line may be longer than what is looked at
  if (/^\{\s*"v":\s*\d/.test(head)) return 'trace';
  const first = objectIn(head.split('\n', 1)[0] ?? '');
  if (first !== null && 'v' in first && 'step' in first) return 'trace';
  const whole = objectIn(new TextDecoder().decode(bytes));
  if (whole === null || 'log' in whole) return 'bytes'; // a HAR, of which Bytes says what it lacks
  if (typeof whole.lessons === 'object') return 'progress';
  return Array.isArray(whole.wire) ? 'recording' : 'scenario';
}

function objectIn(text: string): Record<string, unknown> | null {
  try {
    const value = JSON.parse(text.replace(/^\ufeff/, ''));
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

/** Opens a file; what is wrong with it is said where it was opened. */
export async function openFile(file: File, session: Session): Promise<void> {
  const view = session.parameter('view');
  // it is read in pieces, and may be as large as it likes
  if (kindOf(new Uint8Array(await file.slice(0, HEAD).arrayBuffer())) === 'strace') {
    await session.openStrace(file);
    return;
  }
  const large = tooLarge(file);
  if (large !== null) {
    session.notices.value = [large];
    return;
  }
  const bytes = new Uint8Array(await file.arrayBuffer());
  const kind = kindOf(bytes);
  // who compares wants it beside the other side
  if (kind === 'recording' || (kind === 'trace' && view.peek() === 'compare')) {
    view.value = 'compare';
    await compareOf(session).open(file);
  } else if (kind === 'trace') {
    session.openTrace(file.name, new TextDecoder().decode(bytes));
  } else if (kind === 'progress') {
    view.value = 'lessons';
    session.parameter('lesson').value = 'map';
    handedIn.value = file;
  } else if (kind === 'scenario') {
    view.value = 'play';
    await playOf(session).open(file);
  } else {
    await openContent(file.name, bytes, readingOf(session), session);
  }
}

/** Whatever is dropped is opened: the browser would leave the page for it. */
export function takeDrops(session: Session): void {
  for (const name of ['dragover', 'drop'] as const) {
    addEventListener(name, (event) => {
      const { dataTransfer } = event;
      if (event.defaultPrevented || !dataTransfer?.types.includes('Files')) return;
      event.preventDefault();
      dataTransfer.dropEffect = 'copy';
      const [file] = name === 'drop' ? dataTransfer.files : [];
      if (file !== undefined) void openFile(file, session);
    });
  }
}
