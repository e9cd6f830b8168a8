import type { DelegationEvent } from '@pim/contracts';
import type { Decisions } from './entry';
import { principalTarget } from './targets';

/** Who may decide for whom is a setting, and Microsoft has no name for it. */
const setting = { activity: 'Update role setting in PIM', operation: 'Update' } as const;

/** The approver, and who answers for them. */
const people = ({ delegatorId, delegateId }: { readonly delegatorId: string; readonly delegateId: string }) => [
  principalTarget(delegatorId, 'user'),
  principalTarget(delegateId, 'user'),
];

/** What delegations say for the trail. */
export const delegationEntries: Decisions<DelegationEvent> = {
  DelegationStarted: (data) => ({
    ...setting,
    targets: people(data),
    by: data.by,
    reason: data.justification,
    details: {
      Delegation: 'started',
      StartTime: data.start,
      ExpirationTime: data.end,
      Justification: data.justification,
    },
  }),
  DelegationEnded: (data) => ({ ...setting, targets: people(data), by: data.by, details: { Delegation: 'ended' } }),
};
