/**
 * A PHP file that is to be run as a server: what has to be changed in a copy of it, and what it says
 * of its address.
 * @module
 */

import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Address } from '../net/net.js';
import { Failure } from '../terminal/failure.js';
import { type Repair, repairForPhp8 } from './repair.js';

/** A file to run. */
export interface Script {
  path: string;
  /** What is run in its place, if not the file itself. */
  copy: string | null;
  repairs: readonly Repair[];
  /** Whether it takes a port as an argument, and tells its address. */
  takesPort: boolean;
  /** The address written into it, as literals; null when there is none, or it takes a port. */
  address: Address | null;
}

export function readScript(file: string, versionId: number, php8: boolean): Script {
  const path = resolve(file);
  const source = readSource(path, file);
  if (!source.includes('<?')) throw new Failure('php.noCode', { file }, 2);
  const takesPort = /listening on /.test(source) && /\$argv\b/.test(source);
  const address = takesPort ? null : fixedAddress(source);
  const as = { path, takesPort, address };
  if (versionId < 80_000) return { ...as, copy: ownCopy(source), repairs: [] };
  const repaired = repairForPhp8(source);
  if (!php8) {
    if (repaired.fatal === null) return { ...as, copy: ownCopy(source), repairs: [] };
    const { line, was } = repaired.fatal;
    throw new Failure('php.needsRepair', { file, line, was }, 2);
  }
  const copy = repaired.repairs.length > 0 ? repaired.source : ownCopy(source);
  return { ...as, copy, repairs: repaired.repairs };
}

/** Bytes as characters: PHP takes its source as bytes, whatever they mean. */
export function readSource(path: string, file: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    const [message = ''] = (error as Error).message.split(',');
    throw new Failure('php.unread', { file, message }, 2);
  }
}

function ownCopy(source: string): string | null {
  const asksWhere = /__DIR__|__FILE__|SCRIPT_FILENAME/.test(source);
  return asksWhere && !/\b(?:include|require)(?:_once)?\b/.test(source) ? source : null;
}

/**
 * Finds the last `new NAME('127.0.0.1', "8080")`, with whatever names and numbers, or else the last
 * `socket_bind($socket, '127.0.0.1', 8080)`.
 */
function fixedAddress(source: string): Address | null {
  const pair = String.raw`(['"])([^'"]+)\1\s*,\s*(['"]?)(\d{1,5})\3\s*[,)]`;
  const made = [...source.matchAll(new RegExp(String.raw`\bnew\s+\\?\w+\s*\(\s*${pair}`, 'g'))];
  const bind = String.raw`\bsocket_bind\s*\(\s*\$[\w>-]+\s*,\s*${pair}`;
  const [, , host, , port] =
    made.at(-1) ?? [...source.matchAll(new RegExp(bind, 'g'))].at(-1) ?? [];
  if (host === undefined) return null;
  const isHere = host === '0.0.0.0' || host === 'localhost';
  return { host: isHere ? '127.0.0.1' : host, port: Number(port) };
}
