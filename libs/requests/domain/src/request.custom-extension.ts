import type { Actor, CustomExtensionAnswer, Instant, RequestEvent } from '@pim/contracts';
import type { DomainCommand } from '@pim/kernel';
import type { Request } from './request';

/** What the role's endpoint said, or that it said nothing; `by` is OpenPIM itself, which asked. */
export type RecordCustomExtensionAnswer = DomainCommand<
  'RecordCustomExtensionAnswer',
  { answer: CustomExtensionAnswer; reason: string | null; by: Actor; now: Instant }
>;

/**
 * The first answer counts: `approved` goes on to the approver the role asks for, `autoApproved` past them, anything else
 * ends the request. Silent when the request was withdrawn, revoked or answered before.
 */
export const answered = ({ data }: RecordCustomExtensionAnswer, request: Request): readonly RequestEvent[] => {
  if (request.status !== 'awaitingCustomExtension') return [];
  const { answer, reason, by, now } = data;
  const { ref, submission } = request;
  const goesOn = answer === 'approved' || answer === 'autoApproved';
  const said: RequestEvent = {
    type: 'CustomExtensionAnswered',
    data: {
      ...ref,
      answer,
      reason,
      endpoint: submission.customExtension?.endpoint ?? '',
      order: goesOn ? submission.order : null,
      approval: answer === 'approved' ? submission.approval : null,
      at: now,
    },
  };
  return goesOn ? [said] : [said, { type: 'RequestDenied', data: { ...ref, by, at: now } }];
};
