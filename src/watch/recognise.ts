/**
 * Whether a text is what strace(1) writes, by its first lines. Reads none of it: calls.ts does.
 * @module
 */

/** What may stand before a call: a thread, a time of the day, of the epoch, or since the line before. */
const FRONT = /^(?:\[pid +\d+\] |\d+ +(?=\S))?(?: *\d+(?::\d\d:\d\d)?(?:\.\d+)? +(?=\S))?/;

/** A call that has its result, or was interrupted; and what strace says beside the calls. */
const WHOLE =
  /^(?:\w+\(.*\) += (?:-?\d|\?|0x)|(?:\w+\(|<\.\.\. \w+ resumed>).*(?:<unfinished \.\.\.>|\) += (?:-?\d|\?|0x).*)$|--- SIG\w+ .*---$|\+\+\+ .* \+\+\+$)/;

/** What a line begins with that is longer than what is looked at. */
const CALL =
  /^(?:execve|read|pread64|write|recv\w*|send\w*|p?select6?|p?poll|epoll_\w+|accept4?)\(/;

/** So many lines tell. */
const MOST_LINES = 20;

/** @param head the first few thousand characters of a file */
export function isStrace(head: string): boolean {
  const lines = head.replace(/^\ufeff/, '').split(/\r?\n/, MOST_LINES + 1);
  const isCut = lines.length <= MOST_LINES && !/\n\s*$/.test(head);
  const cut = isCut ? lines.pop() : undefined;
  const texts = lines.slice(0, MOST_LINES).filter((line) => line.trim() !== '');
  const known = texts.filter((line) => WHOLE.test(line.replace(FRONT, ''))).length;
  if (texts.length === 0) return cut !== undefined && CALL.test(cut.replace(FRONT, ''));
  // a few words of the program, or of strace itself, may stand between them
  return known > 0 && 2 * known >= texts.length;
}
