/**
 * Sockets with TLS, for a `NodeNet` that connects to servers of `wss:`: what is sent and received is the
 * plain text.
 * @module
 */

import { createConnection, isIP } from 'node:net';
import { connect } from 'node:tls';
import type { OpenSocket } from './node.js';

/** How long a server may take to agree on TLS, in milliseconds. */
const PATIENCE_MS = 15_000;

/** How servers are believed. */
export interface TlsOptions {
  /** Whether a server is taken without a certificate that can be trusted. Default false. */
  insecure?: boolean;
  /** What is to be spoken (RFC 7301). Default HTTP/1.1, since a WebSocket begins with it. */
  protocols?: readonly string[];
}

/** What opens sockets with TLS: a server is asked for by its name (RFC 6066 3), and for a protocol. */
export function tlsOpener({
  insecure = false,
  protocols = ['http/1.1'],
}: TlsOptions = {}): OpenSocket {
  return ({ host, port, allowHalfOpen }, whenOpen) => {
    const tcp = createConnection({ host, port, allowHalfOpen });
    const options = {
      socket: tcp,
      host, // whom the certificate has to be for
      servername: isIP(host) === 0 ? host : '',
      ALPNProtocols: [...protocols],
      rejectUnauthorized: !insecure,
    };
    const secure = connect(options, () => {
      secure.setTimeout(0);
      whenOpen();
    });
    secure.setTimeout(PATIENCE_MS, () => {
      secure.destroy(Object.assign(new Error(), { code: 'ETIMEDOUT' }));
    });
    // Node resets sockets of TCP alone, and one of TLS ends with the one below it
    secure.resetAndDestroy = () => {
      tcp.resetAndDestroy();
      return secure;
    };
    return secure;
  };
}
