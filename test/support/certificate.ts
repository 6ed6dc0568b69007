/**
 * Certificates for tests, signed by themselves; openssl makes them.
 * @module
 */

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whether there is an openssl to make one. */
export const hasOpenssl = spawnSync('openssl', ['version'], { stdio: 'ignore' }).status === 0;

/** A certificate and its key, as PEM, and the files that hold them. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
  readonly certFile: string;
  readonly keyFile: string;
}

/**
 * Makes a certificate that is good for two days.
 *
 * @param folder where its files go, `NAME.pem` and `NAME.key`
 * @param others more names, or addresses: `IP:127.0.0.1`
 */
export function makeCertificate(folder: string, name: string, ...others: string[]): Certificate {
  const [keyFile, certFile] = [join(folder, `${name}.key`), join(folder, `${name}.pem`)];
  const asked = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2'];
  const names = [`DNS:${name}`, ...others].join(',');
  const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=${names}`];
  const made = spawnSync('openssl', [...asked, ...subject, '-keyout', keyFile, '-out', certFile]);
  if (made.status !== 0) throw new Error(`openssl: ${made.stderr}`);
  const [cert, key] = [certFile, keyFile].map((file) => readFileSync(file, 'utf8'));
  return { cert: cert ?? '', key: key ?? '', certFile, keyFile };
}
