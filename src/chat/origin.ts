/**
 * Whose pages may connect. A browser lets any page open a WebSocket to any server, this machine's
 * own among them, and only says in the Origin field whose page it is; so the server has to look.
 * @module
 */

import { sayError } from '../texts/errors.js';
import type { Language } from '../texts/language.js';
import { refusal } from '../websocket/reason.js';
import { proxyReason } from '../websocket/refusal.js';

/** A host by any of its names that mean this machine. */
function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.[\d.]+$/.test(hostname);
}

/** Whether an address, as `getpeername` gives it, is this machine's own. @internal */
export function isLoopbackAddress(address: string): boolean {
  return address === '::1' || /^(::ffff:)?127\./.test(address);
}

/** Whose pages may connect, and under which names they may ask for this server. */
export interface Admission {
  /** Origins beside those of the server's own hosts: `https://class.example`, `null`, or `*` for all. */
  allowedOrigins: readonly string[];
  /** Names of this server, beside its addresses and `localhost`: `class.example`. */
  allowedHosts: readonly string[];
}

/**
 * Says why a request is refused for its origin, or for the name that its page has for this server.
 *
 * Pages of the server's own host are let in, whatever their port; the names of the loopback are one
 * host. A request without an Origin comes from a program, which could write there what it likes.
 *
 * @param headers the request's fields, by lower-case name
 * @param admission see `ServerOptions.allowedOrigins` and `allowedHosts`
 * @returns null when the request is let in
 * @see RFC 6455 10.2, 4.2.2
 */
export function originProblem(
  headers: ReadonlyMap<string, string>,
  admission: Admission,
): string | null {
  const origin = headers.get('origin');
  if (origin === undefined) return null;
  const host = headers.get('host');
  const page = hostOf(origin);
  const own = hostOf(`ws://${host}`);
  // a proxy that does not pass Host on writes a name of its own there, which no page has
  const differs = page !== null && own !== null && page !== own;
  const hinted = (reason: string): string =>
    differs ? proxyReason(headers, 'with-hint', { reason }) : reason;
  if (!isOwnHost(host, admission)) return hinted(hostProblem(host));
  if (isAllowed(origin, admission.allowedOrigins)) return null;
  if (page !== null && own !== null) {
    if (page === own || (isLoopback(page) && isLoopback(own))) return null;
  }
  if (origin === 'null') {
    return refusal('origin.null');
  }
  // what is repeated as a command is plain: someone may paste it
  return isPlain(origin) ? hinted(refusal('origin.other', { origin })) : refusal('origin.none');
}

/**
 * Whether a Host field names this server: by an address, as `localhost`, by an allowed host, or by
 * the host of an allowed origin, which a proxy may pass on.
 *
 * A page of someone else whose name was made to mean this machine (DNS rebinding) has that name in
 * the field, and calls itself a page of this host. An address cannot be made to mean another, so each
 * is let in: behind a forwarded port it may be none of this machine.
 */
export function isOwnHost(
  field: string | undefined,
  { allowedOrigins, allowedHosts }: Admission,
): boolean {
  if (allowedOrigins.includes('*')) return true;
  const name = hostOf(`ws://${field ?? ''}`);
  if (name === null) return false;
  if (name === 'localhost' || isAddress(name)) return true;
  const hosts = allowedHosts.map((host) => hostOf(`ws://${host}`));
  return [...hosts, ...allowedOrigins.map(hostOf)].includes(name);
}

/** Says why a request under this name is refused. */
export function hostProblem(field: string | undefined): string {
  const name = hostOf(`ws://${field ?? ''}`);
  return name === null ? refusal('host.none') : refusal('host.other', { name });
}

/** Says what is wrong with an entry of the allowed hosts. @returns null when nothing is */
export function allowedHostProblem(entry: string, language?: Language): string | null {
  if (hostOf(`ws://${entry}`) !== null && !/:\d*$/.test(entry)) return null;
  return sayError('limit.host', { entry: JSON.stringify(entry) }, language);
}

/**
 * Says what is wrong with an entry of the allowed origins.
 *
 * @returns null when nothing is: `null`, `*`, or an origin as browsers write it
 */
export function allowedOriginProblem(entry: string, language?: Language): string | null {
  if (entry === '*' || entry === 'null' || isPlain(entry)) return null;
  return sayError('limit.origin', { entry: JSON.stringify(entry) }, language);
}

function isAllowed(origin: string, allowed: readonly string[]): boolean {
  return allowed.some((entry) => entry === '*' || entry.toLowerCase() === origin.toLowerCase());
}

/** Scheme, host and perhaps a port, with nothing behind them and nothing that a shell would take up. */
function isPlain(origin: string): boolean {
  return origin.length <= 200 && /^[a-z][a-z0-9+.-]*:\/\/[a-z0-9._:[\]-]+$/i.test(origin);
}

/** An IPv4 or IPv6 address, as URL has them. */
function isAddress(hostname: string): boolean {
  return /^(\d{1,3}(\.\d{1,3}){3}|\[[\da-f:.]+\])$/.test(hostname);
}

/** The host of an origin, in one form; null when it is none. */
function hostOf(origin: string): string | null {
  try {
    const { protocol, hostname } = new URL(origin);
    return /^(https?|wss?):$/.test(protocol) && isPlain(origin) ? hostname : null;
  } catch {
    return null;
  }
}
