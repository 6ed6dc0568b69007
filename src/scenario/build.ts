/**
 * Writes a scenario like a script: who does what, step after step. And the bytes that clients send,
 * right and wrong ones; every frame is masked with the key of the RFC's example, so that runs repeat.
 * @module
 */

import { joinBytes, toHex, toUtf8 } from '../bytes.js';
import { encodeFrame, type FrameOptions, Opcode } from '../websocket/frame.js';
import { mask } from '../websocket/mask.js';
import { SCENARIO_MASKING_KEY as MASKING_KEY } from './play.js';
import type { Action, Scenario } from './scenario.js';

/** A scenario in the making: each call adds to its end and gives it back. It is plain data as it is. */
export class Script implements Scenario {
  readonly name: string;
  readonly description: string;
  readonly defects: string[] = [];
  readonly steps: Action[][] = [];

  constructor(name: string, description: string) {
    this.name = name;
    this.description = description;
  }

  /** Names defects of the original that can be seen in it. */
  shows(...numbers: string[]): this {
    this.defects.push(...numbers);
    return this;
  }

  /** Adds one step: its actions are done in order, then the server is left until it is idle. */
  step(...actions: Action[]): this {
    this.steps.push(actions);
    return this;
  }

  /** Adds three steps: a client connects, shakes hands and logs in. */
  joins(client: string, name: string): this {
    return this.step(connect(client)).step(handshake(client)).step(login(client, name));
  }
}

/**
 * Begins a scenario.
 *
 * @param name small letters, digits and -
 * @param description what one sees, in one or two sentences
 */
export function scenario(name: string, description: string): Script {
  return new Script(name, description);
}

// ---- actions

/** Connects. @param rcvbuf SO_RCVBUF of the client, in bytes */
export function connect(client: string, rcvbuf?: number): Action {
  return rcvbuf === undefined ? { do: 'connect', client } : { do: 'connect', client, rcvbuf };
}

/** Sends a good request. */
export function handshake(client: string): Action {
  return { do: 'handshake', client };
}

/** Sends a text frame. */
export function text(client: string, text: string): Action {
  return { do: 'text', client, text };
}

/** Logs in, in a text frame. @param name a text; for the odd cases any JSON value */
export function login(client: string, name: unknown): Action {
  return text(client, JSON.stringify({ type: 'login', content: name }));
}

/** Says something to everyone, in a text frame. @param content as in {@link login} */
export function say(client: string, content: unknown): Action {
  return text(client, JSON.stringify({ type: 'user', content }));
}

/** Sends bytes as they are, all in one write; a string is sent as UTF-8. */
export function send(client: string, ...parts: (Uint8Array | string)[]): Action {
  return { do: 'send', client, hex: toHex(joinBytes(parts.map(bytesOf))) };
}

/** Sends bytes in pieces, cut at these places; after each piece the server is left until it is idle. */
export function pieces(client: string, whole: Uint8Array | string, ...cuts: number[]): Action {
  const bytes = bytesOf(whole);
  const ends = [...cuts, bytes.length];
  const parts = ends.map((end, i) => bytes.subarray(ends[i - 1] ?? 0, end));
  return { do: 'pieces', client, pieces: parts.map(toHex) };
}

/** Sends a text frame again and again until the server stands still, at most `most` times. */
export function flood(client: string, text: string, most: number): Action {
  return { do: 'flood', client, text, most };
}

/** Reads no more. */
export function stop(client: string): Action {
  return { do: 'stop', client };
}

/** Reads again. */
export function read(client: string): Action {
  return { do: 'read', client };
}

/** Closes TCP in both directions, without a word of WebSocket. */
export function close(client: string): Action {
  return { do: 'close', client };
}

/** Sends FIN, and goes on reading. */
export function shutdown(client: string): Action {
  return { do: 'shutdown', client };
}

/** Sends RST. */
export function reset(client: string): Action {
  return { do: 'reset', client };
}

/** Stops the server, so that bytes pile up in front of it. */
export function pause(): Action {
  return { do: 'pause' };
}

/** Lets the server go on. */
export function resume(): Action {
  return { do: 'resume' };
}

// ---- frames of a client

/** Writes a masked frame with any opcode and bits. */
export function frame(
  opcode: number,
  payload: Uint8Array | string,
  options: FrameOptions = {},
): Uint8Array {
  return encodeFrame(opcode, bytesOf(payload), { maskingKey: MASKING_KEY, ...options });
}

/** Writes a text frame; with `fin` false the first fragment of a message. */
export function textFrame(text: string, fin = true): Uint8Array {
  return frame(Opcode.text, text, { fin });
}

/** Writes a continuation frame, the last of its message unless `fin` is false. */
export function continuationFrame(payload: Uint8Array | string, fin = true): Uint8Array {
  return frame(Opcode.continuation, payload, { fin });
}

/** Writes the text frame in which a client says something. */
export function chatFrame(content: unknown): Uint8Array {
  return textFrame(JSON.stringify({ type: 'user', content }));
}

/** Writes a binary frame. */
export function binaryFrame(payload: Uint8Array | string): Uint8Array {
  return frame(Opcode.binary, payload);
}

/** Writes a ping. */
export function pingFrame(payload = ''): Uint8Array {
  return frame(Opcode.ping, payload);
}

/** Writes a Close frame; without a code it is empty, as `ws.close()` sends it. */
export function closeFrame(code?: number, reason = ''): Uint8Array {
  if (code === undefined) return frame(Opcode.close, '');
  return frame(Opcode.close, joinBytes([Uint8Array.of(code >>> 8, code & 0xff), bytesOf(reason)]));
}

/** Writes a text frame without a mask, which RFC 6455 5.1 forbids to a client. */
export function unmaskedFrame(text: string): Uint8Array {
  return frame(Opcode.text, text, { maskingKey: null });
}

/**
 * Writes a text frame whose header need not be true.
 *
 * @param claimed the length that the header tells, in bytes
 * @param bits where it stands: in the 7 bits of the second byte, or in 16 or 64 bits behind it
 */
export function lyingFrame(text: string, claimed: number, bits: 7 | 16 | 64 = 7): Uint8Array {
  const length = new Uint8Array(bits === 7 ? 0 : bits / 8);
  for (let i = length.length - 1, rest = claimed; i >= 0; i--, rest = Math.floor(rest / 256)) {
    length[i] = rest % 256;
  }
  const second = bits === 7 ? claimed : bits === 16 ? 126 : 127;
  const key = new Uint8Array(4);
  new DataView(key.buffer).setUint32(0, MASKING_KEY);
  const payload = bytesOf(text).slice();
  mask(payload, MASKING_KEY);
  const head = Uint8Array.of(0b1000_0000 | Opcode.text, 0b1000_0000 | second);
  return joinBytes([head, length, key, payload]);
}

/** Bytes as they are; a string as UTF-8. */
function bytesOf(bytes: Uint8Array | string): Uint8Array {
  return typeof bytes === 'string' ? toUtf8(bytes) : bytes;
}
