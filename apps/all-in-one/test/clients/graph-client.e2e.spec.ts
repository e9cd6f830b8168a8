import 'reflect-metadata';
import {
  BatchRequestContent,
  BatchResponseContent,
  GraphError,
  PageIterator,
  RetryHandler,
  RetryHandlerOptions,
  type BatchResponseBody,
  type Context,
  type Middleware,
  type PageCollection,
} from '@microsoft/microsoft-graph-client';
import type {
  DirectoryAudit,
  Group,
  UnifiedRoleAssignment,
  UnifiedRoleAssignmentSchedule,
  UnifiedRoleAssignmentScheduleInstance,
  UnifiedRoleAssignmentScheduleRequest,
  UnifiedRoleDefinition,
  UnifiedRoleEligibilitySchedule,
  UnifiedRoleEligibilityScheduleInstance,
  UnifiedRoleManagementPolicy,
  UnifiedRoleManagementPolicyAssignment,
  UnifiedRoleManagementPolicyExpirationRule,
  User,
} from '@microsoft/microsoft-graph-types';
import { graphClient } from '../support/graph-client';
import { activation, id, role, TestServer } from '../support/server';

const directory = '/roleManagement/directory';

/** Microsoft's JavaScript client, with Microsoft's types of what it reads. */
describe('@microsoft/microsoft-graph-client', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  const as = (user: string, version = 'v1.0') => graphClient(server, user, version);

  /** Everything a list has, as pages of a few. */
  const all = async <T>(path: string, size: number): Promise<readonly T[]> => {
    const client = as('ada');
    const found: T[] = [];
    const first = (await client.api(path).top(size).get()) as PageCollection;
    await new PageIterator(client, first, (one: T) => found.push(one) > 0).iterate();
    return found;
  };

  /** The only one that a list has. */
  const only = async <T>(path: string): Promise<T> => {
    const [one, ...others] = await all<T>(path, 1);
    if (!one || others.length > 0) throw new Error(`${path} has ${one ? 'several' : 'none'}`);
    return one;
  };

  it('iterates over the pages of a list to its end', async () => {
    const found = await all<UnifiedRoleDefinition>(`${directory}/roleDefinitions`, 50);
    expect(found.length).toBeGreaterThan(100);
    expect(new Set(found.map((one) => one.id)).size).toBe(found.length);
    expect(found.find((one) => one.id === role.globalAdministrator)?.rolePermissions?.length).toBeGreaterThan(0);
  });

  it('reads who may have a role, who has it, and since when, in the types of the SDK', async () => {
    const body = activation(id.erin, role.userAdministrator);
    const request: UnifiedRoleAssignmentScheduleRequest = await as('erin')
      .api(`${directory}/roleAssignmentScheduleRequests`)
      .post(body);
    const schedule = await only<UnifiedRoleAssignmentSchedule>(
      `${directory}/roleAssignmentSchedules?$filter=createdUsing eq '${request.id}'&$expand=activatedUsing`,
    );
    const instance = await only<UnifiedRoleAssignmentScheduleInstance>(
      `${directory}/roleAssignmentScheduleInstances?$filter=roleAssignmentScheduleId eq '${request.targetScheduleId}'`,
    );
    const eligible = await only<UnifiedRoleEligibilityScheduleInstance>(
      `${directory}/roleEligibilityScheduleInstances?$filter=principalId eq '${id.erin}' and roleDefinitionId eq '${role.userAdministrator}'&$expand=principal`,
    );
    const from: UnifiedRoleEligibilitySchedule | null | undefined = schedule.activatedUsing;
    const held: UnifiedRoleAssignment = await as('ada').api(`${directory}/roleAssignments/${instance.id}`).get();
    expect(schedule.scheduleInfo?.expiration?.type).toBe('afterDateTime');
    expect(instance.endDateTime).toBe('2026-03-02T09:00:00Z');
    expect(from?.id).toBe(eligible.roleEligibilityScheduleId);
    expect((eligible.principal as User).userPrincipalName).toBe('erin@contoso.example');
    expect([held.principalId, held.directoryScopeId]).toEqual([id.erin, '/']);
  });

  it('reads and changes role settings', async () => {
    const filter = `scopeId eq '/' and scopeType eq 'DirectoryRole' and roleDefinitionId eq '${role.userAdministrator}'`;
    const client = as('paul');
    const { value }: { value: UnifiedRoleManagementPolicyAssignment[] } = await client
      .api('/policies/roleManagementPolicyAssignments')
      .filter(filter)
      .expand('policy($expand=rules)')
      .get();
    const policy: UnifiedRoleManagementPolicy | undefined | null = value[0]?.policy;
    const rule = policy?.rules?.find((one) => one.id === 'Expiration_EndUser_Assignment');
    const expiration: UnifiedRoleManagementPolicyExpirationRule = { ...rule, maximumDuration: 'PT4H' };
    const path = `/policies/roleManagementPolicies/${policy?.id}/rules/${rule?.id}`;
    await client.api(path).patch(expiration);
    const changed: UnifiedRoleManagementPolicyExpirationRule = await client.api(path).get();
    expect(changed).toMatchObject({ isExpirationRequired: true, maximumDuration: 'PT4H' });
  });

  it('reads the directory and the audit trail', async () => {
    const me: User = await as('erin').api('/me').select('id').get();
    const groups = await all<Group>('/groups?$filter=isAssignableToRole eq true', 1);
    const members = await all<User>(`/groups/${groups[0]?.id}/members`, 1);
    const audits = await all<DirectoryAudit>("/auditLogs/directoryAudits?$filter=loggedByService eq 'PIM'", 20);
    expect(me.id).toBe(id.erin);
    expect(members.map((one) => one.id).sort()).toEqual([id.grace, id.heidi]);
    expect(audits.every((one) => one.result === 'success' && (one.targetResources?.length ?? 0) > 0)).toBe(true);
  });

  it('sends several requests in one, and tells their answers apart', async () => {
    // The client drops the host; the version is that of the batch.
    const path = 'https://openpim.test';
    const batch = new BatchRequestContent([
      { id: 'me', request: new Request(`${path}/me?$select=id`) },
      { id: 'all', request: new Request(`${path}/auditLogs/directoryAudits`), dependsOn: ['me'] },
    ]);
    const body: BatchResponseBody = await as('erin')
      .api('/$batch')
      .post(await batch.getContent());
    const responses = new BatchResponseContent(body);
    expect(await responses.getResponseById('me').json()).toMatchObject({ id: id.erin });
    expect(responses.getResponseById('all').status).toBe(403);
  });

  it('reads refusals by its own parser', async () => {
    const again = as('erin')
      .api(`${directory}/roleAssignmentScheduleRequests`)
      .post(activation(id.erin, role.userAdministrator));
    const error: unknown = await again.catch((one: unknown) => one);
    expect(error).toBeInstanceOf(GraphError);
    expect(error).toMatchObject({ statusCode: 400, code: 'RoleAssignmentExists' });
    expect((error as GraphError).requestId).toMatch(/^[0-9a-f-]{36}$/);
  });
});

