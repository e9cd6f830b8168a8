import { transformFile, type Options } from '@swc/core';
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createRemoteJWKSet, jwtVerify, type JWTPayload } from 'jose';

// oidc-provider is ESM only, which Jest cannot load: the issuer runs compiled in a process of its own.
const root = resolve(__dirname, '../../../..');
const cache = join(root, 'node_modules/.cache');
const redirect = 'http://127.0.0.1:53682/callback';

const server = `
const { createServer } = require('node:http');
const { createDevIssuer } = require('./index.js');
const users = [
  { id: 'a4', userPrincipalName: 'erin@contoso.example', displayName: 'Erin <b>Brandt</b>' },
  { id: 'a5', userPrincipalName: 'frank@contoso.example', displayName: 'Frank' },
];
const server = createServer((request, response) => handler(request, response));
let handler;
server.listen(0, '127.0.0.1', async () => {
  const origin = 'http://127.0.0.1:' + server.address().port;
  const scopes = ['User.Read', 'AuditLog.Read.All'];
  ({ handler } = await createDevIssuer({ folder: __dirname, issuer: origin + '/idp', users, applications: [], scopes }));
  console.log('origin=' + origin);
});
process.on('disconnect', () => process.exit());
`;

let folder: string;
let child: ChildProcess;
let origin: string;

const compile = async (): Promise<void> => {
  const swc = JSON.parse(await readFile(join(root, '.swcrc'), 'utf8')) as Options;
  const sources = (await readdir(__dirname)).filter((name) => /(?<!\.spec|\.d)\.ts$/.test(name));
  for (const name of sources) {
    const { code } = await transformFile(join(__dirname, name), { ...swc, swcrc: false, sourceMaps: false });
    await writeFile(join(folder, name.replace(/ts$/, 'js')), code);
  }
  await writeFile(join(folder, 'server.js'), server);
};

beforeAll(async () => {
  await mkdir(cache, { recursive: true });
  folder = await mkdtemp(join(cache, 'dev-issuer-'));
  await compile();
  child = spawn(process.execPath, ['server.js'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  origin = await new Promise<string>((started, failed) => {
    child.stdout?.on('data', (chunk) => {
      const found = /origin=(\S+)/.exec(String(chunk))?.[1];
      if (found) started(found);
    });
    child.once('exit', () => failed(new Error('the issuer did not start')));
  });
}, 60_000);

afterAll(async () => {
  const exited = once(child, 'exit');
  child.disconnect();
  await exited;
  await rm(folder, { recursive: true });
});

/** A browser: keeps cookies by path and name, follows redirects of the issuer itself. */
const createBrowser = () => {
  const jar = new Map<string, { path: string; pair: string }>();
  const keep = (response: Response): void => {
    for (const line of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(/; */);
      const path = attributes.find((attribute) => attribute.startsWith('path='))?.slice(5) ?? '/';
      const name = `${path} ${pair.split('=')[0]}`;
      if (pair.endsWith('=')) jar.delete(name);
      else jar.set(name, { path, pair });
    }
  };
  const open = async (url: string, init: RequestInit = {}): Promise<{ url: string; response: Response }> => {
    const { pathname } = new URL(url);
    const cookie = [...jar.values()].flatMap(({ path, pair }) => (pathname.startsWith(path) ? [pair] : [])).join('; ');
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { cookie } });
    keep(response);
    const next = response.headers.get('location');
    if (!next) return { url, response };
    const target = new URL(next, url).href;
    return target.startsWith(origin) ? open(target) : { url: target, response };
  };
  return { open };
};

type Browser = ReturnType<typeof createBrowser>;

const verifier = randomBytes(32).toString('base64url');

const authorizationUrl = (changes: Record<string, string> = {}): string => {
  const query = new URLSearchParams({
    client_id: 'openpim-dev',
    redirect_uri: redirect,
    response_type: 'code',
    scope: 'openid User.Read',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...changes,
  });
  return `${origin}/idp/auth?${query}`;
};

const form = (fields: Record<string, string>): RequestInit => ({ method: 'POST', body: new URLSearchParams(fields) });

const signIn = async (browser: Browser, fields: Record<string, string>, changes = {}): Promise<URL> => {
  const page = await browser.open(authorizationUrl(changes));
  return new URL((await browser.open(page.url, form(fields))).url);
};

const redeem = async (landed: URL, fields: Record<string, string> = {}): Promise<Record<string, string>> => {
  const code = landed.searchParams.get('code') ?? '';
  const response = await fetch(
    `${origin}/idp/token`,
    form({
      grant_type: 'authorization_code',
      client_id: 'openpim-dev',
      redirect_uri: redirect,
      code,
      code_verifier: verifier,
      ...fields,
    }),
  );
  return (await response.json()) as Record<string, string>;
};

