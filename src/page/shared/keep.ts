/**
 * What the browser keeps for the next visit: scores and answers; and a tab, for a reload. A browser
 * may refuse, and what was kept may have been written by anybody; then the page goes on without.
 * @module
 */

const PREFIX = 'loopscope.';

/**
 * Reads what was kept.
 *
 * @param read makes a value of it; null for what is none
 */
export function recall<T>(name: string, read: (kept: unknown) => T | null, fallback: T): T {
  try {
    const text = localStorage.getItem(PREFIX + name);
    return text === null ? fallback : (read(JSON.parse(text)) ?? fallback);
  } catch {
    return fallback;
  }
}

/** Keeps a value. @returns false where the browser refuses */
export function keep(name: string, value: unknown): boolean {
  try {
    localStorage.setItem(PREFIX + name, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/** Reads what this tab keeps, so long as it is open. @returns '' where there is nothing */
export function recallInTab(name: string): string {
  try {
    return sessionStorage.getItem(PREFIX + name) ?? '';
  } catch {
    return '';
  }
}

/** Keeps a text in this tab, through a reload; '' is forgotten. A browser may refuse. */
export function keepInTab(name: string, text: string): void {
  try {
    if (text === '') sessionStorage.removeItem(PREFIX + name);
    else sessionStorage.setItem(PREFIX + name, text);
  } catch {
    // then a reload asks for it again
  }
}
