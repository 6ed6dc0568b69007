/**
 * What happened, as values: the steps of a loop, the stamp that makes a step an event of a trace,
 * and the NDJSON form, version 1. Draws nothing and waits for nothing.
 * @module
 */

import type { Fd } from '../net/net.js';

/** Why a client is gone. */
export type DisconnectCause =
  | 'fin'
  | 'reset'
  | 'close-frame'
  | 'short-read'
  | 'protocol-error'
  | 'limit'
  | 'timeout';

/** One thing that a loop, its network or its scenario did. Bytes are plain arrays until written. */
export type Step =
  | { step: 'socket'; fd: Fd; domain: string; type: string; protocol: string }
  | { step: 'setsockopt'; fd: Fd; level: string; option: string; value: number }
  | { step: 'bind'; fd: Fd; host: string; port: number }
  | { step: 'listen'; fd: Fd; backlog: number }
  | {
      step: 'select';
      read: Fd[];
      write: Fd[];
      readyRead: Fd[];
      readyWrite: Fd[];
      scanned: number;
    }
  | { step: 'accept'; listener: Fd; fd: Fd; host: string; port: number }
  | { step: 'recv'; fd: Fd; bytes: Uint8Array }
  | { step: 'handshake'; fd: Fd; key: string; accept: string }
  | { step: 'handshake'; fd: Fd; refused: { status: number; reason: string } }
  | {
      step: 'parse';
      fd: Fd;
      fin: boolean;
      opcode: number;
      masked: boolean;
      payloadLength: number;
      bytes: Uint8Array;
    }
  | { step: 'deal'; fd: Fd; message: string; reply: string }
  | { step: 'broadcast'; to: Fd[]; bytes: Uint8Array }
  | { step: 'send'; fd: Fd; length: number; taken: number }
  | { step: 'block'; fd: Fd; syscall: 'send' | 'recv'; reason: string }
  | { step: 'disconnect'; fd: Fd; cause: DisconnectCause }
  | { step: 'error'; fd: Fd; code: string; closeCode: number; section: string; message: string }
  | { step: 'arrive'; fd: Fd; kind: 'connect' | 'bytes' | 'fin' | 'reset'; length: number }
  | { step: 'act'; client: string; do: string; bytes: Uint8Array };

/** The name of a step. */
export type StepName = Step['step'];

/** What every event of a trace carries beside its step. */
export interface Stamp {
  /** The version of the trace format. */
  v: 1;
  /** The event's number in its trace, from 0. */
  seq: number;
  /** The call of select that it belongs to, from 1; 0 before the first. */
  turn: number;
  /** Milliseconds on the network's clock. */
  t: number;
}

/** One line of a trace. */
export type TraceEvent = Stamp & Step;
