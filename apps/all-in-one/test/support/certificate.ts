import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Of a server at 127.0.0.1, signed by itself. */
export interface Certificate {
  readonly key: Buffer;
  readonly cert: Buffer;
  /** For `NODE_EXTRA_CA_CERTS` of whoever is to trust it. */
  readonly certFile: string;
}

/** Why no certificate can be made on this machine; null when one can. */
export const whyNoCertificate = (): string | null =>
  spawnSync('openssl', ['version']).status === 0 ? null : 'openssl is not installed';

/** Makes one in a folder of the caller's; it is valid for a day. */
export const certificateIn = (folder: string): Certificate => {
  const [keyFile, certFile] = [join(folder, 'endpoint.key'), join(folder, 'endpoint.crt')];
  const kind = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '1'];
  const whose = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1'];
  const made = spawnSync('openssl', ['req', ...kind, ...whose, '-keyout', keyFile, '-out', certFile]);
  if (made.status !== 0) throw new Error(`openssl made no certificate: ${made.stderr}`);
  return { key: readFileSync(keyFile), cert: readFileSync(certFile), certFile };
};
