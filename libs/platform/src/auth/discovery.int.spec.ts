import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { discoveredKeys } from './discovery';

let server: Server;
let origin: string;
let document: () => object;
let asked: string[];

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end(JSON.stringify(document()));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

beforeEach(() => {
  asked = [];
  document = () => ({ issuer: `${origin}/tenant`, jwks_uri: `${origin}/keys` });
});

afterAll(() => new Promise((closed) => server.close(closed)));

describe('discovery', () => {
  it('finds the keys where the issuer says they are, and remembers it', async () => {
    const keys = discoveredKeys(`${origin}/tenant`);
    expect(String(await keys())).toBe(`${origin}/keys`);
    expect(String(await keys())).toBe(`${origin}/keys`);
    expect(asked).toEqual(['/tenant/.well-known/openid-configuration']);
  });

  it('believes no document about another issuer', async () => {
    document = () => ({ issuer: 'https://evil.example', jwks_uri: `${origin}/keys` });
    await expect(discoveredKeys(`${origin}/tenant`)()).rejects.toThrow('does not describe');
  });

  it('asks again after a failure', async () => {
    document = () => ({});
    const keys = discoveredKeys(`${origin}/tenant`);
    await expect(keys()).rejects.toThrow('does not describe');
    document = () => ({ issuer: `${origin}/tenant`, jwks_uri: `${origin}/keys` });
    expect(String(await keys())).toBe(`${origin}/keys`);
  });
});
