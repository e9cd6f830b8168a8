import { requestStream, type ApprovalTerms, type RequestEvent, type ScheduleOrder } from '@pim/contracts';
import type { StreamView } from '@pim/engine';

/** What approvers are asked, and how. */
export interface Opening {
  readonly terms: ApprovalTerms;
  readonly order: ScheduleOrder;
}

/** What a request has approvers asked: at once, or when the role's custom extension has approved; null: nothing yet. */
export const openingIn = (event: RequestEvent): Opening | null => {
  if (event.type === 'RequestSubmitted') {
    const { approval: terms, customExtension, order } = event.data;
    return terms && !customExtension ? { terms, order } : null;
  }
  if (event.type !== 'CustomExtensionAnswered') return null;
  const { approval: terms, order } = event.data;
  return terms && order && { terms, order };
};

/** Whether a request has ever had approvers asked, by its own stream. */
export const askedApprovers: StreamView<boolean, RequestEvent> = {
  stream: requestStream,
  view: { initial: false, evolve: (isAsked, event) => isAsked || openingIn(event) !== null },
};
