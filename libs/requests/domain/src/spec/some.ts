import type { Actor, Instant, RequestContent, ScheduleOrder } from '@pim/contracts';
import type { Ask, Facts } from '../ask';
import { policyView } from '../policy';
import { roleView } from '../role-view';

export const now: Instant = '2026-03-01T12:00:00.000Z';
export const erin: Actor = { id: 'erin', kind: 'user' };
export const paul: Actor = { id: 'paul', kind: 'user' };
export const automation: Actor = { id: 'automation', kind: 'application' };

/** An activation for an hour that the default policy allows, once erin is eligible. */
export const anAsk = (changed: Partial<Ask> = {}): Ask => ({
  requestId: 'r1',
  kind: 'assignment',
  action: 'selfActivate',
  principalId: 'erin',
  roleDefinitionId: 'helpdesk',
  directoryScopeId: '/',
  appScopeId: null,
  schedule: { startDateTime: null, expiration: { type: 'afterDuration', endDateTime: null, duration: 'PT1H' } },
  justification: 'a locked account',
  ticket: { ticketNumber: 'INC-1', ticketSystem: 'desk' },
  isValidationOnly: false,
  targetScheduleId: null,
  customData: null,
  isEmergency: false,
  ...changed,
});

/** The default policy, nobody holds anything, and erin asks with a token that proves MFA. */
export const someFacts = (changed: Partial<Facts> = {}): Facts => ({
  now,
  caller: {
    actor: erin,
    authentication: { amr: ['pwd', 'mfa'], acr: null, acrs: [], authTime: null },
    isAdministrator: false,
  },
  policy: policyView.initial,
  role: roleView.initial,
  roleExists: true,
  scope: { isKnown: true, isAllowed: true },
  isEligibleElsewhere: false,
  isOfGroup: false,
  roleEnabled: true,
  principal: { known: true, type: 'user', enabled: true, groupIds: [], managerIds: [], isAssignableToRole: false },
  pendingRequestExists: false,
  ...changed,
});

export const ref = {
  requestId: 'r1',
  kind: 'assignment',
  action: 'selfActivate',
  principalId: 'erin',
  roleDefinitionId: 'helpdesk',
  directoryScopeId: '/',
} as const;

export const content: RequestContent = {
  ...ref,
  schedule: { startDateTime: null, expiration: { type: 'afterDuration', endDateTime: null, duration: 'PT1H' } },
  justification: 'a locked account',
  ticket: null,
  targetScheduleId: null,
  customData: null,
  createdBy: erin,
  policyVersion: 0,
};

export const order: ScheduleOrder = {
  ...ref,
  startDateTime: null,
  durationMs: 3_600_000,
  endDateTime: null,
  targetScheduleId: null,
  actor: erin,
};
