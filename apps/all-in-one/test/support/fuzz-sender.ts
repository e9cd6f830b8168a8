import type { Caller, HostileRequest } from './hostile-request';
import { sendRaw, utf8, type RawAnswer } from './raw-client';
import { activation, assignmentInstances, assignmentRequests, id, role, type Answer, type TestServer } from './server';

const tampered = (part: string): string => `${part.slice(0, 10)}${part[10] === 'A' ? 'B' : 'A'}${part.slice(11)}`;

/** What the callers put into `Authorization`; null sends none. */
const credentialsOf = async (server: TestServer): Promise<(caller: Caller) => string | null> => {
  const names = ['ada', 'paul', 'sam', 'erin', 'frank', 'alice'];
  const users = await Promise.all(names.map(async (name) => [name, await server.token(name)] as const));
  const tokens = new Map<string, string>([...users, ['automation', await server.appToken()]]);
  const good = tokens.get('ada') ?? '';
  const [header = '', payload = '', signature = ''] = good.split('.');
  const unsigned = Buffer.from(JSON.stringify({ alg: 'none', typ: 'at+jwt' })).toString('base64url');
  const bad: Readonly<Record<string, string | null>> = {
    none: null,
    empty: '',
    basic: `Basic ${good}`,
    two: `Bearer ${good} ${good}`,
    header: `Bearer ${tampered(header)}.${payload}.${signature}`,
    payload: `Bearer ${header}.${tampered(payload)}.${signature}`,
    signature: `Bearer ${header}.${payload}.${tampered(signature)}`,
    unsigned: `Bearer ${unsigned}.${payload}.`,
    dots: 'Bearer ..',
    huge: `Bearer ${'x'.repeat(20_000)}`,
    expired: `Bearer ${await server.token('ada', { expiresIn: -10 })}`,
  };
  return (caller) => {
    const token = tokens.get(caller);
    return token === undefined ? (bad[caller] ?? null) : `Bearer ${token}`;
  };
};

const lists = {
  '{schedule}': assignmentInstances,
  '{alert}': 'identityGovernance/roleManagementAlerts/alerts',
  '{audit}': 'auditLogs/directoryAudits',
};

/** Ids that exist only once the server runs, for the stand-ins of hostile paths; one that cannot be had stays as it was. */
const learnIds = async (server: TestServer, ids: Map<string, string>): Promise<void> => {
  const learn = (name: string, { body }: Answer): void => {
    const found = body.value?.[0]?.['id'] ?? body['id'];
    if (typeof found === 'string') ids.set(name, found);
  };
  const ask = (who: 'erin' | 'frank') =>
    server.call(who, 'POST', assignmentRequests, activation(id[who], role.securityAdministrator));
  learn('{approval}', await ask('erin'));
  learn('{request}', await ask('frank'));
  for (const [name, path] of Object.entries(lists)) learn(name, await server.call('ada', 'GET', `${path}?$top=1`));
};

/** What hostile requests may change and delete as they like: nothing else in the tenant depends on it. */
const expendable = (n: number): Readonly<Record<string, readonly [set: string, body: object]>> => ({
  '{user}': [
    'users',
    {
      accountEnabled: true,
      displayName: 'Expendable',
      mailNickname: 'expendable',
      userPrincipalName: `expendable-${n}@contoso.example`,
    },
  ],
  '{group}': [
    'groups',
    { displayName: 'Expendable', mailEnabled: false, mailNickname: 'expendable', securityEnabled: true },
  ],
  '{application}': ['servicePrincipals', { appId: `99999999-0000-4000-8000-${String(n).padStart(12, '0')}` }],
  '{unit}': ['administrativeUnits', { displayName: 'Expendable' }],
  '{role}': [
    'roleManagement/directory/roleDefinitions',
    {
      displayName: `Expendable ${n}`,
      rolePermissions: [{ allowedResourceActions: ['microsoft.directory/users/password/update'] }],
    },
  ],
});

/** Makes those that are not there, or not there any more. */
const makeExpendable = async (server: TestServer, ids: Map<string, string>, n: number): Promise<void> => {
  for (const [name, [set, body]] of Object.entries(expendable(n))) {
    const known = ids.get(name);
    if (known && (await server.call('ada', 'GET', `${set}/${known}?$select=id`)).status === 200) continue;
    const { body: made } = await server.call('ada', 'POST', set, body);
    if (typeof made['id'] === 'string') ids.set(name, made['id']);
  }
};

const chunked = (bytes: string): string =>
  `${bytes === '' ? '' : `${bytes.length.toString(16)}\r\n${bytes}\r\n`}0\r\n\r\n`;

/** The header that says how long the body is, and the body in that form. Nothing is left for the server to wait for. */
const framed = ({ headers, body }: HostileRequest): { readonly length: readonly string[]; readonly bytes: string } => {
  const bytes = utf8(body ?? '');
  if (headers.some(([name]) => name === 'Transfer-Encoding')) return { length: [], bytes: chunked(bytes) };
  if (headers.some(([name]) => name === 'Content-Length')) return { length: [], bytes: bytes || 'x' };
  return { length: body === null ? [] : [`Content-Length: ${bytes.length}`], bytes };
};

export interface Sender {
  /** Sends a request on a connection of its own. */
  send(request: HostileRequest): Promise<RawAnswer>;
  /** Fresh tokens, and fresh things to ask about; call it first, and whenever time or the state has moved on. */
  refresh(): Promise<void>;
}

/** Sends hostile requests to a server. */
export const senderTo = (server: TestServer): Sender => {
  const ids = new Map<string, string>();
  const withIds = (text: string): string => text.replace(/\{\w+\}/g, (name) => ids.get(name) ?? name);
  let refreshes = 0;
  let credentials: (caller: Caller) => string | null = () => null;
  return {
    refresh: async () => {
      credentials = await credentialsOf(server);
      await learnIds(server, ids);
      await makeExpendable(server, ids, (refreshes += 1));
    },
    send: (request) => {
      const authorization = credentials(request.caller);
      const { length, bytes } = framed(request);
      const head = [
        `${request.method} ${withIds(request.target)} HTTP/1.1`,
        ...(request.headers.some(([name]) => name === 'Host') ? [] : ['Host: openpim.test']),
        ...(authorization === null ? [] : [`Authorization: ${authorization}`]),
        ...request.headers.map(([name, value]) => `${name}: ${value}`),
        ...length,
        'Connection: close',
      ];
      return sendRaw(server.url, `${head.join('\r\n')}\r\n\r\n${bytes}`);
    },
  };
};
