/**
 * The shell of the page: header, the way from view to view, notices, the dialog of keys. What is
 * below the header is the business of the view.
 *
 * How to add a view, `bytes` for one: a folder, and three lines elsewhere.
 *
 * 1. `bytes/view.tsx` exports `bytesView: PageView` (view.ts): name, title, `Body({ session })`, its
 *    `shortcuts`, its `parameters` of the address. Its parts and its state (`state.ts`) lie beside it; what
 *    several views have is in shared/, what shows a walk through a trace in walk/. Nobody imports a view.
 * 2. `shell/views.ts`: one entry in its room. Navigation, address and dialog of keys follow from it.
 * 3. `bytes/texts.en.ts`: its texts, keys beginning with `bytes.`; entered in texts.ts. A component
 *    holds no text. A number is handed on as a number, so that its noun and its form follow; one that is
 *    a name (a descriptor, a code, a seed) as text. The language is `language.value` (language.ts).
 *    A view says in `where` where one is, for the title, and in `saves` what of it can be saved.
 * 4. A parameter is text. `session.parameter('bytes')` is its signal: read `.value`, write `.value`, and
 *    the address follows; `mend` (address.ts) refuses a bad value, and the shell says so. Write what
 *    goes with a drag or a key at once: the address is written at most four times a second.
 * 5. `bytes/style.css`, imported in style/index.css: only its own classes, `.bytes-…`; colours, letters
 *    and gaps from the tokens in style/tokens.css, sizes in rem (the presenter's mode scales rem), and
 *    container queries of `main` in place of media queries.
 *
 * `session.walk` is the walk through the run that the address names (walk.ts); a view may have a `Walk`
 * of its own, and every part that shows a step takes one. `shared/highlight.ts` has the sources, in data.
 * Keys: a control that uses arrows or Home itself carries `data-own-keys`, so they are left to it.
 * @module
 */

import { useSignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { classScript } from '../class/load.js';
import { say } from '../texts.js';
import type { Shortcut, ViewProps } from '../view.js';
import { Header } from './header.js';
import { KeysDialog } from './keys-dialog.js';
import { Notices } from './notices.js';
import { placeOf } from './views.js';

/** The whole page. */
export function App({ session }: ViewProps): JSX.Element {
  const isHelping = useSignal(false);
  const { view } = placeOf(session.parameter('view').value);
  const ofClass = classScript.value;
  const shortcuts = useRef<readonly Shortcut[]>([]);
  shortcuts.current = [
    ...(view.shortcuts ?? []),
    {
      keys: ['p'],
      label: 'keys.presenter',
      run: () => {
        const presenter = session.parameter('presenter');
        presenter.value = presenter.value === 'off' ? 'on' : 'off';
      },
    },
    {
      keys: ['?'],
      label: 'keys.help',
      run: () => {
        isHelping.value = true;
      },
    },
  ];
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const shortcut = isForShell(event)
        ? shortcuts.current.find(({ keys }) => keys.includes(keyOf(event)))
        : undefined;
      if (shortcut === undefined) return;
      event.preventDefault();
      shortcut.run(session);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [session]);
  return (
    <>
      <button type="button" class="skip" onClick={skip}>
        {say('app.skip')}
      </button>
      <Header
        session={session}
        onHelp={() => {
          isHelping.value = true;
        }}
      />
      <Notices session={session} />
      <main id="main" tabIndex={-1} aria-label={say(view.title)}>
        <view.Body key={view.name} session={session} />
      </main>
      {ofClass !== null && <ofClass.Bar session={session} />}
      <KeysDialog isOpen={isHelping} shortcuts={shortcuts.current} />
    </>
  );
}

/** A link would change the address, which is the session's. */
function skip(): void {
  document.getElementById('main')?.focus();
}

function keyOf({ key }: KeyboardEvent): string {
  return key.length === 1 ? key.toLowerCase() : key;
}

/** Whether a key is nobody else's: not the browser's, not a field's, not a button's. */
function isForShell(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false;
  const { key } = event;
  const [target] = event.composedPath(); // within a shadow root too, as an editor has one
  if (!(target instanceof Element)) return true;
  if (target instanceof HTMLElement && target.isContentEditable) return false;
  if (target.closest('dialog, select, textarea, input:not([type=range], [type=checkbox])')) {
    return false;
  }
  const isMove = /^(Arrow|Home$|End$|Page)/.test(key);
  if (isMove && target.closest('input, [data-own-keys]')) return false;
  return !(/^( |Enter)$/.test(key) && target.closest('button, a, summary, input, [data-own-keys]'));
}
