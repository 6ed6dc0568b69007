/**
 * Reads what `loopscope serve` and `tap` are given on the command line.
 * @module
 */

import { InvalidArgumentError } from 'commander';
import { allowedHostProblem, allowedOriginProblem } from '../chat/origin.js';

/** MiB of a trace where nobody asked for another limit. */
export const USUAL_TRACE_LIMIT = 1_024;

/** Reads an address to listen on; an IPv6 address may stand in brackets, as in a URL. */
export function listenHost(text: string): string {
  const bare = /^\[(.*)\]$/.exec(text)?.[1] ?? '';
  if (bare.includes(':')) return bare;
  // an empty one would be every interface, which nobody asks for by saying nothing
  if (text.trim() === '') {
    throw new InvalidArgumentError('Give an address, as 127.0.0.1; 0.0.0.0 is every network.');
  }
  return text;
}

/** Reads a number of clients; whether the process can have so many is seen when it serves. */
export function clientCount(text: string): number {
  const value = Number(text);
  if (!/^\d{1,9}$/.test(text) || value < 1) {
    throw new InvalidArgumentError('Give a whole number from 1.');
  }
  return value;
}

/** Reads a time in seconds. */
export function seconds(text: string): number {
  if (!/^\d{1,5}$/.test(text)) {
    throw new InvalidArgumentError('Give whole seconds, 0 for no pings.');
  }
  return Number(text);
}

/** Reads how much a file may take. */
export function mebibytes(text: string): number {
  if (!/^\d{1,9}$/.test(text) || Number(text) < 1) {
    throw new InvalidArgumentError('Give whole MiB from 1.');
  }
  return Number(text);
}

/** Reads an origin behind those that were read before. */
export function origin(text: string, before: string[] = []): string[] {
  return behind(before, text, allowedOriginProblem(text));
}

/** Reads a name of the server behind those that were read before. */
export function hostName(text: string, before: string[] = []): string[] {
  return behind(before, text, allowedHostProblem(text));
}

function behind(before: string[], text: string, problem: string | null): string[] {
  if (problem !== null) throw new InvalidArgumentError(problem);
  return [...before, text];
}
