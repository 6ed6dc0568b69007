/**
 * Opens an address in the browser of this machine.
 * @module
 */

import { spawn } from 'node:child_process';

/** By platform the program that opens an address, and what stands before it; none goes through a shell. */
const OPENERS: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

/** Opens it. @returns whether that went well, as far as is known */
export function openInBrowser(url: string): Promise<boolean> {
  const [program, ...before] = OPENERS[process.platform] ?? ['xdg-open'];
  return new Promise((resolve) => {
    const child = spawn(program, [...before, url], { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
    child.unref();
  });
}
