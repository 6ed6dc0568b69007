/**
 * The lines of a source that belong to a step: what stands between `// #region STEP` and
 * `// #endregion`. The TypeScript and its PHP twin carry the same marks. Reads no file.
 * @module
 */

/** The files with the steps of each profile. */
export const SOURCE_FILES = {
  rfc6455: [
    'src/chat/server.ts',
    'src/chat/door.ts',
    'src/chat/listener.ts',
    'src/chat/clients.ts',
    'src/chat/room.ts',
    'src/trace/loop.ts',
  ],
  original: ['src/chat/original.ts', 'src/trace/loop.ts'],
} as const satisfies Record<string, readonly string[]>;

/** The file with the steps of the PHP twin. */
export const PHP_FILE = 'examples/php/server.php';

/** The lines of one region. */
export interface Region {
  /** Its name: a step. */
  step: string;
  /** The number of its first line, from 1. */
  line: number;
  /** Its lines, without the indentation that all of them share. */
  text: string[];
}

/**
 * Finds the regions of a source, in its order.
 *
 * @param source TypeScript or PHP
 * @throws Error for a region in a region, and for one without an end
 */
export function regionsOf(source: string): Region[] {
  const regions: Region[] = [];
  let open: Region | null = null;
  for (const [index, text] of source.split(/\r?\n/).entries()) {
    const step = /^\s*\/\/ #region (\S+)$/.exec(text)?.[1];
    if (step !== undefined) {
      if (open !== null) throw new Error(`bug: region ${step} begins inside ${open.step}`);
      open = { step, line: index + 2, text: [] };
    } else if (/^\s*\/\/ #endregion$/.test(text)) {
      if (open === null) throw new Error(`bug: line ${index + 1} ends a region that is none`);
      regions.push({ ...open, text: outdent(open.text) });
      open = null;
    } else {
      open?.text.push(text);
    }
  }
  if (open !== null) throw new Error(`bug: region ${open.step} has no end`);
  return regions;
}

function outdent(lines: readonly string[]): string[] {
  const indents = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const shared = Math.min(...indents, Infinity);
  return lines.map((line) => line.slice(Math.min(shared, line.length)));
}
