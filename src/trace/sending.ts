/**
 * What a send offers: the frames that the trace has seen made for that descriptor and not taken yet.
 * A trace holds frames where they are made and not where they are sent, and some bytes nowhere: the
 * answer to a handshake, and what the room answers to control frames.
 * @module
 */

import { joinBytes } from '../bytes.js';
import type { Fd } from '../net/net.js';
import type { TraceEvent } from './event.js';

/** What is known of the bytes of a send. */
export interface Sending {
  /** The bytes that it offered, as far as the trace holds them, in order. */
  bytes: Uint8Array;
  /** How many of those that it offered the trace does not hold. */
  missing: number;
  /** Whether an answer to a handshake is among what is missing. */
  answersHandshake: boolean;
}

/**
 * Gathers what a send offered: what was made for its descriptor since its outbox was empty.
 *
 * @param index of an event; null comes back where it is no send
 */
export function sendingAt(events: readonly TraceEvent[], index: number): Sending | null {
  const send = events[index];
  if (send?.step !== 'send') return null;
  if (send.bytes !== undefined) {
    const { bytes, length } = send;
    return { bytes, missing: Math.max(0, length - bytes.length), answersHandshake: false };
  }
  const made: Uint8Array[] = [];
  let answersHandshake = false;
  let taken = 0;
  for (let i = index - 1; i >= 0; i--) {
    const event = events[i] as TraceEvent;
    if (beginsAnew(event, send.fd)) break;
    if (event.step === 'send' && event.fd === send.fd) taken += event.taken;
    if (event.step === 'broadcast' && event.to.includes(send.fd)) made.push(event.bytes);
    if (event.step === 'handshake' && event.fd === send.fd) answersHandshake = true;
  }
  const all = joinBytes(made.reverse());
  const unknown = taken + send.length - all.length;
  // an answer to a handshake stands in front of every frame, so it was taken first
  if (unknown === 0 || (unknown > 0 && answersHandshake)) {
    const bytes = all.subarray(Math.max(0, all.length - send.length));
    const missing = send.length - bytes.length;
    return { bytes, missing, answersHandshake: answersHandshake && missing > 0 };
  }
  const bytes = unknown > 0 && taken === 0 ? all : new Uint8Array(0);
  return { bytes, missing: send.length - bytes.length, answersHandshake: false };
}

/** Whether nothing that was made before this waits any more: its outbox is empty, or it is new. */
function beginsAnew(event: TraceEvent, fd: Fd): boolean {
  if (event.step === 'accept') return event.fd === fd;
  return event.step === 'send' && event.fd === fd && event.taken === event.length;
}