/** Stands where the network is: time goes on as the client waits. */
class Waiting implements Middleware {
  readonly statuses: number[] = [];
  private next: Middleware | null = null;

  constructor(private readonly server: TestServer) {}

  setNext(next: Middleware): void {
    this.next = next;
  }

  async execute(context: Context): Promise<void> {
    await this.next?.execute(context);
    const { status, headers } = context.response ?? new Response();
    this.statuses.push(status);
    if (status === 429) await this.server.later(Number(headers.get('retry-after')) / 60);
  }
}

describe('@microsoft/microsoft-graph-client, asking too much', () => {
  it('waits for as long as it is told to, and then is served', async () => {
    const limits = { caller: 3, tenant: 0, address: 0, audit: 0 };
    const server = await TestServer.start(undefined, undefined, undefined, { http: { limits, isIdempotent: true } });
    const network = new Waiting(server);
    const retry = new RetryHandler(new RetryHandlerOptions(1, 2));
    retry.setNext(network);
    try {
      const client = graphClient(server, 'erin', 'v1.0', [retry, network]);
      for (let n = 0; n < 4; n += 1) expect(await client.api('/me').get()).toMatchObject({ id: id.erin });
      expect(network.statuses).toEqual([200, 200, 200, 429, 200]);
    } finally {
      await server.stop();
    }
  }, 20_000);
});
