import { Module } from '@nestjs/common';
import { ApprovalReader } from './approvals/approval-reader';
import { ApprovalView } from './approvals/approval-view';
import { ApprovalsController } from './approvals/approvals.controller';
import { Approvers } from './decide/approvers';
import { DecideStepHandler } from './decide/decide-step.handler';
import { CloseEmergencyReviewHandler } from './emergency-reviews/close-emergency-review.handler';
import { EmergencyReviewsController } from './emergency-reviews/emergency-reviews.controller';
import { OpenEmergencyReviewHandler } from './emergency-reviews/open-emergency-review.handler';
import { ChangeApprovalHandler } from './open-approval/change-approval.handler';

@Module({
  controllers: [ApprovalsController, EmergencyReviewsController],
  providers: [
    Approvers,
    ApprovalReader,
    ApprovalView,
    ChangeApprovalHandler,
    CloseEmergencyReviewHandler,
    DecideStepHandler,
    OpenEmergencyReviewHandler,
  ],
})
export class ApprovalsModule {}
