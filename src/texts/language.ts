/**
 * Which languages there are, and which one a person wants.
 * @module
 */

/**
 * A language that texts are written in; `zh` is simplified Chinese. `xx-test` is made up: English in
 * brackets and a third longer, which shows what is in no table, and what does not fit.
 */
export type Language = 'en' | 'zh' | 'xx-test';

/** Those that are offered to people; the made-up one is there for who asks for it by its name. */
export const LANGUAGES: readonly Language[] = ['en', 'zh'];

const ALL: readonly Language[] = [...LANGUAGES, 'xx-test'];

/** What is spoken where nobody wishes otherwise; every text is there in it. */
export const DEFAULT_LANGUAGE: Language = 'en';

/**
 * The first language among the wishes that is there.
 *
 * @param wishes tags as browsers and systems write them, the dearest first: `zh-CN`, `en_GB.UTF-8`
 */
export function languageFor(wishes: readonly (string | null | undefined)[]): Language {
  for (const wish of wishes) {
    const language = readLanguage(wish ?? '');
    if (language !== null) return language;
  }
  return DEFAULT_LANGUAGE;
}

/**
 * The language that a tag means: its own name, or that of its first part. So every Chinese is the one that
 * is there, and `zh-TW` is simplified Chinese too. Null for one that is not there.
 */
export function readLanguage(tag: string): Language | null {
  const name = tag
    .toLowerCase()
    .replace(/[.@].*$/, '')
    .replaceAll('_', '-');
  const part = name.split('-')[0];
  return ALL.find((one) => one === name) ?? ALL.find((one) => one === part) ?? null;
}

/** What stands between the things of a list. */
export function betweenThings(language: Language): string {
  return language === 'zh' ? '、' : ', ';
}

/** What stands between two sentences: a full-width stop brings its own space. */
export function betweenSentences(language: Language): string {
  return language === 'zh' ? '' : ' ';
}

/** The tag for `Intl` and for `lang` in a page. */
export function tagOf(language: Language): string {
  switch (language) {
    case 'en':
    case 'xx-test':
      return DEFAULT_LANGUAGE;
    case 'zh':
      return 'zh-Hans-CN';
  }
}
