import type { RequestSubmitted } from '@pim/contracts';
import { submittedDocument } from './requests.projection';

const at = '2026-03-01T12:00:00.000Z';
const past = '2022-04-10T00:00:00.000Z';
const future = '2026-03-02T00:00:00.000Z';

const about = {
  requestId: 'r1',
  kind: 'assignment',
  action: 'selfActivate',
  principalId: 'erin',
  roleDefinitionId: 'helpdesk',
  directoryScopeId: '/',
} as const;
const erin = { id: 'erin', kind: 'user' } as const;

const submitted = (
  startDateTime: string | null,
  ordered: string | null,
  approvers: readonly string[] | null,
): RequestSubmitted['data'] => ({
  ...about,
  schedule: { startDateTime, expiration: { type: 'afterDuration', endDateTime: null, duration: 'PT1H' } },
  justification: 'why',
  ticket: null,
  targetScheduleId: null,
  customData: null,
  createdBy: erin,
  policyVersion: 0,
  order: {
    ...about,
    startDateTime: ordered,
    durationMs: 3_600_000,
    endDateTime: null,
    targetScheduleId: null,
    actor: erin,
  },
  approval: approvers && {
    stages: [
      {
        approvers: approvers.map((id) => ({ type: 'singleUser', id, description: null })),
        requiredApprovals: 1,
        isApproverJustificationRequired: true,
        windowMs: 86_400_000,
        escalation: null,
        remindEveryMs: null,
      },
    ],
    deadline: future,
    policyAuthorIds: [],
  },
  awaitsAdministrator: false,
  customExtension: null,
  isEmergency: false,
  at,
});

const startOf = (asked: string | null, ordered: string | null, approvers: readonly string[] | null): unknown =>
  (submittedDocument(submitted(asked, ordered, approvers)).scheduleInfo as { startDateTime: unknown }).startDateTime;

describe('the start a request answers with', () => {
  it.each([null, past])('is not known while somebody has to approve, when it is to be at once (%s)', (asked) =>
    expect(startOf(asked, null, [])).toBeNull(),
  );

  it('is the one asked for while somebody has to approve, when it is to be later', () =>
    expect(startOf(future, future, ['alice'])).toBe(future));

  it.each([null, past])('is the time of the request when nobody has to approve (%s)', (asked) =>
    expect(startOf(asked, null, null)).toBe(at),
  );
});
