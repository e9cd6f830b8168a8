import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readEnv } from '../env';

const production = { OPENPIM_ISSUER: 'https://login.example/idp' };
const folder = mkdtempSync(join(tmpdir(), 'openpim-extension-key-'));
afterAll(() => rmSync(folder, { recursive: true }));

const key = Buffer.alloc(32, 7);
const whsec = `whsec_${key.toString('base64')}`;
const hosts = 'tickets.contoso.example';

const settings = (OPENPIM_EXTENSION_HOSTS: string, keyFile: string, more: object = {}) => {
  const OPENPIM_EXTENSION_KEY_FILE = join(folder, 'key');
  writeFileSync(OPENPIM_EXTENSION_KEY_FILE, keyFile);
  const set = { ...production, OPENPIM_EXTENSION_HOSTS, OPENPIM_EXTENSION_KEY_FILE, ...more };
  return readEnv(set, { port: 8080 }).extensions;
};

describe('the settings of custom extensions', () => {
  it('name hosts as they stand in an address, and keys', () =>
    expect(settings('Tickets.contoso.example, risk.contoso.example:8443,[::1]:443', `${whsec}\n`)).toEqual({
      hosts: ['tickets.contoso.example', 'risk.contoso.example:8443', '[::1]'],
      keys: [key],
      allowsLocalHttp: false,
    }));

  it('take several keys, so that one can follow another', () =>
    expect(settings(hosts, `${whsec}\n\n${Buffer.alloc(24, 8).toString('base64')}`)?.keys).toEqual([
      key,
      Buffer.alloc(24, 8),
    ]));

  it('take plain http on this machine in development only', () =>
    expect(settings(hosts, whsec, { OPENPIM_MODE: 'development' })?.allowsLocalHttp).toBe(true));

  it.each([
    'https://tickets.contoso.example',
    'tickets.contoso.example/check',
    'a@b.example',
    '*.contoso.example',
    'a b',
    'a,,b',
  ])('have no host %s', (list) =>
    expect(() => settings(list, whsec)).toThrow('OPENPIM_EXTENSION_HOSTS must be a list'),
  );

  it.each([
    '',
    'whsec_',
    'secret',
    Buffer.alloc(23).toString('base64'),
    Buffer.alloc(65).toString('base64'),
    `${whsec}\nx`,
  ])('have no key file %j, and do not repeat it', (text) => {
    expect(() => settings(hosts, text)).toThrow('must hold keys of 24 to 64 bytes');
    expect(() => settings(hosts, text)).not.toThrow(/secret|AAAA/);
  });

  it('come together or not at all', () => {
    const one = { ...production, OPENPIM_EXTENSION_HOSTS: hosts };
    expect(() => readEnv(one, { port: 8080 })).toThrow('belong together');
    expect(readEnv(production, { port: 8080 }).extensions).toBeNull();
  });
});
