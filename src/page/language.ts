/**
 * The language that the page speaks: what the address asks for, else what was chosen here last, else
 * the first of the browser's that is there, else English. A text that was said before stays as it was said.
 * @module
 */

import { computed, type ReadonlySignal, signal } from '@preact/signals';
import { LANGUAGES, type Language, languageFor } from '../texts/language.js';
import { keep, recall } from './shared/keep.js';

/** What is wished for, the dearest first; nothing before the page begins. */
const asked = signal('');
const chosen = signal<Language | null>(null);
const usual = signal<readonly string[]>([]);

/** The language. */
export const language: ReadonlySignal<Language> = computed(() =>
  languageFor([asked.value, chosen.value, ...usual.value]),
);

/** The languages to choose from: the made-up one only where it is spoken. */
export const offered: ReadonlySignal<readonly Language[]> = computed(() =>
  LANGUAGES.includes(language.value) ? LANGUAGES : [...LANGUAGES, language.value],
);

/** Takes what the browser knows, once, when the page begins. @param search the address's, `?lang=xx-test` */
export function beginLanguage(search: string): void {
  const kept = recall('language', (value) => (typeof value === 'string' ? value : null), '');
  const asks = new URLSearchParams(search).get('lang') ?? '';
  usual.value = [asks, kept, ...navigator.languages];
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
