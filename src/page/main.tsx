/**
 * Where the page begins: it reads the address, draws itself, and keeps the address up to date.
 * @module
 */

import { effect } from '@preact/signals';
import 'virtual:handed-over';
import { render } from 'preact';
import { tagOf } from '../texts/language.js';
import { PRESENTER_SIZES } from './address.js';
import { joinClass } from './class/load.js';
import { askLanguage, beginLanguage, language } from './language.js';
import { ownPlayer } from './mine/player.js';
import { playOwnWith } from './mine/playing.js';
import { Session } from './session.js';
import { watchPrints } from './shared/print.js';
import { App } from './shell/app.js';
import './style/index.css';
import { takeDrops } from './shell/open.js';
import { titleOf } from './shell/title.js';
import { allParameters } from './shell/views.js';
import { loadWatch } from './watch/load.js';

/** Browsers refuse more than about 200 changes of an address in 30 seconds. */
const WRITE_EVERY_MS = 250;

const session = new Session(allParameters(), loadWatch);
let timer: ReturnType<typeof setTimeout> | undefined;
/** The address that was followed or written last: where it is another, a person has gone there. */
let known = location.hash;

effect(() => askLanguage(session.parameter('lang').value));
// the address is followed when its language is here: what is wrong with it is said in that one
askLanguage(new URLSearchParams(location.hash.slice(1)).get('lang') ?? '');
const textsAreHere = beginLanguage(location.search);

effect(() => {
  const root = document.documentElement;
  root.lang = tagOf(language.value);
  root.dataset.theme = session.parameter('theme').value;
  const presenter = session.parameter('presenter').value;
  root.dataset.presenter = presenter === 'off' ? 'off' : 'on';
  root.dataset.letters = String(PRESENTER_SIZES[presenter] ?? '');
});
effect(() => {
  document.title = titleOf(session);
});

watchPrints();
playOwnWith(ownPlayer);

/** Writes the address, if it is another than the one that is there. */
function writeSoon(): void {
  timer ??= setTimeout(() => {
    timer = undefined;
    const address = session.address.peek();
    if (location.hash !== known || address === known) return;
    history.replaceState(null, '', address);
    known = location.hash;
  }, WRITE_EVERY_MS);
}

/** So many addresses are being followed: what changes then is no doing of a person. */
let following = 0;

async function follow(): Promise<void> {
  following++;
  known = location.hash;
  await session.follow(location.hash);
  following--;
}

/** A fork that is made or dropped is a place of its own, which the browser's back button leaves. */
function turnTo(address: string, before: string): void {
  clearTimeout(timer);
  timer = undefined;
  history.replaceState(null, '', before);
  history.pushState(null, '', address);
  known = location.hash;
}

async function begin(): Promise<void> {
  await follow();
  const fork = session.parameter('fork');
  let before = { address: session.address.peek(), fork: fork.peek() };
  effect(() => {
    const now = { address: session.address.value, fork: fork.value };
    if (now.fork !== before.fork && following === 0) turnTo(now.address, before.address);
    else writeSoon();
    before = now;
  });
  void joinClass(session);
}
addEventListener('hashchange', () => {
  clearTimeout(timer);
  timer = undefined;
  // one that was mended may mean what was seen before: then no signal has changed
  void follow().then(writeSoon);
});
takeDrops(session);

void textsAreHere.then(() => {
  void begin();
  render(<App session={session} />, document.body);
});
