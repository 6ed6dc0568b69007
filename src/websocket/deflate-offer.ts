/**
 * How the two ends agree on permessage-deflate, RFC 7692 section 7.1: offers, the server's answer,
 * and the client's look at that. Compresses nothing.
 * @module
 */

import { failing } from '../texts/errors.js';
import { type Extension, parseExtensions } from './extensions.js';
import { wrongAnswer } from './reason.js';

/** The name of the extension. */
const NAME = 'permessage-deflate';

/** What was agreed on, the four parameters of RFC 7692 7.1. */
export interface DeflateParameters {
  /** The server compresses each message by itself, without a look at those before. */
  serverNoContextTakeover: boolean;
  /** The client does. */
  clientNoContextTakeover: boolean;
  /** How far back the server's compression looks: 2 to the power of this, in bytes; 8 to 15. */
  serverMaxWindowBits: number;
  /** How far back the client's does. */
  clientMaxWindowBits: number;
}

/** What is so when nothing is said. */
export const DEFLATE_DEFAULTS: DeflateParameters = {
  serverNoContextTakeover: false,
  clientNoContextTakeover: false,
  serverMaxWindowBits: 15,
  clientMaxWindowBits: 15,
};

/** The smallest window that zlib compresses raw DEFLATE in: it takes 8 for 9. */
export const SMALLEST_WINDOW_BITS = 9;

/** A server's yes to an offer. */
export interface DeflateAnswer {
  /** What holds from here on. */
  parameters: DeflateParameters;
  /** The value of the answer's `Sec-WebSocket-Extensions`. */
  field: string;
}

/** What an offer or an answer names; undefined is not named, null is named without a value. */
interface Named {
  serverNoContextTakeover?: true;
  clientNoContextTakeover?: true;
  serverMaxWindowBits?: number;
  clientMaxWindowBits?: number | null;
}

/**
 * The server's choice: the first offer that it can keep.
 *
 * @param extensions what the client offers, the one it likes best first (RFC 6455 9.1)
 * @returns null when there is none; then nothing is compressed
 * @see RFC 7692 7.1
 */
export function answerDeflate(extensions: readonly Extension[]): DeflateAnswer | null {
  for (const extension of extensions) {
    const offer = extension.name === NAME ? readParameters(extension) : null;
    // 7: "decline" an offer with parameters that are not known, twice there, or have no such value
    if (offer === null || typeof offer === 'string') continue;
    // 7.1.2.1: the value is the most that we may use, and a window of 8 bits we cannot make
    if ((offer.serverMaxWindowBits ?? 15) < SMALLEST_WINDOW_BITS) continue;
    // what the client uses itself, up to the largest window, we inflate whatever it is
    const { clientMaxWindowBits: _, ...kept } = offer;
    const parameters = { ...DEFLATE_DEFAULTS, ...kept };
    return { parameters, field: writeParameters(kept) };
  }
  return null;
}

/**
 * The client's offer, the value of its `Sec-WebSocket-Extensions`.
 *
 * @param wanted what differs from the defaults; a window is the most that is to be used
 * @throws RangeError for a window that is not of 8 to 15 bits
 */
export function offerDeflate(wanted: Partial<DeflateParameters> = {}): string {
  const { serverMaxWindowBits = 15, clientMaxWindowBits = 15 } = wanted;
  for (const bits of [serverMaxWindowBits, clientMaxWindowBits]) {
    if (!isWindowBits(bits)) throw failing(RangeError, 'websocket.window-bits', { bits });
  }
  return writeParameters({
    ...(wanted.serverNoContextTakeover ? { serverNoContextTakeover: true } : {}),
    ...(wanted.clientNoContextTakeover ? { clientNoContextTakeover: true } : {}),
    ...(serverMaxWindowBits === 15 ? {} : { serverMaxWindowBits }),
    // 7.1.2.2: without a value it says that the server may ask for a smaller window
    clientMaxWindowBits: clientMaxWindowBits === 15 ? null : clientMaxWindowBits,
  });
}

