import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import { assertDevelopment, createDevIssuer, type DevIssuer } from './dev-issuer';

const now = '2026-03-01T12:00:00.000Z';
const seconds = Date.parse(now) / 1000;
const erin = { id: 'a4', userPrincipalName: 'erin@contoso.example', displayName: 'Erin' };
const automation = { id: 'c1', appId: 'c1-app', displayName: 'automation', appRoles: ['AuditLog.Read.All'] };

let folder: string;
let issuer: DevIssuer;

const open = (name = 'data'): Promise<DevIssuer> =>
  createDevIssuer({
    folder: join(folder, name),
    issuer: 'http://127.0.0.1:8080/idp',
    users: [erin],
    applications: [automation],
    scopes: ['User.Read', 'AuditLog.Read.All'],
  });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'openpim-issuer-'));
  issuer = await open();
});

afterAll(() => rm(folder, { recursive: true }));

const keyFile = (name = 'data'): string => join(folder, name, 'issuer-keys.json');

const verified = async (token: string, by = issuer) =>
  jwtVerify(token, createLocalJWKSet(by.jwks()), {
    issuer: by.issuer,
    audience: 'openpim',
    typ: 'at+jwt',
    currentDate: new Date(now),
  });

describe('a minted token', () => {
  it('carries every scope and only a password, unless told otherwise', async () => {
    const { payload } = await verified(await issuer.mintToken({ user: 'erin', now }));
    expect(payload).toMatchObject({
      oid: 'a4',
      sub: 'a4',
      scp: 'User.Read AuditLog.Read.All',
      amr: ['pwd'],
      acrs: [],
      auth_time: seconds,
      exp: seconds + 3600,
      xms_cc: ['cp1'],
    });
    expect(payload).not.toHaveProperty('roles');
  });

  it('carries what it was told to', async () => {
    const token = await issuer.mintToken({
      user: 'erin',
      scopes: ['User.Read'],
      mfa: true,
      acrs: ['c1'],
      expiresIn: 5,
      now,
    });
    expect((await verified(token)).payload).toMatchObject({
      scp: 'User.Read',
      amr: ['pwd', 'mfa'],
      acrs: ['c1'],
      exp: seconds + 5,
    });
  });

  it('has the permissions of an application and no scope', async () => {
    const { payload } = await verified(await issuer.mintToken({ app: 'automation', now }));
    expect(payload).toMatchObject({ oid: 'c1', sub: 'c1', idtyp: 'app', azp: 'c1-app', roles: ['AuditLog.Read.All'] });
    expect(payload).not.toHaveProperty('scp');
  });

  it('may have ended already, after it was issued', async () => {
    const { exp, iat } = decodeJwt(await issuer.mintToken({ user: 'erin', expiresIn: -60, now }));
    expect(exp).toBe(seconds - 60);
    expect(iat).toBeLessThan(seconds - 60);
  });

  it.each(['erin', 'ERIN', 'erin@contoso.example', 'a4'])('is for the user named %s', async (user) =>
    expect(decodeJwt(await issuer.mintToken({ user, now })).oid).toBe('a4'),
  );

  it('is for nobody unknown, and says who there is', async () => {
    await expect(issuer.mintToken({ user: 'eve', now })).rejects.toThrow(
      'There is no user "eve" in the demo tenant. Known: erin.',
    );
    await expect(issuer.mintToken({ app: 'erin', now })).rejects.toThrow('Known: automation.');
  });
});

describe('the keys', () => {
  it('outlive a restart', async () => {
    const token = await issuer.mintToken({ user: 'erin', now });
    expect((await verified(token, await open())).payload.oid).toBe('a4');
  });

  it('are the same for processes that start together', async () => {
    const [one, other] = await Promise.all([open('shared'), open('shared')]);
    expect(one.jwks()).toEqual(other.jwks());
  });

  it('are readable by their owner only', async () => expect((await stat(keyFile())).mode & 0o777).toBe(0o600));

  it('are published without their private half', () =>
    expect(Object.keys(issuer.jwks().keys[0] ?? {}).sort()).toEqual(['alg', 'e', 'kid', 'kty', 'n', 'use']));

  it.each(['', '{}', 'null', '{"signing":null,"cookieSecret":"x"}', '{"signing":'])(
    'are never replaced silently when the file holds %j',
    async (content) => {
      await mkdir(join(folder, 'broken'), { recursive: true });
      await writeFile(keyFile('broken'), content);
      await expect(open('broken')).rejects.toThrow('Delete it to get new ones');
      expect(await readFile(keyFile('broken'), 'utf8')).toBe(content);
    },
  );
});

describe('the development issuer', () => {
  it('runs in development', () => expect(() => assertDevelopment('development')).not.toThrow());

  it.each(['production', '', 'Development', 'test'])('refuses to run in %j', (mode) =>
    expect(() => assertDevelopment(mode)).toThrow('runs only in development mode'),
  );
});
