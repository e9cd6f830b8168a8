import { isEnabled, type OrderFacts } from '@pim/assignments/domain';
import { facts } from '@pim/assignments/domain/spec';
import { roleScheduleId, type Actor } from '@pim/contracts';
import { roleView, type Ask, type Facts } from '@pim/requests/domain';
import { owned, type World } from './world';

export const askers = ['erin', 'frank'] as const;
export const approvers = ['alice', 'bob', 'carol', 'dora'] as const;
/** They give eligibilities, write settings, and approve where nobody is named. */
export const administrators = ['paul', 'ada'] as const;
export const everybody = [...askers, ...approvers, ...administrators] as const;
export type Person = (typeof everybody)[number];

/** Whose manager is who. */
export const managers: Readonly<Partial<Record<Person, Person>>> = { erin: 'dora', frank: 'erin' };

/** The one role that everything is about. Nothing protects it. */
export const place = { roleDefinitionId: 'role', directoryScopeId: '/' } as const;
export const guardId = roleScheduleId(place.roleDefinitionId, place.directoryScopeId);
export const policyId = place.roleDefinitionId;

export const actor = (id: string): Actor => ({ id, kind: 'user' });

export const isAdministrator = (id: string): boolean => administrators.some((one) => one === id);

/** Whether their account is on: nobody else gets past the door. */
export const isOn = (world: World, id: string): boolean => isEnabled(world.state(owned.principal, id));

/** What the guard of the role must know, now. */
export const orderFacts = (world: World, principalId: string): OrderFacts => ({
  ...facts,
  now: world.now,
  principalEnabled: isOn(world, principalId),
});

/** Requests for somebody's activation that wait for an approver. */
export const waitingOf = (world: World, principalId: string | undefined): readonly string[] =>
  world.ids(owned.request).filter((id) => {
    const request = world.state(owned.request, id);
    return (
      request.status === 'pendingApproval' && (principalId === undefined || request.ref.principalId === principalId)
    );
  });

/** The role as requests see it. */
export const roleSeen = (world: World): Facts['role'] =>
  world.view({ stream: owned.guard.stream, view: roleView }, guardId);

/** What a request is judged under, now. `sees`: whether it is known that another one waits, which is a courtesy. */
export const judgeFacts = (world: World, by: string, { principalId }: Ask, sees: boolean): Facts => {
  const managerId = managers[principalId as Person];
  return {
    now: world.now,
    caller: {
      actor: actor(by),
      authentication: { amr: ['mfa'], acr: null, acrs: [], authTime: null },
      isAdministrator: isAdministrator(by),
    },
    policy: world.state(owned.policy, policyId),
    role: roleSeen(world),
    roleExists: true,
    scope: { isKnown: true, isAllowed: true },
    isEligibleElsewhere: false,
    isOfGroup: false,
    roleEnabled: true,
    principal: {
      known: true,
      type: 'user',
      enabled: isOn(world, principalId),
      groupIds: [],
      managerIds: managerId ? [managerId] : [],
      isAssignableToRole: false,
    },
    pendingRequestExists: sees && waitingOf(world, principalId).length > 0,
  };
};
