/**
 * Lesson 4 in the page: five calls of socket_select to look at, and six to foretell, held against
 * what PHP gave back.
 * @module
 */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import { say } from '../texts.js';
import { Words } from './prose.js';
import { misconception, type PageLesson, type Route, type SelectCall } from './route.js';
import { type DemoCall, playSelectDemo } from './select-demo.js';
import { takeAnswer } from './state.js';

/** The demo: one call at a time. */
export function SelectDemo(): JSX.Element {
  const calls = useSignal<readonly DemoCall[]>([]);
  const at = useSignal(0);
  useEffect(() => {
    void playSelectDemo().then((played) => {
      calls.value = played;
    });
  }, [calls]);
  const call = calls.value[at.value];
  if (call === undefined) return <p class="none">{say('lessons.running')}</p>;
  const all = calls.value.length;
  const go = (by: number): void => {
    at.value = Math.min(all - 1, Math.max(0, at.peek() + by));
  };
  return (
    <div class="select-demo">
      <div class="predict-buttons">
        <button type="button" aria-disabled={at.value === 0} onClick={() => go(-1)}>
          {say('lessons.select.previous')}
        </button>
        <button
          type="button"
          class="main"
          aria-disabled={at.value === all - 1}
          onClick={() => go(1)}
        >
          {say('lessons.select.next')}
        </button>
        <span>{say('lessons.select.call', { n: at.value + 1, all })}</span>
      </div>
      <div aria-live="polite">
        <p class="what">{say(`lessons.select.${call.name}`)}</p>
        <table>
          <thead>
            <tr>
              <th scope="col">{say('loop.sockets.socket')}</th>
              {(['read', 'write'] as const).map((name) =>
                (['before', 'after'] as const).map((when) => (
                  <th key={name + when} scope="col">
                    {say(`lessons.select.${when}`, { name: `$${name}` })}
                  </th>
                )),
              )}
            </tr>
          </thead>
          <tbody>
            {call.keys.map((key) => (
              <tr key={key}>
                <th scope="row">{key}</th>
                {[...call.read, ...call.write].map((set, i) => (
                  <td key={i} class={set.includes(key) ? 'is-in' : ''}>
                    {set.includes(key) ? `● ${key}` : '·'}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
        <p>
          {say('lessons.select.returned')} <b>{call.returned}</b>
        </p>
      </div>
    </div>
  );
}

/** What was said of a call. */
interface Given {
  read: readonly string[];
  write: readonly string[];
  returned: string;
}

/** The exercise: six calls, one after the other. */
export function SelectQuiz({ lesson, route }: { lesson: PageLesson; route: Route }): JSX.Element {
  const right = useSignal<readonly number[]>([]);
  const { calls, php } = route;
  return (
    <>
      <p class="task">{say('lessons.select.task', { php })}</p>
      <ol class="select-calls">
        {calls.map((call, i) => (
          <li key={String(call.what)}>
            <Call
              lesson={lesson}
              number={i + 1}
              call={call}
              onRight={() => {
                right.value = [...new Set([...right.peek(), i])];
                if (right.peek().length === calls.length) takeAnswer(lesson.number, 'make', 'done');
              }}
            />
          </li>
        ))}
      </ol>
      <p class="quiz-sum" role="status">
        {right.value.length === calls.length ? say('lessons.all-right') : ''}
      </p>
    </>
  );
}

interface CallProps {
  lesson: PageLesson;
  number: number;
  call: SelectCall;
  onRight: () => void;
}

function Call({ lesson, number, call, onRight }: CallProps): JSX.Element {
  const given = useSignal<Given>({ read: [], write: [], returned: '' });
  const verdict = useSignal<string | null>(null);
  const set = (changes: Partial<Given>): void => {
    given.value = { ...given.peek(), ...changes };
    verdict.value = null;
  };
  const check = (): void => {
    const { read, write, returned } = given.peek();
    const inOrder = (keys: readonly string[] | null, some: readonly string[]): string[] | null =>
      keys?.filter((key) => some.includes(key)) ?? null;
    const answer = { read: inOrder(call.read, read) ?? [], write: inOrder(call.write, write) };
    const { after } = call;
    const isRight =
      String(answer.read) === String(after.read) &&
      String(answer.write) === String(after.write) &&
      returned !== '' &&
      Number(returned) === after.returned;
    verdict.value = isRight ? '' : misconception(number, answer, call);
    if (isRight) onRight();
  };
  return (
    <form
      class="quiz"
      onSubmit={(event) => {
        event.preventDefault();
        check();
      }}
    >
      <p class="what">
        <Words words={call.what} />
      </p>
      <div class="fill">
        <Keys
          name="read"
          keys={call.read}
          given={given.value.read}
          onSet={(read) => set({ read })}
        />
        {call.write !== null && (
          <Keys
            name="write"
            keys={call.write}
            given={given.value.write}
            onSet={(write) => set({ write })}
          />
        )}
        <label>
          <span>{say('lessons.select.returned')}</span>
          <input
            type="number"
            min={0}
            value={given.value.returned}
            onInput={(event) => set({ returned: event.currentTarget.value })}
          />
        </label>
        <button type="submit">{say('lessons.check')}</button>
      </div>
      <p role="status" class={verdict.value === '' ? 'said is-right' : 'said is-wrong'}>
        {verdict.value === '' && (
          <>
            <span class="sign">✓</span> {say('lessons.is-right')}
          </>
        )}
        {verdict.value !== null && verdict.value !== '' && (
          <>
            <span class="sign">✗</span> {say('lessons.is-wrong')}{' '}
            {textOf(lesson, verdict.value, number)}
          </>
        )}
      </p>
    </form>
  );
}

function textOf({ texts }: PageLesson, key: string, number: number): string {
  return (texts[key] ?? '').replaceAll('{call}', String(number));
}

function Keys({
  name,
  keys,
  given,
  onSet,
}: {
  name: 'read' | 'write';
  keys: readonly string[];
  given: readonly string[];
  onSet: (keys: string[]) => void;
}): JSX.Element {
  return (
    <fieldset>
      <legend>{say('lessons.select.left', { name: `$${name}` })}</legend>
      {keys.map((key) => (
        <label key={key}>
          <input
            type="checkbox"
            checked={given.includes(key)}
            onChange={(event) => {
              const others = given.filter((one) => one !== key);
              onSet(event.currentTarget.checked ? [...others, key] : others);
            }}
          />
          <code>{key}</code>
        </label>
      ))}
    </fieldset>
  );
}