/**
 * The client's look at the answer: is it one to what {@link offerDeflate} offered?
 *
 * @param field the value of the answer's `Sec-WebSocket-Extensions`
 * @param wanted as it was given to `offerDeflate`
 * @returns what was agreed on, or what is wrong, in one clause; then the connection has failed
 * @see RFC 6455 4.1 (5), RFC 7692 7.1
 */
export function readDeflateAnswer(
  field: string,
  wanted: Partial<DeflateParameters> = {},
): DeflateParameters | string {
  const extensions = parseExtensions(field);
  if (extensions === null) return wrongAnswer('extensions-unread', { field });
  const [extension, more] = extensions;
  if (extension === undefined) return wrongAnswer('extensions-empty');
  if (extension.name !== NAME) return wrongAnswer('extension-other', { name: extension.name });
  if (more !== undefined) return wrongAnswer('extension-more');
  const answer = readParameters(extension);
  if (typeof answer === 'string') return answer;
  const { clientMaxWindowBits: client, serverMaxWindowBits: server = 15, ...flags } = answer;
  if (client === null) return wrongAnswer('bits-no-value');
  // 7.1.1.1, 7.1.2.1, 7.1.2.2: a yes names what was asked for, and no larger window
  if (wanted.serverNoContextTakeover && !flags.serverNoContextTakeover) {
    return wrongAnswer('takeover-lost');
  }
  if (server > (wanted.serverMaxWindowBits ?? 15)) {
    return wrongAnswer('server-bits', { bits: server });
  }
  const most = wanted.clientMaxWindowBits ?? 15;
  if (client !== undefined && client > most) {
    return wrongAnswer('client-bits', { bits: client, most });
  }
  return {
    serverNoContextTakeover: flags.serverNoContextTakeover ?? false,
    clientNoContextTakeover:
      flags.clientNoContextTakeover ?? wanted.clientNoContextTakeover ?? false,
    serverMaxWindowBits: server,
    clientMaxWindowBits: client ?? most,
  };
}

/** What is named; or what is wrong with it, where a server answers so. */
function readParameters({ parameters }: Extension): Named | string {
  const named: Named = {};
  const seen = new Set<string>();
  for (const [name, value] of parameters) {
    if (seen.has(name)) return wrongAnswer('deflate-twice', { name });
    seen.add(name);
    const bits = value !== null && /^([89]|1[0-5])$/.test(value) ? Number(value) : null;
    switch (name) {
      case 'server_no_context_takeover':
        if (value !== null) return wrongValue(name, value);
        named.serverNoContextTakeover = true;
        break;
      case 'client_no_context_takeover':
        if (value !== null) return wrongValue(name, value);
        named.clientNoContextTakeover = true;
        break;
      case 'server_max_window_bits':
        if (bits === null) return wrongValue(name, value);
        named.serverMaxWindowBits = bits;
        break;
      case 'client_max_window_bits':
        if (value !== null && bits === null) return wrongValue(name, value);
        named.clientMaxWindowBits = bits;
        break;
      default:
        return wrongAnswer('deflate-unknown', { name });
    }
  }
  return named;
}

function wrongValue(name: string, value: string | null): string {
  if (value === null) return wrongAnswer('deflate-no-value', { name });
  return wrongAnswer('deflate-value', { name, value });
}

function writeParameters(named: Named): string {
  const { serverMaxWindowBits: server, clientMaxWindowBits: client } = named;
  const parts = [NAME];
  if (named.serverNoContextTakeover) parts.push('server_no_context_takeover');
  if (named.clientNoContextTakeover) parts.push('client_no_context_takeover');
  if (server !== undefined) parts.push(`server_max_window_bits=${server}`);
  if (client !== undefined) {
    parts.push(`client_max_window_bits${client === null ? '' : `=${client}`}`);
  }
  return parts.join('; ');
}

function isWindowBits(bits: number): boolean {
  return Number.isInteger(bits) && bits >= 8 && bits <= 15;
}
