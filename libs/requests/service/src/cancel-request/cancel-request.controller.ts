import { Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Graph, graphPaths, guid, type GraphRequest } from '@pim/platform';
import { kindOf } from '../schedule-requests/request-sets';
import { CancelRequestCommand } from './cancel-request.handler';

@Controller(graphPaths('roleManagement/directory'))
export class CancelRequestController {
  constructor(private readonly commands: CommandBus) {}

  @Post(['roleAssignmentScheduleRequests/:id/cancel', 'roleEligibilityScheduleRequests/:id/cancel'])
  @HttpCode(204)
  cancel(@Param('id', guid) id: string, @Graph() request: GraphRequest): Promise<void> {
    return this.commands.execute(new CancelRequestCommand(id, kindOf(request), request));
  }
}
