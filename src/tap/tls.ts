/**
 * Why a server of `wss:` was not taken, in words: what OpenSSL says is for those who know it.
 * @module
 */

import type { Address, SocketError } from '../net/net.js';
import type { TapSay } from './say.js';

/** What is wrong with a certificate, and what else TLS fails for, by the codes of OpenSSL and of Node. */
const TEXTS = {
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate.own',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate.unknown',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate.unknown',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate.unknown',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate.unknown',
  CERT_UNTRUSTED: 'certificate.unknown',
  CERT_HAS_EXPIRED: 'certificate.expired',
  CERT_NOT_YET_VALID: 'certificate.early',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate.name',
  ERR_SSL_WRONG_VERSION_NUMBER: 'tls.none',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'tls.none',
  ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL: 'tls.no-http',
  ERR_SSL_TLS_ALERT_NO_APPLICATION_PROTOCOL: 'tls.no-http',
} as const;

/** In front of OpenSSL's reasons, which its messages drown in names of files. */
const OPENSSL = 'ERR_SSL_';

/** Says why TLS came to nothing, and what to do about a certificate; null where it is not about TLS. */
export function whyNoTls(
  { code }: SocketError,
  { host, port }: Address,
  say: TapSay,
): string[] | null {
  const values = { code, host, port };
  const text = Object.hasOwn(TEXTS, code) ? TEXTS[code as keyof typeof TEXTS] : null;
  if (text === null) {
    if (!code.startsWith(OPENSSL)) return null;
    const reason = code.slice(OPENSSL.length).toLowerCase().replaceAll('_', ' ');
    return [say('tls', { ...values, reason })];
  }
  const why = say(text, values);
  return text.startsWith('certificate.') ? [why, say('certificate.anyway')] : [why];
}
