/**
 * The progress as a file: saved, opened, handed in. It has the form of the terminal's progress.json.
 * @module
 */

import { batch, useSignal, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import type { Progress } from '../course/course.js';
import { download } from '../shared/download.js';
import { FilePicker } from '../shared/file-picker.js';
import { fileName } from '../shared/savings.js';
import { say } from '../texts.js';
import { handedIn } from './handed-in.js';
import { forgetTexts } from './kept.js';
import type { LearningProps } from './learning.js';
import { NameField, recallName } from './name-field.js';

/** Bytes that a progress may have. */
const MOST_BYTES = 1 << 20;

/** What there is to do with the progress. */
export function ProgressTools({ learning }: LearningProps): JSX.Element {
  const said = useSignal<{ text: string; isWrong: boolean } | null>(null);
  const waiting = useSignal<{ name: string; progress: Progress } | null>(null);
  const { progress, course } = learning;
  const take = (name: string, opened: Progress): void => {
    progress.replace(opened);
    const begun = course.lessons.filter(({ number }) => opened.of(number).begun).length;
    said.value = { text: say('lessons.progress.opened', { name, n: begun }), isWrong: false };
  };
  const open = async (file: File): Promise<void> => {
    const { name } = file;
    batch(() => {
      said.value = null;
      waiting.value = null;
    });
    try {
      const opened = course.readProgress(await textOf(file));
      if (opened.holds(progress.value)) take(name, opened);
      else waiting.value = { name, progress: opened };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      said.value = { text: say('lessons.progress.wrong', { name, reason }), isWrong: true };
    }
  };
  const box = useRef<HTMLElement>(null);
  useSignalEffect(() => {
    const file = handedIn.value;
    if (file === null) return;
    handedIn.value = null;
    void open(file).then(() => box.current?.scrollIntoView());
  });
  const broken = progress.broken.value;
  return (
    <section ref={box} class="progress-tools" aria-labelledby="progress-title">
      <h2 id="progress-title">{say('lessons.map.progress')}</h2>
      {broken !== null && (
        <p class="said is-wrong">{say('lessons.progress.broken', { reason: broken })}</p>
      )}
      <p class="map-about">
        {say(progress.isKept.value ? 'lessons.progress.about' : 'lessons.editor.not-kept')}
      </p>
      <div class="button-row">
        <button
          type="button"
          onClick={() => download('progress.json', course.writeProgress(progress.value))}
        >
          {say('lessons.progress.save')}
        </button>
        <FilePicker
          label={say('lessons.progress.open')}
          accept=".json,application/json"
          onOpen={(file) => void open(file)}
        />
        <Forget learning={learning} />
      </div>
      {waiting.value !== null && (
        <Ask
          text={say('lessons.progress.replace', { name: waiting.value.name })}
          yes={say('lessons.progress.replace-yes')}
          no={say('lessons.progress.replace-no')}
          onAnswer={(isYes) => {
            const found = waiting.peek();
            waiting.value = null;
            if (isYes && found !== null) take(found.name, found.progress);
          }}
        />
      )}
      <p role="status" class={said.value?.isWrong ? 'said is-wrong' : 'said'}>
        {said.value?.text}
      </p>
      <HandIn learning={learning} />
    </section>
  );
}

/** A file with the student's name, as a teacher gathers them. */
function HandIn({ learning }: Pick<LearningProps, 'learning'>): JSX.Element {
  const name = useSignal(recallName());
  return (
    <form
      class="hand-in"
      onSubmit={(event) => {
        event.preventDefault();
        const text = learning.course.writeProgress(learning.progress.value);
        download(`${fileName(name.peek())}.json`, text);
      }}
    >
      <NameField label={say('lessons.progress.name')} name={name} required />
      <button type="submit">{say('lessons.progress.hand-in')}</button>
      <span class="none">{say('lessons.progress.hand-in.about')}</span>
    </form>
  );
}

/** Forgets all: the next student begins anew. */
function Forget({ learning }: Pick<LearningProps, 'learning'>): JSX.Element {
  const isAsking = useSignal(false);
  if (!isAsking.value) {
    return (
      <button
        type="button"
        class="quiet"
        onClick={() => {
          isAsking.value = true;
        }}
      >
        {say('lessons.progress.forget')}
      </button>
    );
  }
  return (
    <Ask
      text={say('lessons.progress.forget-ask')}
      yes={say('lessons.progress.forget-yes')}
      no={say('lessons.progress.forget-no')}
      onAnswer={(isYes) => {
        isAsking.value = false;
        if (!isYes) return;
        forgetTexts(learning.course.lessons.map(({ number }) => number));
        learning.begin();
        learning.progress.replace(learning.course.newProgress());
      }}
    />
  );
}

function Ask({
  text,
  yes,
  no,
  onAnswer,
}: {
  text: string;
  yes: string;
  no: string;
  onAnswer: (isYes: boolean) => void;
}): JSX.Element {
  return (
    <div class="ask-once" role="alert">
      <span>{text}</span>
      <button type="button" onClick={() => onAnswer(true)}>
        {yes}
      </button>
      <button type="button" onClick={() => onAnswer(false)}>
        {no}
      </button>
    </div>
  );
}

/** @throws Error where it is too large to be a progress, or no text */
async function textOf(file: File): Promise<string> {
  if (file.size > MOST_BYTES) throw new Error(say('lessons.progress.large', { most: MOST_BYTES }));
  const bytes = new Uint8Array(await file.arrayBuffer());
  return new TextDecoder().decode(bytes);
}
