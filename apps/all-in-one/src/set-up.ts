import { randomUUID } from 'node:crypto';
import {
  AddGroupMemberCommand,
  RegisterPrincipalCommand,
  RegisterRoleDefinitionCommand,
  type BuiltInRole,
} from '@pim/assignments/service';
import { scimPrincipalId, type Running } from '@pim/platform';
import { policyIdOf, SetFirstPolicyRulesCommand, SubmitRequestCommand } from '@pim/requests/service';
import type { DemoTenant } from './demo-tenant';

type Context = ConstructorParameters<typeof AddGroupMemberCommand>[2];

/** Set-up acts before there is any administrator; whatever it repeats after an interrupted start is silence. */
const as = (what: string): Context => ({
  commandId: `set-up:${what}`,
  correlationId: randomUUID(),
  actor: { id: 'system:set-up', kind: 'system' },
  authentication: null,
});

/** Puts Microsoft's built-in roles into the catalogue, under their real template ids. */
export const setUpRoles = async ({ dispatch }: Running, roles: readonly BuiltInRole[]): Promise<void> => {
  await Promise.all(roles.map((role) => dispatch(new RegisterRoleDefinitionCommand(role, as(role.templateId)))));
};

const nobody = {
  userPrincipalName: null,
  mail: null,
  appId: null,
  appRoles: [],
  isAssignableToRole: false,
  accountEnabled: true,
};

const principalsOf = ({ users, groups, servicePrincipals }: DemoTenant) => [
  ...users.map(({ id, ...user }) => ({ ...nobody, ...user, principalId: id, principalType: 'user' as const })),
  ...groups.map(({ id, displayName, isAssignableToRole }) => ({
    ...nobody,
    principalId: id,
    principalType: 'group' as const,
    displayName,
    isAssignableToRole,
  })),
  ...servicePrincipals.map(({ id, ...application }) => ({
    ...nobody,
    ...application,
    principalId: id,
    principalType: 'servicePrincipal' as const,
  })),
];

type Schedule = DemoTenant['schedules'][number];

const permanently = ({ requestId, kind, principalId, roleDefinitionId }: Schedule): SubmitRequestCommand =>
  new SubmitRequestCommand(
    {
      requestId,
      kind,
      action: 'adminAssign',
      principalId,
      roleDefinitionId,
      directoryScopeId: '/',
      appScopeId: null,
      schedule: { startDateTime: null, expiration: { type: 'noExpiration', endDateTime: null, duration: null } },
      justification: 'Set up with the tenant.',
      ticket: null,
      isValidationOnly: false,
      targetScheduleId: null,
      customData: null,
      isEmergency: false,
    },
    as(requestId),
  );

const registrations = (tenant: DemoTenant): readonly RegisterPrincipalCommand[] =>
  principalsOf(tenant).map((principal) => new RegisterPrincipalCommand(principal, as(principal.principalId)));

/** Registers who provisions with the token that is kept here, once: if that is deleted or off, the token is refused. */
export const setUpScim = async ({ dispatch }: Running): Promise<void> => {
  const principal = {
    ...nobody,
    principalId: scimPrincipalId,
    principalType: 'servicePrincipal' as const,
    displayName: 'SCIM provisioning',
  };
  await dispatch(new RegisterPrincipalCommand(principal, as('scim')));
};

/** Registers the first demo user, before anything else: by them a start knows that the log is a demo's, and goes on. */
export const markDemo = async ({ dispatch }: Running, tenant: DemoTenant): Promise<void> => {
  const [first] = registrations(tenant);
  if (first) await dispatch(first);
};

/** Loads the demo tenant through ordinary commands, so that it is in the log like everything else. */
export const setUpDemo = async ({ dispatch }: Running, tenant: DemoTenant): Promise<void> => {
  const all = (commands: readonly object[]) => Promise.all(commands.map((command) => dispatch(command)));
  await all(registrations(tenant));
  await all(
    tenant.groups.flatMap(({ id, members }) =>
      members.map((member) => new AddGroupMemberCommand(id, member, as(`${id}:${member}`))),
    ),
  );
  await all(
    tenant.policies.map(({ roleDefinitionId, rules }) => {
      const policy = { policyId: policyIdOf(tenant.tenantId, roleDefinitionId), roleDefinitionId };
      return new SetFirstPolicyRulesCommand(policy, rules, as(`policy:${roleDefinitionId}`));
    }),
  );
  await all(tenant.schedules.map(permanently));
};

/** The requests that make the first administrator; fixed, so that a later start is silent. */
const firstRequests = [
  { requestId: 'f0000000-0000-4000-8000-000000000001', roleDefinitionId: '62e90394-69f5-4237-9190-012177145e10' },
  { requestId: 'f0000000-0000-4000-8000-000000000002', roleDefinitionId: 'e8611ab8-c189-46e8-94e1-60213ab1f814' },
];

/** Makes one user Global Administrator and Privileged Role Administrator: somebody must be able to give the first role. */
export const setUpAdministrator = async ({ dispatch }: Running, principalId: string): Promise<void> => {
  const user = { ...nobody, principalId, principalType: 'user' as const, displayName: 'First administrator' };
  await dispatch(new RegisterPrincipalCommand(user, as(principalId)));
  for (const first of firstRequests) await dispatch(permanently({ ...first, kind: 'assignment', principalId }));
};
