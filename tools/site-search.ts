/**
 * Makes the search of the site find Chinese words. Typedoc's index knows words by the spaces between them and
 * drops what is not Latin, so each two characters that stand together become a word of it, and what
 * is asked for is split the same way.
 * @module
 */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Every two neighbours of the Chinese in a text; one character where it stands alone. The page of the site
 * runs this too: it may name nothing outside itself.
 */
export function chinesePairs(text: string): string[] {
  return Array.from(text.matchAll(/\p{sc=Han}+/gu), ([run]) => Array.from(run)).flatMap((run) =>
    run.length === 1 ? run : run.slice(1).map((character, i) => `${run[i]}${character}`),
  );
}

/** The pairs as a field of the index. Its trimmer takes away all at a word's ends that is not Latin: up to the _. */
export function chineseField(text: string): string {
  return chinesePairs(text)
    .map((pair) => `_${pair}_`)
    .join(' ');
}

/** How typedoc's page makes words of what is typed. */
const SPLIT = /(\w+)(\.split\(" "\))(?=\.map\((\w+)=>\3\.length\?`\*\$\{\3\}\*`:""\)\.join)/;

/**
 * Where lunr widens `8*` to the words that it holds. Its set of words takes two ends for the same where digits
 * are followed by the number of a node, and then gives words that are none, on which it throws.
 */
const MATCHES = /this\.tokenSet\.intersect\(\w+\)\.toArray\(\)/;

/**
 * Lets the page of the site ask for pairs too, and find what is there where lunr finds words that are not.
 *
 * @param folder where its `index.html` is
 * @returns whether both places were found in typedoc's script
 */
export function askForPairs(folder: string): boolean {
  const path = join(folder, 'assets', 'main.js');
  const script = readFileSync(path, 'utf8');
  const asking = script.replace(SPLIT, (_, typed, split) => {
    const latin = `${typed}.replace(/[\\p{sc=Han}，。？！、：；（）“”]+/gu," ")${split}`;
    return `[...${latin},...(${chinesePairs})(${typed})]`;
  });
  const matching = asking.replace(
    MATCHES,
    (found) => `${found}.filter(t=>t in this.invertedIndex)`,
  );
  writeFileSync(path, matching);
  return asking !== script && matching !== asking;
}
