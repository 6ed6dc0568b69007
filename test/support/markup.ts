/** What holds of every page that the inspector writes: its markup nests, and its links lead somewhere. */

import { expect } from 'vitest';

/** The body without its script: what a peer can have a word in. */
export function bodyOf(html: string): string {
  return html.slice(html.indexOf('<body>'), html.indexOf('<script>'));
}

export function ids(html: string): string[] {
  return [...bodyOf(html).matchAll(/ id="([^"]*)"/g)].map(([, id]) => id as string);
}

/** Fails unless every element is closed in the order in which it was opened. */
export function checkNesting(html: string): void {
  const open: string[] = [];
  for (const [, close, name] of bodyOf(html).matchAll(/<(\/?)([a-z][a-z0-9]*)\b[^<>]*>/g)) {
    if (name === 'br') continue;
    if (close === '') open.push(name as string);
    else expect(open.pop()).toBe(name);
  }
  expect(open).toEqual(['body']);
}

/** Fails unless ids are unique and every link within the page leads somewhere. */
export function checkLinks(html: string): void {
  const all = ids(html);
  const known = new Set(all);
  expect(known.size).toBe(all.length);
  const links = [...bodyOf(html).matchAll(/href="#([^"]*)"/g)].map(([, id]) => id as string);
  expect(links.length).toBeGreaterThan(0);
  expect(links.filter((id) => !known.has(id))).toEqual([]);
}
