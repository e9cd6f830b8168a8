import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { Graph, GraphReader, guid, type GraphRequest } from '@pim/platform';
import { readSchedule } from '@pim/requests/domain';
import { RequestSets } from '../schedule-requests/request-sets';
import { DecideExtensionDto } from './decide-extension.dto';
import { DecideExtensionCommand } from './decide-extension.handler';

/** Extensions and renewals wait for an administrator; Graph lets nobody decide them, so this is a path of our own. */
@Controller('openpim/v1/scheduleRequests')
export class DecideExtensionController {
  constructor(
    private readonly commands: CommandBus,
    private readonly reader: GraphReader,
    private readonly requests: RequestSets,
  ) {}

  /** Answers the request as Graph shows it, with what came of the decision. */
  @Post(':id/decision')
  @HttpCode(200)
  async decide(
    @Param('id', guid) id: string,
    @Body() { decision, justification, scheduleInfo }: DecideExtensionDto,
    @Graph() request: GraphRequest,
  ): Promise<object> {
    const answer = {
      decision: decision.toLowerCase() === 'approve' ? 'Approve' : 'Deny',
      justification,
      schedule: scheduleInfo ? readSchedule(scheduleInfo) : null,
    } as const;
    const set = await this.commands.execute(new DecideExtensionCommand(id, answer, request));
    return this.reader.fresh({ ...request, query: {} }, this.requests.named(set), id);
  }
}
