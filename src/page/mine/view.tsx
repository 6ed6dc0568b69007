/**
 * My server: the parts that are the student's, and what they do in a scenario. What it draws comes with the
 * script that plays on it.
 * @module
 */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { language } from '../language.js';
import { enrol, student } from '../lessons/learning.js';
import { say } from '../texts.js';
import type { PageView, ViewProps } from '../view.js';
import { loadMine } from './load.js';
import type { MineScript } from './script.js';

/** The view. */
export const mineView: PageView = {
  name: 'mine',
  title: 'mine.title',
  Body: MineView,
  where: (session) => [say('mine.title'), session.parameter('scenario').value],
  saves: () => {
    const learning = student.value;
    if (learning === null) return [];
    const make = async () => new Blob([(await loadMine()).write(learning, language.value)]);
    return [{ label: 'save.mine', name: 'mine.ts', make }];
  },
};

function MineView({ session }: ViewProps): JSX.Element {
  const script = useSignal<MineScript | null>(null);
  const failed = useSignal<string | null>(null);
  const wanted = language.value;
  const load = async (): Promise<void> => {
    failed.value = null;
    try {
      const [loaded] = await Promise.all([loadMine(), enrol()]);
      script.value = loaded;
    } catch (error) {
      failed.value = error instanceof Error ? error.message : String(error);
    }
  };
  useEffect(() => void load(), [wanted]);
  const learning = student.value;
  if (failed.value !== null) {
    return (
      <div class="mine">
        <p role="alert">{say('mine.not-loaded', { reason: failed.value })}</p>
        <button type="button" onClick={() => void load()}>
          {say('lessons.again')}
        </button>
      </div>
    );
  }
  if (script.value === null || learning === null) {
    return <p class="none">{say('mine.loading')}</p>;
  }
  const { Server } = script.value;
  return <Server session={session} learning={learning} />;
}
