import type { RequestContent } from '@pim/contracts';
import { requestDocument } from './requests.projection';

const at = '2026-03-01T12:00:00.000Z';
const past = '2022-04-10T00:00:00.000Z';
const future = '2026-03-02T00:00:00.000Z';

const content = (startDateTime: string | null): RequestContent & { at: string } => ({
  requestId: 'r1',
  kind: 'assignment',
  action: 'selfActivate',
  principalId: 'erin',
  roleDefinitionId: 'helpdesk',
  directoryScopeId: '/',
  schedule: { startDateTime, expiration: { type: 'afterDuration', endDateTime: null, duration: 'PT1H' } },
  justification: 'why',
  ticket: null,
  targetScheduleId: null,
  customData: null,
  createdBy: { id: 'erin', kind: 'user' },
  policyVersion: 0,
  at,
});

const startOf = (asked: string | null, ordered: string | null, approvers: readonly string[] | null): unknown =>
  (requestDocument(content(asked), { startDateTime: ordered }, approvers).scheduleInfo as { startDateTime: unknown })
    .startDateTime;

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