const accessToken = async (landed: URL): Promise<JWTPayload> => {
  const { access_token: token = '' } = await redeem(landed);
  const keys = createRemoteJWKSet(new URL(`${origin}/idp/jwks`));
  return (await jwtVerify(token, keys, { issuer: `${origin}/idp`, audience: 'openpim', typ: 'at+jwt' })).payload;
};

describe('the development issuer, over HTTP', () => {
  it('describes itself under the path it is mounted at', async () => {
    const answer: unknown = await (await fetch(`${origin}/idp/.well-known/openid-configuration`)).json();
    expect(answer).toMatchObject({
      issuer: `${origin}/idp`,
      authorization_endpoint: `${origin}/idp/auth`,
      token_endpoint: `${origin}/idp/token`,
      jwks_uri: `${origin}/idp/jwks`,
      code_challenge_methods_supported: ['S256'],
    });
  });

  it('publishes no private key', async () => {
    const { keys } = (await (await fetch(`${origin}/idp/jwks`)).json()) as { keys: object[] };
    expect(keys).toHaveLength(1);
    expect(keys[0]).not.toHaveProperty('d');
  });

  it('lists the demo users, escaped', async () => {
    const { response } = await createBrowser().open(authorizationUrl());
    const page = await response.text();
    expect(page).toContain('erin@contoso.example');
    expect(page).toContain('Erin &lt;b&gt;Brandt');
  });

  it('gives a token that says who signed in, and how', async () => {
    const landed = await signIn(createBrowser(), { user: 'a4', mfa: 'yes', acrs: 'c1' });
    expect(landed.href).toContain(`${redirect}?code=`);
    const payload = await accessToken(landed);
    expect(payload).toMatchObject({ oid: 'a4', scp: 'User.Read', amr: ['pwd', 'mfa'], acrs: ['c1'], xms_cc: ['cp1'] });
    expect(payload.auth_time).toEqual(expect.any(Number));
    expect(payload).not.toHaveProperty('scope');
  });

  it('gives a token without a second factor when there was none', async () =>
    expect(await accessToken(await signIn(createBrowser(), { user: 'a4' }))).toMatchObject({ amr: ['pwd'], acrs: [] }));

  it('signs in again when a context is asked for that the session does not have', async () => {
    const browser = createBrowser();
    await signIn(browser, { user: 'a4' });
    expect((await browser.open(authorizationUrl())).url).toContain(redirect);
    const landed = await signIn(browser, { user: 'a4', mfa: 'yes', acrs: 'c1' }, { acr_values: 'c1' });
    expect(await accessToken(landed)).toMatchObject({ acrs: ['c1'] });
    expect((await browser.open(authorizationUrl({ acr_values: 'c1' }))).url).toContain(redirect);
  });

  it.each(['http://localhost:4321', 'http://localhost:1/callback', 'http://127.0.0.1:65535/'])(
    'sends people back to %s',
    async (address) => {
      const page = await createBrowser().open(authorizationUrl({ redirect_uri: address }));
      expect(page.url).toContain('/idp/interaction/');
    },
  );

  it.each(['https://evil.example/callback', 'http://127.0.0.1.evil.example/callback', 'http://127.0.0.1:5/other'])(
    'never sends people to %s',
    async (address) => {
      const { response } = await createBrowser().open(authorizationUrl({ redirect_uri: address }));
      expect(response.status).toBe(400);
    },
  );

  it('refuses a client without PKCE', async () => {
    const bare = new URL(authorizationUrl());
    bare.searchParams.delete('code_challenge');
    bare.searchParams.delete('code_challenge_method');
    expect(new URL((await createBrowser().open(bare.href)).url).searchParams.get('error')).toBe('invalid_request');
  });

  it('redeems a code only with its verifier, and once', async () => {
    const landed = await signIn(createBrowser(), { user: 'a4' });
    expect(await redeem(landed, { code_verifier: 'x'.repeat(43) })).toMatchObject({ error: 'invalid_grant' });
    const other = await signIn(createBrowser(), { user: 'a4' });
    expect(await redeem(other)).toHaveProperty('access_token');
    expect(await redeem(other)).toMatchObject({ error: 'invalid_grant' });
  });

  it('grants no scope that is not its own', async () => {
    const landed = await signIn(createBrowser(), { user: 'a4' }, { scope: 'openid User.Read Everything.Do' });
    expect((await accessToken(landed)).scp).toBe('User.Read');
  });

  it('knows nobody who is not in the tenant', async () => {
    const browser = createBrowser();
    const page = await browser.open(authorizationUrl());
    expect((await browser.open(page.url, form({ user: 'mallory' }))).response.status).toBe(400);
  });

  it('answers 400 to a sign-in that is not under way', async () =>
    expect((await fetch(`${origin}/idp/interaction/none`)).status).toBe(400));
});
