import { Module } from '@nestjs/common';
import { DecideManyController } from './decide-many/decide-many.controller';
import { DelegateHandler, EndDelegationHandler } from './delegations/delegate.handler';
import { DelegationsController } from './delegations/delegations.controller';
import { ApprovalReader } from './approvals/approval-reader';
import { Queue } from './approvals/queue';
import { Names } from './approvals/names';
import { ApprovalView } from './approvals/approval-view';
import { ApprovalsController } from './approvals/approvals.controller';
import { Approvers } from './decide/approvers';
import { DecideStepHandler } from './decide/decide-step.handler';
import { CloseEmergencyReviewHandler } from './emergency-reviews/close-emergency-review.handler';
import { EmergencyReviewsController } from './emergency-reviews/emergency-reviews.controller';
import { OpenEmergencyReviewHandler } from './emergency-reviews/open-emergency-review.handler';
import { CheckApproversHandler, CheckApproversOfHandler } from './open-approval/check-approvers.handler';
import { ChangeApprovalHandler } from './open-approval/change-approval.handler';

@Module({
  controllers: [ApprovalsController, DecideManyController, DelegationsController, EmergencyReviewsController],
  providers: [
    Approvers,
    ApprovalReader,
    ApprovalView,
    Names,
    Queue,
    ChangeApprovalHandler,
    CheckApproversHandler,
    CheckApproversOfHandler,
    CloseEmergencyReviewHandler,
    DecideStepHandler,
    DelegateHandler,
    EndDelegationHandler,
    OpenEmergencyReviewHandler,
  ],
})
export class ApprovalsModule {}
