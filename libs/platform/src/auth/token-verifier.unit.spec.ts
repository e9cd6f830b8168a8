import { createHmac } from 'node:crypto';
import {
  exportJWK,
  exportSPKI,
  generateKeyPair,
  SignJWT,
  type JSONWebKeySet,
  type JWTPayload,
  type KeyLike,
} from 'jose';
import { IdentityUnavailable, Unauthenticated } from './errors';
import { createTokenVerifier, type TokenVerifier } from './token-verifier';

const issuer = 'https://login.example/idp';
const now = '2026-03-01T12:00:00.000Z';
const seconds = Date.parse(now) / 1000;
const erin = 'a0000000-0000-4000-8000-000000000004';
const claims = { iss: issuer, aud: 'openpim', sub: 'pairwise', oid: erin, scp: 'User.Read', exp: seconds + 60 };

let privateKey: KeyLike;
let publicKey: KeyLike;
let jwks: JSONWebKeySet;
let verifier: TokenVerifier;

const without = (payload: JWTPayload, claim: string): JWTPayload =>
  Object.fromEntries(Object.entries(payload).filter(([name]) => name !== claim));

const sign = (payload: JWTPayload, header: Record<string, string> = {}): Promise<string> =>
  new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: 'k1', typ: 'at+jwt', ...header }).sign(privateKey);

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

const trusting = (source: () => JSONWebKeySet, subjectClaim?: 'sub'): TokenVerifier =>
  createTokenVerifier({
    issuers: [
      { issuer, audience: 'openpim', jwks: source, algorithms: ['RS256'], ...(subjectClaim ? { subjectClaim } : {}) },
    ],
    clock: { now: () => now },
  });

beforeAll(async () => {
  ({ privateKey, publicKey } = await generateKeyPair('RS256'));
  // Without `alg`: only the issuer's list says which algorithms are good.
  jwks = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', use: 'sig' }] };
  verifier = trusting(() => jwks);
});

describe('a token that is accepted', () => {
  it('becomes the caller it names, with how they signed in', async () => {
    const token = await sign({
      ...claims,
      scp: 'User.Read RoleManagement.Read.Directory',
      azp: 'openpim-dev',
      amr: ['pwd', 'mfa'],
      acr: '1',
      acrs: ['c1'],
      auth_time: seconds - 5,
    });
    expect(await verifier.verify(token)).toEqual({
      id: erin,
      kind: 'user',
      appId: 'openpim-dev',
      scopes: ['User.Read', 'RoleManagement.Read.Directory'],
      appRoles: [],
      authentication: { amr: ['pwd', 'mfa'], acr: '1', acrs: ['c1'], authTime: '2026-03-01T11:59:55.000Z' },
    });
  });

  it.each([
    ['blanks', 'c1 c2'],
    ['commas', 'c1,c2'],
  ])('may list contexts in one text with %s', async (_, acrs) =>
    expect((await verifier.verify(await sign({ ...claims, acrs }))).authentication.acrs).toEqual(['c1', 'c2']),
  );

  it('may say its type as JWT, as Entra does', async () =>
    expect((await verifier.verify(await sign(claims, { typ: 'JWT' }))).id).toBe(erin));

  it('may come from a clock that is 30 seconds ahead', async () =>
    expect((await verifier.verify(await sign({ ...claims, nbf: seconds + 30, iat: seconds + 30 }))).id).toBe(erin));

  it('is an application when it says so, and then has no scopes', async () => {
    const caller = await verifier.verify(await sign({ ...claims, idtyp: 'app', roles: ['AuditLog.Read.All'] }));
    expect(caller).toMatchObject({ kind: 'application', scopes: [], appRoles: ['AuditLog.Read.All'] });
  });

  it('is an application without scopes whose subject is its object', async () => {
    const token = await sign({ ...without(claims, 'scp'), sub: erin, roles: ['AuditLog.Read.All'] });
    expect((await verifier.verify(token)).kind).toBe('application');
  });

  it("is a user's in spite of application permissions beside or without scopes", async () => {
    const roles = ['RoleManagement.ReadWrite.Directory'];
    expect(await verifier.verify(await sign({ ...claims, sub: erin, roles }))).toMatchObject({
      kind: 'user',
      appRoles: [],
    });
    expect((await verifier.verify(await sign({ ...without(claims, 'scp'), roles }))).kind).toBe('user');
  });

  it('names its owner in sub only for an issuer configured that way', async () => {
    const token = await sign(without({ ...claims, sub: erin }, 'oid'));
    expect((await trusting(() => jwks, 'sub').verify(token)).id).toBe(erin);
    await expect(verifier.verify(token)).rejects.toThrow(Unauthenticated);
  });

  it('loses a sign-in time that is not one', async () =>
    expect((await verifier.verify(await sign({ ...claims, auth_time: 1e20 }))).authentication.authTime).toBeNull());
});

