/**
 * How the page's server answers a request that is for no file, and how it reads a short body.
 * @module
 */

import type { IncomingMessage, ServerResponse } from 'node:http';

/** A command is short. */
const MOST_COMMAND_BYTES = 1_024;

/** The body of a request; null for one that is too long or was broken off. */
export async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of request.iterator({ destroyOnReturn: false })) {
      length += part.length;
      if (length > MOST_COMMAND_BYTES) return null;
      parts.push(part);
    }
  } catch {
    return null;
  }
  return Buffer.concat(parts).toString();
}

/** Answers; with 405, the text is the method that is allowed. */
export function answer(
  response: ServerResponse,
  status: number,
  text: string,
  type = 'text/plain; charset=utf-8',
): void {
  const allow = status === 405 ? { Allow: text } : {};
  // what was not read of a request must not be taken for the next
  const close = status >= 400 ? { Connection: 'close' } : {};
  response.writeHead(status, {
    'Content-Type': type,
    'Cache-Control': 'no-store',
    ...allow,
    ...close,
  });
  response.end(text);
}
