/**
 * Reads the site that typedoc has made, and finds the links that lead nowhere: to a page, to a place in
 * a page, or to a picture.
 * @module
 */

import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

/** Links that leave the site, or are none. */
const ELSEWHERE = /^(?:[a-z][a-z+.-]*:|\/\/)/i;

/**
 * The broken links of a site.
 *
 * @param folder where its `index.html` is
 * @returns a line for each: the page, and the link in it
 */
export function brokenLinks(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const paths = new Set(files.map((path) => path.replaceAll('\\', '/')));
  const pages = new Map<string, string>();
  for (const path of paths) {
    if (path.endsWith('.html')) pages.set(path, readFileSync(`${folder}/${path}`, 'utf8'));
  }
  const places = new Map([...pages].map(([path, html]) => [path, valuesOf(html, 'id')]));
  return [...pages].flatMap(([page, html]) => {
    const links = new Set([...valuesOf(html, 'href'), ...valuesOf(html, 'src')]);
    return [...links]
      .filter((link) => !ELSEWHERE.test(link) && !leads(page, link, paths, places))
      .map((link) => `${page}: ${link}`);
  });
}

/** Whether a link of a page leads to something. */
function leads(
  page: string,
  link: string,
  paths: ReadonlySet<string>,
  places: ReadonlyMap<string, ReadonlySet<string>>,
): boolean {
  const [path = '', place = ''] = link.split('#').map(decodeURIComponent);
  const target = path === '' ? page : posix.join(posix.dirname(page), path.replace(/\?.*$/, ''));
  if (!paths.has(target)) return false;
  // a source that is shown as text has no places; neither has the top of a page a name
  return place === '' || (places.get(target)?.has(place) ?? true);
}

/** The values of an attribute, wherever it stands in the markup. */
function valuesOf(html: string, attribute: string): Set<string> {
  const found = html.matchAll(new RegExp(`<[^<>]*?\\s${attribute}="([^"]*)"`, 'g'));
  return new Set([...found].map(([, value = '']) => value.replaceAll('&amp;', '&')));
}
