import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Graph, graphPaths, guid, type GraphRequest } from '@pim/platform';
import { setNameOf } from '../schedule-requests/request-sets';
import { CancelRequestCommand } from './cancel-request.handler';

const sets = [
  'roleManagement/directory/roleAssignmentScheduleRequests',
  'roleManagement/directory/roleEligibilityScheduleRequests',
  'identityGovernance/privilegedAccess/group/assignmentScheduleRequests',
  'identityGovernance/privilegedAccess/group/eligibilityScheduleRequests',
];

/** Withdraws what waits or has not started (reference §4.18). */
@Controller(graphPaths(''))
export class CancelRequestController {
  constructor(private readonly commands: CommandBus) {}

  @Post(sets.map((set) => `${set}/:id/cancel`))
  @HttpCode(204)
  cancel(@Param('id', guid) id: string, @Graph() request: GraphRequest): Promise<void> {
    return this.commands.execute(new CancelRequestCommand(id, setNameOf(request), request));
  }
}
