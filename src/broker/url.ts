/**
 * The address of a broker, as it is given: `redis://name:password@host:6379`. The password goes to
 * the broker alone; what is shown of it anywhere is `where`.
 * @module
 */

import type { Address } from '../net/net.js';
import { failing } from '../texts/errors.js';

/** Where a broker is, and who we are to it. */
export interface BrokerUrl {
  /** Its host and port. */
  readonly address: Address;
  /** Whether the connection is TLS. */
  readonly isTls: boolean;
  /** Null for the broker's default user. */
  readonly user: string | null;
  /** Null where it asks for none. */
  readonly password: string | null;
  /** The address without the secret, to be shown. */
  readonly where: string;
}

/** The port of Redis and of Valkey. */
const USUAL_PORT = 6379;

/**
 * Reads the address of a broker.
 *
 * @throws TypeError for what is none; its message has nothing of the text, which may hold a password
 */
export function readBrokerUrl(text: string): BrokerUrl {
  const scheme = /^(rediss?):\/\/(?=.)/i.exec(text)?.[1]?.toLowerCase();
  if (scheme === undefined) throw failing(TypeError, 'broker.url');
  let url: URL;
  try {
    // of a scheme that it does not know, URL lets odd hosts pass
    url = new URL(text.replace(/^rediss?:/i, 'http:'));
  } catch {
    throw failing(TypeError, 'broker.url');
  }
  const { hostname, port, username, password, pathname, search, hash } = url;
  if (hostname === '') throw failing(TypeError, 'broker.url.host');
  if (pathname !== '/' || search !== '' || hash !== '') throw failing(TypeError, 'broker.url.more');
  // an http: URL has no port where it is 80
  const number = port === '' ? (/:80\/?$/.test(text) ? 80 : USUAL_PORT) : Number(port);
  if (number === 0 || (username !== '' && password === '')) throw failing(TypeError, 'broker.url');
  return {
    address: { host: hostname.replace(/^\[|\]$/g, ''), port: number },
    isTls: scheme === 'rediss',
    user: username === '' ? null : decoded(username),
    password: password === '' ? null : decoded(password),
    where: `${scheme}://${hostname}:${number}`,
  };
}

/** A name or a password, where signs that a URL keeps for itself stand as %XX. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw failing(TypeError, 'broker.url');
  }
}
