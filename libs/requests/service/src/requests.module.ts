import { Module } from '@nestjs/common';
import { AskCustomExtensionHandler } from './ask-custom-extension/ask-custom-extension.handler';
import { CancelRequestController } from './cancel-request/cancel-request.controller';
import { CancelRequestHandler } from './cancel-request/cancel-request.handler';
import { DecideExtensionController } from './decide-extension/decide-extension.controller';
import { DecideExtensionHandler } from './decide-extension/decide-extension.handler';
import { EndExtensionsHandler } from './follow/end-extensions.handler';
import { RecordOutcomeHandler } from './follow/record-outcome.handler';
import { RevokeGroundlessHandler } from './follow/revoke-groundless.handler';
import { NamedApprovers } from './preview-activation/named-approvers';
import { PreviewActivation } from './preview-activation/preview-activation';
import { PreviewController } from './preview-activation/preview.controller';
import { ChangePolicyController } from './role-settings/change-policy.controller';
import { ChangePolicyHandler } from './role-settings/change-policy.handler';
import { OwnSettingsReader } from './role-settings/own-settings';
import { PoliciesController } from './role-settings/policies.controller';
import { PolicyPast } from './role-settings/policy-past';
import { PolicyRights } from './role-settings/policy-rights';
import { PolicySets } from './role-settings/policy-sets';
import { PolicyVersionsController } from './role-settings/policy-versions.controller';
import { SetFirstPolicyRulesHandler } from './role-settings/set-first-policy-rules.handler';
import { Interest } from './schedule-requests/interest';
import { RequestApprovers } from './schedule-requests/request-approvers';
import { RequestSets } from './schedule-requests/request-sets';
import { ScheduleRequestsController } from './schedule-requests/schedule-requests.controller';
import { Hints } from './submit-request/hints';
import { GatherFacts } from './submit-request/gather-facts';
import { Submissions } from './submit-request/submissions';
import { SubmitRequestController } from './submit-request/submit-request.controller';
import { SubmitRequestHandler } from './submit-request/submit-request.handler';

@Module({
  controllers: [
    SubmitRequestController,
    CancelRequestController,
    DecideExtensionController,
    ScheduleRequestsController,
    PoliciesController,
    ChangePolicyController,
    PolicyVersionsController,
    PreviewController,
  ],
  providers: [
    Interest,
    NamedApprovers,
    PolicyPast,
    PolicyRights,
    PolicySets,
    PreviewActivation,
    Submissions,
    GatherFacts,
    Hints,
    OwnSettingsReader,
    AskCustomExtensionHandler,
    RequestApprovers,
    RequestSets,
    CancelRequestHandler,
    ChangePolicyHandler,
    DecideExtensionHandler,
    EndExtensionsHandler,
    RecordOutcomeHandler,
    RevokeGroundlessHandler,
    SetFirstPolicyRulesHandler,
    SubmitRequestHandler,
  ],
})
export class RequestsModule {}
