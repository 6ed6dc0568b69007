/**
 * The language that the page speaks: what the address asks for, else what was chosen here last, else
 * the first of the browser's that is there, else English. The texts of another language than English
 * stand in a script of their own, loaded when it is wished for; until they are here English is spoken.
 * The page of one file speaks its own language alone. A text that was said before stays as it was said.
 * @module
 */

import { computed, effect, type ReadonlySignal, signal } from '@preact/signals';
import { DEFAULT_LANGUAGE, LANGUAGES, type Language, languageFor } from '../texts/language.js';
import { keep, recall } from './shared/keep.js';
import { FILE_LANGUAGE } from './shared/one-file.js';

/** What is wished for, the dearest first; nothing before the page begins. */
const asked = signal('');
const chosen = signal<Language | null>(null);
const usual = signal<readonly (string | null)[]>([]);

/** What is wished for, whether its texts are here or not. */
const wished = computed(() => languageFor([asked.value, chosen.value, ...usual.value]));

/** Whose texts are here: with sources that are served as they are, everybody's. */
const here = signal<readonly Language[]>(
  import.meta.env.DEV ? ['en', 'zh', 'xx-test'] : [FILE_LANGUAGE ?? DEFAULT_LANGUAGE, 'xx-test'],
);

/** The language. */
export const language: ReadonlySignal<Language> = computed(() =>
  here.value.includes(wished.value) ? wished.value : (FILE_LANGUAGE ?? DEFAULT_LANGUAGE),
);

/** The languages to choose from: the made-up one only where it is spoken. */
export const offered: ReadonlySignal<readonly Language[]> = computed(() => {
  const all = FILE_LANGUAGE === null ? LANGUAGES : [FILE_LANGUAGE];
  return all.includes(language.value) ? all : [...all, language.value];
});

/**
 * Takes what the browser knows, once, when the page begins.
 *
 * @param search the address's, `?lang=xx-test`
 * @returns settled when the page can be drawn in that language
 */
export function beginLanguage(search: string): Promise<void> {
  const kept = recall('language', (value) => (typeof value === 'string' ? value : null), '');
  const asks = new URLSearchParams(search).get('lang') ?? '';
  usual.value = [asks, kept, ...navigator.languages];
  effect(() => void loadTexts(wished.value));
  return loadTexts(wished.value);
}

const loading = new Map<Language, Promise<void>>();

/** Loads the texts of a language, once; where their script is not there English goes on being spoken. */
function loadTexts(one: Language): Promise<void> {
  if (FILE_LANGUAGE !== null || here.peek().includes(one)) return Promise.resolve();
  let loads = loading.get(one);
  if (loads === undefined) {
    const script = document.createElement('script');
    script.src = `texts.${one}.js`;
    loads = new Promise((resolve) => {
      script.onload = () => {
        here.value = [...here.peek(), one];
        resolve();
      };
      script.onerror = () => resolve();
    });
    loading.set(one, loads);
    document.head.append(script);
  }
  return loads;
}

/** Takes what the address asks for; '' for nothing. */
export function askLanguage(text: string): void {
  asked.value = text;
}

/** Takes what a person chooses, and keeps it. */
export function chooseLanguage(one: Language): void {
  chosen.value = one;
  keep('language', one);
}
