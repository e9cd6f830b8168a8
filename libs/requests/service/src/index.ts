import { policyStream, requestStream } from '@pim/contracts';
import { delegationDocuments, principals, roleDefinitions, type Context } from '@pim/platform';
import { askCustomExtension } from './ask-custom-extension/ask-custom-extension.deadline';
import { followApproval } from './follow/follow-approval.reaction';
import { endExtensions } from './follow/end-extensions.reaction';
import { followEligibility } from './follow/follow-eligibility.reaction';
import { followPrincipal } from './follow/follow-principal.reaction';
import { followSchedule } from './follow/follow-schedule.reaction';
import { RequestsModule } from './requests.module';
import { policyDocuments } from './role-settings/policies.projection';
import { requestDocuments } from './schedule-requests/requests.projection';
import { servedSets } from './served-sets';

export { RecordOutcomeCommand } from './follow/record-outcome.handler';
export { RevokeGroundlessCommand } from './follow/revoke-groundless.handler';
export { policyIdOf } from './role-settings/policy-id';
export { SetFirstPolicyRulesCommand } from './role-settings/set-first-policy-rules.handler';
export { SubmitRequestCommand } from './submit-request/submit-request.handler';

/** Asking for a role: judges every request by the role's settings and follows what becomes of it. */
export const requests: Context = {
  name: 'requests',
  module: RequestsModule,
  sets: servedSets,
  streams: [requestStream, policyStream],
  projections: ({ tenantId }) => [
    roleDefinitions,
    principals,
    delegationDocuments,
    requestDocuments,
    policyDocuments(tenantId),
  ],
  reactions: [followSchedule, followApproval, followEligibility, followPrincipal, endExtensions],
  deadlines: [askCustomExtension],
};
