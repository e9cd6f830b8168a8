import type { AssignmentGranted, EligibilityGranted } from '@pim/contracts';
import { now, paul } from './some';

interface Times {
  scheduleId?: string;
  start?: string;
  end?: string | null;
}

const granted = (
  principalId: string,
  { scheduleId = 's1', start = '2026-01-01T00:00:00.000Z', end = null }: Times,
) => ({
  roleDefinitionId: 'helpdesk',
  directoryScopeId: '/',
  principalId,
  principalType: 'user' as const,
  scheduleId,
  start,
  end,
  by: paul,
  at: now,
});

export const eligible = (principalId: string, times: Times = {}): EligibilityGranted => ({
  type: 'EligibilityGranted',
  data: granted(principalId, times),
});

export const assigned = (principalId: string, times: Times = {}): AssignmentGranted => ({
  type: 'AssignmentGranted',
  data: {
    ...granted(principalId, times),
    assignmentType: 'Assigned',
    eligibilityId: null,
    eligibleAt: null,
    memberType: 'Direct',
    origin: 'request',
  },
});

export const activated = (principalId: string, times: Times = {}): AssignmentGranted => ({
  type: 'AssignmentGranted',
  data: {
    ...granted(principalId, times),
    assignmentType: 'Activated',
    eligibilityId: 'e',
    eligibleAt: null,
    memberType: 'Direct',
    origin: 'request',
  },
});
