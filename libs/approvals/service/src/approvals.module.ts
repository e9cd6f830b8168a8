import { Module } from '@nestjs/common';
import { ApprovalReader } from './approvals/approval-reader';
import { ApprovalView } from './approvals/approval-view';
import { ApprovalsController } from './approvals/approvals.controller';
import { Approvers } from './decide/approvers';
import { DecideStepHandler } from './decide/decide-step.handler';
import { ChangeApprovalHandler } from './open-approval/change-approval.handler';

@Module({
  controllers: [ApprovalsController],
  providers: [Approvers, ApprovalReader, ApprovalView, ChangeApprovalHandler, DecideStepHandler],
})
export class ApprovalsModule {}
