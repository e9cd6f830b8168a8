import { delegationStream, type DelegationEvent, type DelegationStarted, type Instant } from '@pim/contracts';
import type { StreamView } from '@pim/engine';

/** One time for which somebody answers for somebody else. */
type Handover = Pick<DelegationStarted['data'], 'delegationId' | 'delegateId' | 'start' | 'end'>;

/** What one approver handed over and did not take back; what was over when the next began is forgotten. */
export const handovers: StreamView<readonly Handover[], DelegationEvent> = {
  stream: delegationStream,
  view: {
    initial: [],
    evolve: (given, { type, data }) => {
      const others = given.filter(({ delegationId }) => delegationId !== data.delegationId);
      return type === 'DelegationEnded' ? others : [...others.filter(({ end }) => end > data.at), data];
    },
  },
};

/** Whether somebody may answer for whoever handed this over, at an instant. */
export const standsIn = (given: readonly Handover[], delegateId: string, now: Instant): boolean =>
  given.some((one) => one.delegateId === delegateId && one.start <= now && now < one.end);
