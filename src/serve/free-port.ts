/**
 * Ports that nobody asked for: where the usual one is taken, the next free one does as well.
 * @module
 */

/** How many ports are tried, the usual one included. */
const TRIES = 20;

/**
 * Opens something on a port.
 *
 * @param asked the port that was asked for, and no other
 * @param usual the first to try where none was asked for
 * @param open throws an error of code EADDRINUSE where the port is taken
 */
export async function onFreePort<T>(
  asked: number | undefined,
  usual: number,
  open: (port: number) => Promise<T>,
): Promise<T> {
  if (asked !== undefined) return open(asked);
  for (let port = usual; ; port++) {
    try {
      return await open(port);
    } catch (error) {
      if (codeOf(error) !== 'EADDRINUSE' || port === usual + TRIES - 1) throw error;
    }
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** An option in the words of the command that was typed: `npm start -- --port N`. */
export function asTyped(option: string): string {
  return process.env.npm_lifecycle_event === 'start' ? `npm start -- ${option}` : option;
}
