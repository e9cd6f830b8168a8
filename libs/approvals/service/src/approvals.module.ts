import { Module } from '@nestjs/common';
import { DecideManyController } from './decide-many/decide-many.controller';
import { DelegateHandler, EndDelegationHandler } from './delegations/delegate.handler';
import { DelegationsController } from './delegations/delegations.controller';
import { Delegators } from './delegations/delegators';
import { ApprovalReader } from './approvals/approval-reader';
import { Queue } from './approvals/queue';
import { Names } from './approvals/names';
import { ApprovalView } from './approvals/approval-view';
import { ApprovalsController } from './approvals/approvals.controller';
import { Approvers } from './decide/approvers';
import { DecideStepHandler } from './decide/decide-step.handler';
import { CheckApproversHandler, CheckApproversOfHandler } from './open-approval/check-approvers.handler';
import { ChangeApprovalHandler } from './open-approval/change-approval.handler';

@Module({
  controllers: [ApprovalsController, DecideManyController, DelegationsController],
  providers: [
    Approvers,
    ApprovalReader,
    ApprovalView,
    Names,
    Queue,
    ChangeApprovalHandler,
    CheckApproversHandler,
    CheckApproversOfHandler,
    DecideStepHandler,
    DelegateHandler,
    Delegators,
    EndDelegationHandler,
  ],
})
export class ApprovalsModule {}
