/**
 * An editor with what belongs to its file: open, save, bring back what was handed out.
 * @module
 */

import { useSignal } from '@preact/signals';
import type { JSX, RefObject } from 'preact';
import { useEffect, useImperativeHandle, useRef } from 'preact/hooks';
import type { Course } from '../course/course.js';
import type { Editor, LineProblem } from '../course/editing.js';
import { download } from '../shared/download.js';
import { FilePicker } from '../shared/file-picker.js';
import { say } from '../texts.js';
import type { Draft } from './work.js';

/** Bytes that an exercise may have. */
const MOST_BYTES = 200_000;

/** What others do with an editor. */
export interface EditorHandle {
  /** Puts the cursor at a line, from 1. */
  goTo: (line: number, column?: number) => void;
}

/** What an editor is given. */
export interface EditorBoxProps {
  course: Course;
  draft: Draft;
  /** What it is called. */
  label: string;
  /** What its keys do. */
  keys: string;
  /** The name of its file. */
  file: string;
  problem: LineProblem | null;
  /** Called for Ctrl-Enter. */
  onCheck: () => void;
  handle: RefObject<EditorHandle | null>;
}

/** The editor. */
export function EditorBox(props: EditorBoxProps): JSX.Element {
  const { course, draft, label, keys, problem, onCheck, handle } = props;
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<Editor | null>(null);
  const check = useRef(onCheck);
  check.current = onCheck;
  useEffect(() => {
    if (host.current === null) return undefined;
    const made = course.openEditor(host.current, {
      text: draft.text,
      label: `${label}. ${keys}`,
      onChange: (text) => {
        draft.text = text;
      },
      onCheck: () => check.current(),
    });
    editor.current = made;
    return () => made.destroy();
  }, [course, draft]);
  const { text } = draft;
  useEffect(() => {
    // as it is by now: who types fast is ahead of what was drawn
    if (editor.current !== null) editor.current.text = draft.text;
  }, [text]);
  const { line, column, message } = problem ?? { line: 0, column: null, message: '' };
  useEffect(() => {
    editor.current?.show(line === 0 ? null : { line, column, message });
  }, [line, column, message]);
  useImperativeHandle(handle, () => ({
    goTo: (line, column) => editor.current?.goTo(line, column),
  }));
  return (
    <div class="editor-box">
      <FileTools {...props} />
      <div ref={host} class="editor" data-own-keys />
      <pre class="on-paper">{text}</pre>
      <p class="editor-keys">
        {keys} {say(draft.isKept.value ? 'lessons.editor.kept' : 'lessons.editor.not-kept')}
      </p>
    </div>
  );
}

function FileTools({ draft, file }: EditorBoxProps): JSX.Element {
  const said = useSignal('');
  const isAsking = useSignal(false);
  const yes = useRef<HTMLButtonElement>(null);
  const reset = useRef<HTMLButtonElement>(null);
  const open = async (opened: File): Promise<void> => {
    said.value = '';
    const { name } = opened;
    if (opened.size > MOST_BYTES) said.value = say('lessons.editor.too-large', { name });
    else {
      const text = utf8(new Uint8Array(await opened.arrayBuffer()));
      if (text === null) said.value = say('lessons.editor.no-text', { name });
      else draft.text = text;
    }
  };
  const answer = (isYes: boolean): void => {
    if (isYes) draft.text = draft.handedOut;
    isAsking.value = false;
    reset.current?.focus();
  };
  useEffect(() => {
    if (isAsking.value) yes.current?.focus();
  }, [isAsking.value]);
  return (
    <>
      <div class="editor-tools">
        <span class="editor-file">{file}</span>
        <FilePicker
          label={say('lessons.editor.open')}
          accept=".ts,text/plain"
          onOpen={(opened) => void open(opened)}
        />
        <button type="button" onClick={() => download(file, draft.text)}>
          {say('lessons.editor.save')}
        </button>
        <button
          ref={reset}
          type="button"
          aria-disabled={draft.text === draft.handedOut}
          onClick={() => {
            isAsking.value = draft.text !== draft.handedOut;
          }}
        >
          {say('lessons.editor.reset')}
        </button>
      </div>
      {isAsking.value && (
        <div class="ask-once" role="alert">
          <span>{say('lessons.editor.reset-ask')}</span>
          <button ref={yes} type="button" onClick={() => answer(true)}>
            {say('lessons.editor.reset-yes')}
          </button>
          <button type="button" onClick={() => answer(false)}>
            {say('lessons.editor.reset-no')}
          </button>
        </div>
      )}
      <p role="status" class={said.value === '' ? '' : 'said is-wrong'}>
        {said.value}
      </p>
    </>
  );
}

/** The text of a file, as the terminal's check takes it; null where it is none. */
function utf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replaceAll('\r\n', '\n');
  } catch {
    return null;
  }
}
