import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Certificate } from './certificate';
import { Endpoint } from './endpoint';
import { pim } from './pim';
import { activation, assignment, assignmentRequests, id, role, type Answer } from './server';
import type { TestStack } from './stack';
import { until } from './until';

/** What a stack needs for them: settings for its services, and an endpoint that they ask, over TLS. */
export const extensionOf = async (
  folder: string,
  certificate: Certificate,
): Promise<{ readonly endpoint: Endpoint; readonly settings: Readonly<Record<string, string>> }> => {
  const endpoint = await Endpoint.start(certificate);
  const keyFile = join(folder, 'extension.key');
  writeFileSync(keyFile, Buffer.alloc(32, 1).toString('base64'));
  const settings = {
    OPENPIM_EXTENSION_HOSTS: endpoint.host,
    OPENPIM_EXTENSION_KEY_FILE: keyFile,
    NODE_EXTRA_CA_CERTS: certificate.certFile,
  };
  return { endpoint, settings };
};

const policyOf = (roleId: string): string =>
  `policies/roleManagementPolicies/DirectoryRole_e0000000-0000-4000-8000-000000000001_${roleId}`;

const hasEnded = ({ body }: Answer): boolean =>
  ['Provisioned', 'Revoked', 'Denied', 'Failed', 'Canceled'].includes(String(body['status']));

/** Asks for a role and waits for how it ends. */
const outcomeOf = async (stack: TestStack, who: 'erin' | 'frank' | 'ada', wanted: object): Promise<Answer> => {
  const asked = await stack.call(who, 'POST', assignmentRequests, wanted);
  if (asked.status !== 201) return asked;
  return until(() => stack.call('sam', 'GET', `${assignmentRequests}/${String(asked.body['id'])}`), hasEnded);
};

/** A custom extension, whose answers are outcomes of requests; the endpoint's own tests run in one process. */
export const asksAnExtension = async (stack: TestStack, endpoint: Endpoint): Promise<void> => {
  const customExtension = { endpoint: `https://${endpoint.host}/check`, timeoutSeconds: 30, isEnabled: true };
  const set = (value: object | null): Promise<Answer> =>
    stack.call('paul', 'PATCH', policyOf(role.helpdeskAdministrator), { customExtension: value });
  expect((await set(customExtension)).body).toMatchObject({ customExtension });
  const ticketInfo = { ticketNumber: 'INC-1', ticketSystem: 'desk' };
  const wanted = activation(id.frank, role.helpdeskAdministrator, { ticketInfo });
  endpoint.reply = { evaluationOutcome: 'Denied', reason: 'There is a change freeze' };
  const denied = await outcomeOf(stack, 'frank', wanted);
  expect(denied.body).toMatchObject({
    status: 'Denied',
    customExtensionAnswer: { outcome: 'denied', reason: 'There is a change freeze' },
  });
  endpoint.reply = { evaluationOutcome: 'AutoApproved', reason: 'INC-1 is open' };
  const approved = await outcomeOf(stack, 'frank', wanted);
  expect(approved.body).toMatchObject({ status: 'Provisioned', customExtensionAnswer: { outcome: 'autoApproved' } });
  expect(endpoint.asked.map(({ id: webhookId }) => webhookId)).toEqual([denied.body['id'], approved.body['id']]);
  expect((await set(null)).status).toBe(200);
};

/** Two roles that nobody has together, whichever service is asked for the second. */
export const keepsRolesApart = async (stack: TestStack): Promise<void> => {
  const pairs = '/openpim/v1/separationOfDuty';
  const roleDefinitionIds = [role.securityReader, role.exchangeAdministrator];
  const reason = 'Whoever audits changes nothing';
  const declared = await stack.call('paul', 'POST', pairs, { roleDefinitionIds, reason });
  expect(declared.status).toBe(201);
  const order = assignment('adminAssign', id.sam, role.exchangeAdministrator);
  const refused = await outcomeOf(stack, 'ada', order);
  expect(refused.body.error?.code ?? refused.body['status']).toMatch(
    /^(?:Failed|RoleAssignmentRequestPolicyValidationFailed)$/,
  );
  const standing = { principalId: id.sam, roleDefinitionId: role.exchangeAdministrator, directoryScopeId: '/' };
  expect((await stack.call('ada', 'POST', 'roleManagement/directory/roleAssignments', standing)).status).toBe(400);
  const withdrawn = await stack.call('paul', 'DELETE', `${pairs}/${String(declared.body['id'])}`);
  expect(withdrawn.status).toBe(204);
  expect((await outcomeOf(stack, 'ada', order)).body['status']).toBe('Provisioned');
};

const text = `version: 1
settings:
  - role: Security Reader
    rules: { Expiration_EndUser_Assignment: { maximumDuration: PT2H } }
eligibilities:
  - { role: Security Reader, principal: { user: grace@contoso.example }, end: 2035-06-30T00:00:00Z }
`;

/** A policy file, whose parts belong to different services: applied, written again, and nothing left to do. */
export const appliesAPolicyFile = async (stack: TestStack): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'openpim-stack-policy-'));
  const file = join(folder, 'policy.yaml');
  writeFileSync(file, text);
  const access = { url: stack.addresses.url, token: await stack.token('ada', policyScopes) };
  try {
    const made = await pim(['policy', 'apply', file, '--yes'], access);
    expect([made.stderr, made.stdout]).toEqual(['', expect.stringMatching(/\n2 changes made\.\n$/)]);
    const again = await until(
      () => pim(['policy', 'apply', file, '--yes'], access),
      ({ stdout }) => stdout === 'Nothing to do.\n',
    );
    expect(again.code).toBe(0);
    expect((await pim(['policy', 'export'], access)).stdout).toContain('maximumDuration: PT2H');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** All that the documentation asks for. */
const policyScopes = [
  'RoleManagement.ReadWrite.Directory',
  'RoleManagementPolicy.ReadWrite.AzureADGroup',
  'PrivilegedEligibilitySchedule.ReadWrite.AzureADGroup',
  'Directory.Read.All',
];
