/**
 * The one call in the lines of a step, and the step of a line: found in the source by what is called,
 * so that it cannot drift from it.
 * @module
 */

import type { StepName, TraceEvent } from '../../trace/event.js';
import { type SourceFile, type SourceRegion, textOf } from './sources.js';

/** What is called at a step: in PHP, and by either server. The first line that has one of them is it. */
const CALLS: Readonly<Record<StepName, readonly string[]>> = {
  socket: ['socket_create(', 'net.listen('],
  setsockopt: ['socket_set_option(', "step: 'setsockopt'"],
  bind: ['socket_bind(', 'getsockname('],
  listen: ['socket_listen(', "step: 'listen'"],
  select: ['select('],
  accept: ['accept('],
  recv: ['recv('],
  handshake: ['sha1(', '.feed('],
  parse: ['str_repeat(', 'unmask(', 'frames.next()'],
  deal: ['json_encode(', 'encode(response)', '#deal('],
  broadcast: ['->send(', '#write(', 'broadcastText('],
  send: ['socket_write(', 'net.send(', '.flush(', 'parts.drain('],
  block: ["step: 'block'"],
  disconnect: ['unset(', '#sockets.delete(', '#clients.end('],
  error: ['#leave('],
  arrive: [],
  act: [],
  again: [],
  fault: [],
  wake: [],
  other: [],
  broker: [],
  call: [],
  unknown: [],
};

/** Tells whether a region is that of a step, and not one that a lesson quotes. */
export function isStep(region: SourceRegion): region is SourceRegion & { name: StepName } {
  return Object.hasOwn(CALLS, region.name);
}

/**
 * The line of the call in the lines of a step.
 *
 * @returns the line's number
 * @throws Error when the step calls none of what it is known to call
 */
export function callOf({ file, lines }: SourceFile, region: SourceRegion): number {
  const calls = isStep(region) ? CALLS[region.name] : [];
  const line = lines.find(
    (one) =>
      one.number >= region.from &&
      one.number <= region.to &&
      calls.some((call) => textOf(one).includes(call)),
  );
  if (line === undefined) throw new Error(`bug: ${file} has no call of ${region.name}`);
  return line.number;
}

/** The step that a line belongs to; null for none. */
export function stepOfLine({ regions }: SourceFile, number: number): StepName | null {
  const region = regions.find((one) => isStep(one) && number >= one.from && number <= one.to);
  return region !== undefined && isStep(region) ? region.name : null;
}

/** Whether a line of a step runs at an event. A PHP that blocks does so in its send. */
export function runsAt(file: SourceFile, step: StepName, event: TraceEvent): boolean {
  if (event.step === step) return true;
  const hasBlock = file.regions.some(({ name }) => name === 'block');
  return step === 'send' && event.step === 'block' && !hasBlock;
}
