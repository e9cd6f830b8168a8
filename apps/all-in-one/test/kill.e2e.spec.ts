import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demoIssuer } from '../src/demo-issuer';
import { readBuiltInRoles, readDemoTenant } from '../src/demo-tenant';
import { freePort, ServerProcess } from './support/process';
import { eligibilityRequests } from './support/server';

const rounds = Number(process.env['OPENPIM_KILL_ROUNDS'] ?? 10);
const loaders = 4;

interface Row {
  readonly id: string;
  readonly status: string;
  readonly createdUsing: string;
}

interface Pair {
  readonly principalId: string;
  readonly roleDefinitionId: string;
}

const keyOf = ({ principalId, roleDefinitionId }: Pair): string => `${principalId}:${roleDefinitionId}`;

/** Each pair can be made eligible once: whatever is granted twice is a fault. */
const pairs = (): Pair[] => {
  const { users, schedules } = readDemoTenant();
  const held = new Set(schedules.map(keyOf));
  return readBuiltInRoles()
    .flatMap(({ templateId }) => users.map(({ id }) => ({ principalId: id, roleDefinitionId: templateId })))
    .filter((pair) => !held.has(keyOf(pair)));
};

/** What the load has to do still, and what it was told. */
interface Load {
  readonly todo: Pair[];
  /** Pairs whose request ended without an answer: sent again after the next start, as clients do. */
  readonly lost: Pair[];
  readonly acknowledged: Set<string>;
  readonly refusals: unknown[];
}

describe('SIGKILL under load', () => {
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'openpim-kill-'))));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it(`loses nothing it acknowledged and does nothing twice, ${rounds} times over`, async () => {
    const port = await freePort();
    const seed = Date.now() % 1_000_000;
    console.log(`seed ${seed}`);
    const random = randomFrom(seed);
    const headers = { authorization: `Bearer ${await tokenFor(folder, port)}`, 'content-type': 'application/json' };
    const work: Load = { todo: pairs(), lost: [], acknowledged: new Set(), refusals: [] };
    const { acknowledged } = work;

    for (let round = 0; round < rounds; round++) {
      const server = await ServerProcess.spawn(folder, port).ready();
      work.todo.push(...work.lost.splice(0));
      const load = Array.from({ length: loaders }, () => ask(server.url, headers, work));
      await new Promise((resolve) => setTimeout(resolve, 20 + random() * 200));
      await server.kill('SIGKILL');
      await Promise.all(load);
    }

    const server = await ServerProcess.spawn(folder, port).ready();
    try {
      const requests = await all(server.url, headers, `${eligibilityRequests}?$top=999`);
      const schedules = await all(server.url, headers, 'roleManagement/directory/roleEligibilitySchedules?$top=999');
      const byId = new Map(requests.map((request) => [request.id, request]));
      expect(acknowledged.size).toBeGreaterThan(rounds);
      // A request that was recorded and not acknowledged is the same one when it comes again.
      expect(work.refusals).toEqual([]);
      expect([...acknowledged].filter((id) => byId.get(id)?.status !== 'Provisioned')).toEqual([]);
      expect(byId.size).toBe(requests.length);
      // Every request that was recorded, acknowledged or not, was carried out exactly once.
      expect(requests.filter(({ status }) => status !== 'Provisioned')).toEqual([]);
      expect(schedules.map(({ createdUsing }) => createdUsing).sort()).toEqual([...byId.keys()].sort());
    } finally {
      await server.kill('SIGTERM');
    }
  }, 300_000);
});

const ask = async (
  url: string,
  headers: Record<string, string>,
  { todo, lost, acknowledged, refusals }: Load,
): Promise<void> => {
  for (let pair = todo.pop(); pair; pair = todo.pop()) {
    const body = JSON.stringify({
      action: 'adminAssign',
      ...pair,
      directoryScopeId: '/',
      justification: 'Load',
      scheduleInfo: { expiration: { type: 'noExpiration' } },
    });
    const own = { ...headers, 'client-request-id': keyOf(pair) };
    const response = await fetch(`${url}/v1.0/${eligibilityRequests}`, { method: 'POST', headers: own, body }).catch(
      () => null,
    );
    const answer = (await response?.json().catch(() => null)) as Row | null | undefined;
    if (!response || !answer) return void lost.push(pair);
    if (response.status === 201) acknowledged.add(answer.id);
    else refusals.push(answer);
  }
};

const all = async (url: string, headers: Record<string, string>, path: string): Promise<Row[]> => {
  const rows: Row[] = [];
  for (let next: string | undefined = `${url}/v1.0/${path}`; next;) {
    const page = (await (await fetch(next, { headers })).json()) as { value: Row[]; '@odata.nextLink'?: string };
    rows.push(...page.value);
    next = page['@odata.nextLink'];
  }
  return rows;
};

const tokenFor = async (folder: string, port: number): Promise<string> => {
  const issuer = await demoIssuer(folder, `http://127.0.0.1:${port}`);
  return issuer.mintToken({ user: 'ada', mfa: true, expiresIn: 3_600, now: new Date().toISOString() });
};

/** Small and seeded, so that a failing run can be told apart from a lucky one. */
const randomFrom = (seed: number) => (): number => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
  return seed / 2_147_483_648;
};
