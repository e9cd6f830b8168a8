import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { IdentityUnavailable, Unauthenticated } from './errors';
import { createTokenVerifier, type TokenVerifier } from './token-verifier';

const issuer = 'https://login.example/idp';
const now = '2026-03-01T12:00:00.000Z';

let server: Server;
let answer: { status: number; body: string };
let token: string;
let strangersToken: string;

beforeAll(async () => {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const keys = [{ ...(await exportJWK(publicKey)), kid: 'k1' }];
  answer = { status: 200, body: JSON.stringify({ keys }) };
  const sign = (kid: string): Promise<string> =>
    new SignJWT({ oid: 'erin', iss: issuer, aud: 'openpim', exp: Date.parse(now) / 1000 + 3_600 })
      .setProtectedHeader({ alg: 'ES256', kid, typ: 'at+jwt' })
      .sign(privateKey);
  token = await sign('k1');
  strangersToken = await sign('k2');
  server = createServer((_, response) => response.writeHead(answer.status).end(answer.body));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
});

afterAll(() => new Promise((closed) => server.close(closed)));

const verifier = (url: string, clock = { now: () => now }): TokenVerifier =>
  createTokenVerifier({
    issuers: [{ issuer, audience: ['other', 'openpim'], jwks: () => new URL(url), algorithms: ['ES256'] }],
    clock,
  });

const verify = (url: string, sent = token): Promise<unknown> => verifier(url).verify(sent);

const address = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;

describe('keys from an address', () => {
  it('let a token in that they signed', async () =>
    expect(await verify(address())).toMatchObject({ id: 'erin', kind: 'user' }));

  it('keep a token out whose key is not among them', () =>
    expect(verify(address(), strangersToken)).rejects.toThrow(Unauthenticated));

  it('let nobody in when the address does not answer', () =>
    expect(verify('http://127.0.0.1:1/jwks')).rejects.toThrow(IdentityUnavailable));

  it.each([
    ['an error', 500, 'no'],
    ['something else than keys', 200, '<html>'],
  ])('let nobody in when the answer is %s', async (_, status, body) => {
    const good = answer;
    answer = { status, body };
    const refusal: unknown = await verify(address()).catch((error: unknown) => error);
    answer = good;
    expect(refusal).toMatchObject({ status: 503, headers: { 'Retry-After': '2' } });
  });

  it('are asked for again when they are ten minutes old by the clock, and not before', async () => {
    let time = now;
    const { verify: check } = verifier(address(), { now: () => time });
    const good = answer;
    await check(token);
    answer = { status: 200, body: JSON.stringify({ keys: [] }) };
    time = '2026-03-01T12:09:59.999Z';
    expect(await check(token)).toMatchObject({ id: 'erin' });
    time = '2026-03-01T12:10:00.000Z';
    await expect(check(token)).rejects.toThrow(Unauthenticated);
    answer = { status: 500, body: 'no' };
    time = '2026-03-01T12:20:00.000Z';
    await expect(check(token)).rejects.toThrow(IdentityUnavailable);
    answer = good;
    expect(await check(token)).toMatchObject({ id: 'erin' });
  });
});
