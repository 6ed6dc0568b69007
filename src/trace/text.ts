/**
 * A step as one line that a person can read. Colour and layout are the terminal's.
 * @module
 */

import { toHex } from '../bytes.js';
import { isControl, opcodeName } from '../websocket/frame.js';
import type { DisconnectCause, ParseStep, SelectStep, Step } from './event.js';

/** Why a client is gone, in words. */
const CAUSES: Record<DisconnectCause, string> = {
  fin: 'the peer sent FIN',
  reset: 'the connection was reset',
  'close-frame': 'closed by Close frames, in good order',
  'short-read': 'fewer than 9 bytes were read',
  'protocol-error': 'the peer broke the protocol',
  limit: 'a limit was reached',
  timeout: 'it took too long',
};

/** Says in one line what a step did; its name is not repeated. Safe for a terminal, whoever wrote the trace. */
export function describeStep(step: Step): string {
  return printable(describe(step));
}

function describe(step: Step): string {
  switch (step.step) {
    case 'socket':
      return `fd ${step.fd} is a TCP socket (${step.domain}, ${step.type}, ${step.protocol})`;
    case 'setsockopt':
      return `fd ${step.fd}: ${step.option} = ${step.value}`;
    case 'bind':
      return `fd ${step.fd} to ${step.host}:${step.port}`;
    case 'listen':
      return `fd ${step.fd}, backlog ${step.backlog}`;
    case 'select':
      return describeSelect(step);
    case 'accept':
      return `fd ${step.fd} from ${step.host}:${step.port}, out of the queue of fd ${step.listener}`;
    case 'recv':
      return step.bytes.length === 0
        ? `fd ${step.fd}: 0 bytes, the peer has sent FIN`
        : `fd ${step.fd}: ${count(step.bytes.length, 'byte')}  ${preview(step.bytes)}`;
    case 'handshake':
      return 'refused' in step
        ? `fd ${step.fd}: ${step.refused.status}, ${step.refused.reason}`
        : `fd ${step.fd}: 101, key ${step.key} → accept ${step.accept}`;
    case 'parse':
      return describeParse(step);
    case 'deal':
      return `fd ${step.fd}: ${step.message || 'gone'} → ${step.reply}`;
    case 'broadcast':
      return `${count(step.bytes.length, 'byte')} to ${fds(step.to)}  ${preview(step.bytes)}`;
    case 'send':
      return step.taken === step.length
        ? `fd ${step.fd}: ${count(step.length, 'byte')}`
        : `fd ${step.fd}: ${step.taken} of ${step.length} bytes taken, the rest waits`;
    case 'block':
      return `fd ${step.fd}: the loop stands still in ${step.syscall}; ${step.reason}`;
    case 'disconnect':
      return `fd ${step.fd}: ${CAUSES[step.cause] ?? step.cause}`; // a trace may name a newer cause
    case 'error':
      return `fd ${step.fd}: ${step.message}`;
    case 'arrive':
      return step.kind === 'bytes'
        ? `fd ${step.fd}: ${count(step.length, 'byte')} arrived`
        : `fd ${step.fd}: ${step.kind} arrived`;
    case 'act':
      return `client ${step.client}: ${step.do}${step.bytes.length > 0 ? `  ${preview(step.bytes)}` : ''}`;
  }
}

function describeSelect(step: SelectStep): string {
  const watched = `${count(step.scanned, 'socket')} watched`;
  const ready = [
    step.readyRead.length > 0 && `readable: ${fds(step.readyRead)}`,
    step.readyWrite.length > 0 && `writable: ${fds(step.readyWrite)}`,
  ].filter((part) => part !== false);
  return `${watched}; ${ready.length === 0 ? 'none ready' : ready.join('; ')}`;
}

function describeParse(step: ParseStep): string {
  const last = isControl(step.opcode) ? '' : step.fin ? ', the last frame' : ', more follow';
  const masked = step.masked ? ', masked' : ', not masked';
  const payload = `payload ${count(step.payloadLength, 'byte')}`;
  return `fd ${step.fd}: ${opcodeName(step.opcode)}${last}${masked}, ${payload}`;
}

function count(n: number, what: string): string {
  return `${n} ${what}${n === 1 ? '' : 's'}`;
}

function fds(list: readonly number[]): string {
  if (list.length === 0) return 'nobody';
  const shown = list.slice(0, 12).join(' ');
  return `fd ${shown}${list.length > 12 ? ` and ${list.length - 12} more` : ''}`;
}

/** The first bytes in hex, in pairs as they are read. */
function preview(bytes: Uint8Array): string {
  const hex = toHex(bytes.subarray(0, 16)).replace(/..(?!$)/g, '$& ');
  return bytes.length > 16 ? `${hex} …` : hex;
}

/**
 * Text from a peer, made safe for a terminal: control characters, which could move the cursor or
 * change its colours, become visible signs.
 */
export function printable(text: string): string {
  return text.replace(
    /(?!\u200d)[\p{Cc}\p{Cf}\u2028\u2029]/gu, // U+200D joins emoji and does no harm
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
}
