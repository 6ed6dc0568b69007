/**
 * What of strace's lines a recording keeps: the calls of sockets and of what a loop waits with. Names of
 * files, of this machine and of its users are left out with the calls that have them; times begin at a
 * round number; long texts are cut, as strace itself cuts them with `-s`.
 * @module
 */

/** Calls that are about files and processes alone. */
const OTHER =
  /^(?:execve|open|openat2?|creat|memfd_create|sendfile|flock|fsync|fdatasync|nanosleep|clock_nanosleep|readlink)$/;

/** The second at which each recording begins. */
const BEGIN = 1_800_000_000;

/** How much is kept. */
export interface Keeping {
  /** Bytes of each text; the rest is known by its length alone. */
  readonly bytes: number;
  /** Characters of a recording: what follows is more of the same. */
  readonly characters: number;
}

/** Takes what strace wrote. */
export function tidy(text: string, { bytes, characters }: Keeping): string {
  const left = new Map<string, 'kept' | 'dropped'>();
  let first: number | null = null;
  const lines: string[] = [];
  let size = 0;
  for (const line of text.split('\n')) {
    const [, pid = '', time = '', rest = ''] = /^(\d+) +(\d+\.\d+) (.*)$/.exec(line) ?? [];
    if (rest === '' || size > characters) continue;
    const isResumed = rest.startsWith('<... ');
    const keeps = isResumed ? left.get(pid) === 'kept' : isKept(rest);
    if (isResumed) left.delete(pid);
    if (rest.endsWith('<unfinished ...>')) left.set(pid, keeps ? 'kept' : 'dropped');
    if (!keeps) continue;
    first ??= Math.floor(Number(time));
    const [seconds = '', fraction = ''] = time.split('.');
    const tidied = `${pid} ${Number(seconds) - first + BEGIN}.${fraction} ${readable(rest, bytes)}`;
    size += tidied.length + 1;
    lines.push(tidied);
  }
  return `${lines.join('\n')}\n`;
}

function isKept(rest: string): boolean {
  const [, name = '', first = ''] = /^(\w+)\((.*)$/.exec(rest) ?? [];
  if (name === '') return rest.startsWith('+++');
  if (OTHER.test(name)) return false;
  if (/^(?:ioctl)$/.test(name) && !rest.includes('FIONBIO')) return false;
  // the standard streams, and files with a name
  return !/^[0-2](?:<|,|\))/.test(first) && !/^\d+<\\x2f/.test(first);
}

/** Writes texts and names plainly, where strace was asked for the numbers of all bytes. */
function readable(rest: string, kept: number): string {
  return rest
    .replace(/"((?:\\x[\da-f]{2})+)"(\.\.\.)?/g, (_, escapes: string, cut = '') => {
      const isLong = escapes.length > 4 * kept;
      return `"${plain(isLong ? escapes.slice(0, 4 * kept) : escapes)}"${isLong ? '...' : cut}`;
    })
    .replace(/<((?:\\x[\da-f]{2})+)>/g, (_, escapes: string) => `<${plain(escapes)}>`);
}

/** `\x68\x69\x0a` as `hi\n`, where all of it can be printed. */
function plain(escapes: string): string {
  const bytes = escapes
    .split('\\x')
    .slice(1)
    .map((hex) => Number.parseInt(hex, 16));
  if (!bytes.every((byte) => (byte >= 32 && byte < 127) || byte === 10 || byte === 13))
    return escapes;
  return String.fromCharCode(...bytes)
    .replace(/["\\]/g, '\\$&')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r');
}
