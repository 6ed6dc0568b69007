/**
 * A plugin for Vite: the page and the course in one file, `dist/loopscope.en.html`, for who has a stick, a
 * mail or a folder of a course and no more. Its script and style stand in it, and its policy allows these
 * alone, by their hashes.
 * @module
 */

import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { DEFAULT_LANGUAGE, LANGUAGES, type Language } from '../src/texts/language.js';
import { IN_ONE_FILE } from '../src/watch/gallery.js';
import { licences } from './page-bundle.js';

/** Writes a file for each language beside the folder of the page, when that is written. */
export function pageOneFile(): Plugin {
  let folder = '';
  return {
    name: 'loopscope-one-file',
    apply: 'build',
    configResolved({ build }) {
      folder = build.outDir;
    },
    // not closeBundle: that comes after a build that failed too, and would hide why
    writeBundle() {
      addLicences(join(folder, 'licences.md'));
      for (const language of LANGUAGES) {
        const path = join(folder, '..', `loopscope.${language}.html`);
        writeFileSync(
          path,
          oneFile((name) => readFileSync(join(folder, name), 'utf8'), language),
        );
      }
    },
  };
}

/** Adds the licences of what the page loads later to those of its own script. */
function addLicences(path: string): void {
  const text = readFileSync(path, 'utf8').trimEnd();
  const more = [...licences].filter(([heading]) => !text.includes(`${heading}\n`));
  writeFileSync(path, `${[text, ...more.map(([, section]) => section)].join('\n\n')}\n`);
}

/** Makes it. @param read gives a file of the built page */
export function oneFile(read: (name: string) => string, language: Language): string {
  const texts = language === DEFAULT_LANGUAGE ? [] : [read(`texts.${language}.js`)];
  // what the page hands its modules to stands behind it
  const recordings = ['php', ...IN_ONE_FILE].map((name) => `recordings/${name}.js`);
  const later = ['mine.js', 'watch.js', ...recordings].map(read);
  const first = [...texts, read(`course.${language}.js`), read('page.js')];
  const scripts = [...first, later.join('\n')].map(inScript);
  const style = read('page.css');
  const icon = `data:image/svg+xml;base64,${Buffer.from(read('icon.svg')).toString('base64')}`;
  const policy = [
    "default-src 'none'",
    `script-src ${scripts.map(hashOf).join(' ')}`,
    `style-src ${hashOf(style)}`,
    'img-src data: blob:',
    "connect-src 'self' ws:",
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  return replaced(read('index.html'), [
    [/^ *<!-- file: is for Firefox.*?-->\n/m, ''],
    [/(?<=http-equiv="Content-Security-Policy" content=)"[^"]*"/, `"${policy}"`],
    [/<html lang="\w+">/, `<html lang="${language}">`],
    [/href="icon\.svg"/, `href="${icon}"`],
    [/<link rel="stylesheet" href="page\.css">/, `<style>${style}</style>`],
    [/ *<script defer src="page\.js"><\/script>\n/, ''],
    [/ *<p class="only-index">.*?<\/p>\n/s, ''],
    [/(?=\s*$)/, `\n<!--\n${read('licences.md').replaceAll('--', '- -')}-->`],
    [/(?= *<\/body>)/, scripts.map((script) => `<script>${script}</script>\n`).join('')],
  ]);
}

/** Each of them must be there, or index.html has become another. */
function replaced(html: string, pairs: readonly (readonly [RegExp, string])[]): string {
  return pairs.reduce((text, [pattern, by]) => {
    if (!pattern.test(text)) throw new Error(`bug: index.html has no ${pattern.source}`);
    return text.replace(pattern, () => by); // a script is full of `$&`
  }, html);
}

/** A script as it may stand in HTML: in texts and patterns, `\x3c` is the same as `<`. */
function inScript(script: string): string {
  return script.trim().replace(/<(?=\/?script|!--)/gi, '\\x3c');
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
