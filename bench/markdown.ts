/**
 * Tables as Markdown.
 * @module
 */

/**
 * A table; its first row is the head.
 *
 * @param numbers the columns that are set to the right; all but the first if not said
 */
export function markdownTable([head = [], ...rows]: string[][], numbers?: number[]): string {
  const rule = head.map((_, i) => ((numbers?.includes(i) ?? i > 0) ? '---:' : '---'));
  return [head, rule, ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
