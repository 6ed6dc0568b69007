/**
 * What a server tells of frames and of what is wrong with them, as steps of the trace.
 * @module
 */

import type { Fd } from '../net/net.js';
import { room } from '../texts/room.en.js';
import { fill } from '../texts/say.js';
import type { AcceptedHandshakeStep, DisconnectCause, Step } from '../trace/event.js';
import { CloseCode } from '../websocket/closing.js';
import { type Frame, frameBytes } from '../websocket/frame.js';
import type { AcceptedRequest } from '../websocket/handshake.js';
import type { ProtocolError } from '../websocket/problem.js';

/** The subprotocols of a handshake, where any were asked for, and the one of them that was chosen. */
export function subprotocolsOf({
  protocols,
  protocol,
}: AcceptedRequest): Pick<AcceptedHandshakeStep, 'protocols' | 'protocol'> {
  return protocols.length === 0 ? {} : { protocols, protocol };
}

/** A frame came. */
export function parseStep(fd: Fd, frame: Frame): Step {
  const { fin, opcode, masked, payloadLength } = frame;
  return { step: 'parse', fd, fin, opcode, masked, payloadLength, bytes: frameBytes(frame) };
}

/** The peer broke a rule. */
export function problemStep(fd: Fd, { code, closeCode, section, message }: ProtocolError): Step {
  return { step: 'error', fd, code, closeCode, section, message };
}

/** Why a peer has to leave that broke a rule: one of the RFC, or a limit of ours. */
export function causeOf({ closeCode }: ProtocolError): DisconnectCause {
  const isLimit = closeCode === CloseCode.messageTooBig || closeCode === CloseCode.policyViolation;
  return isLimit ? 'limit' : 'protocol-error';
}

/** A client sends more frames than it may. */
export function tooManyStep(fd: Fd, most: number): Step & { step: 'error' } {
  const message = fill(room['close.frames'], { most });
  const closeCode = CloseCode.policyViolation;
  return { step: 'error', fd, code: 'too-many-frames', closeCode, section: '7.4.1', message };
}

/** The application has thrown something. */
export function exceptionStep(fd: Fd, error: unknown): Step {
  const message = error instanceof Error ? error.message : String(error);
  const closeCode = CloseCode.internalError;
  return { step: 'error', fd, code: 'exception', closeCode, section: '7.4.1', message };
}