describe('a token is refused when it', () => {
  const hmac = async (): Promise<string> => {
    const input = `${encode({ alg: 'HS256', kid: 'k1', typ: 'at+jwt' })}.${encode(claims)}`;
    const signature = createHmac('sha256', await exportSPKI(publicKey))
      .update(input)
      .digest('base64url');
    return `${input}.${signature}`;
  };
  const foreign = async (): Promise<string> => {
    const { privateKey: other } = await generateKeyPair('RS256');
    return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'k1', typ: 'at+jwt' }).sign(other);
  };
  const tampered = async (): Promise<string> => {
    const [header, , signature] = (await sign(claims)).split('.');
    return `${header}.${encode({ ...claims, scp: 'RoleManagement.ReadWrite.Directory' })}.${signature}`;
  };
  const cases: [string, () => Promise<string> | string][] = [
    ['has alg none', () => `${encode({ alg: 'none', typ: 'at+jwt' })}.${encode(claims)}.`],
    ['is signed HS256 with the public key as the secret', hmac],
    [
      'is signed with an algorithm that is not listed',
      () => new SignJWT(claims).setProtectedHeader({ alg: 'RS512', kid: 'k1', typ: 'at+jwt' }).sign(privateKey),
    ],
    ['is signed by somebody else', foreign],
    ['was changed after signing', tampered],
    ['names an unknown key', () => sign(claims, { kid: 'k2' })],
    ['is for another audience', () => sign({ ...claims, aud: 'other' })],
    ['is for nobody in particular', () => sign(without(claims, 'aud'))],
    ['comes from an unknown issuer', () => sign({ ...claims, iss: `${issuer}/` })],
    ['comes from no issuer', () => sign(without(claims, 'iss'))],
    ['ended this very second', () => sign({ ...claims, exp: seconds })],
    ['never ends', () => sign(without(claims, 'exp'))],
    ['is not valid yet', () => sign({ ...claims, nbf: seconds + 31 })],
    ['was issued in the future', () => sign({ ...claims, iat: seconds + 31 })],
    ['has no oid', () => sign(without(claims, 'oid'))],
    ['has an empty oid', () => sign({ ...claims, oid: '' })],
    ['claims to be OpenPIM itself', () => sign({ ...claims, oid: 'system:expiry' })],
    ['has an oid that is not text', () => sign({ ...claims, oid: { $ne: null } })],
    ['is an ID token by its type', () => sign(claims, { typ: 'id+jwt' })],
    ['is garbage', () => 'not.a.token'],
    ['is empty', () => ''],
    ['is longer than 16,384 characters', () => sign({ ...claims, padding: 'x'.repeat(17_000) })],
  ];

  it.each(cases)('%s', async (_, make) => {
    const token = await make();
    const refusal: unknown = await verifier.verify(token).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Unauthenticated);
    expect(refusal).toMatchObject({ status: 401, code: 'InvalidAuthenticationToken' });
    if (token.length > 0) expect(String((refusal as Error).message)).not.toContain(token);
  });

  it('is checked by a server that has no keys to check with: unavailable, not allowed', async () => {
    const broken = trusting(() => {
      throw new Error('disk on fire');
    });
    await expect(broken.verify(await sign(claims))).rejects.toThrow(IdentityUnavailable);
  });
});
