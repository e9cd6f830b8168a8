import { Body, Controller, HttpCode, Inject, Post, UseInterceptors } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Ids } from '@pim/engine';
import { Graph, graphPaths, GraphReader, IDS, type GraphRequest } from '@pim/platform';
import { readAction, readSchedule, readTicket, type Ask } from '@pim/requests/domain';
import { kindOf, RequestSets } from '../schedule-requests/request-sets';
import { IgnoreReadOnly } from './ignore-read-only.interceptor';
import { SubmitRequestDto } from './submit-request.dto';
import { SubmitRequestCommand } from './submit-request.handler';

@Controller(graphPaths('roleManagement/directory'))
export class SubmitRequestController {
  constructor(
    private readonly commands: CommandBus,
    private readonly reader: GraphReader,
    private readonly requests: RequestSets,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  @Post(['roleAssignmentScheduleRequests', 'roleEligibilityScheduleRequests'])
  @HttpCode(201)
  @UseInterceptors(IgnoreReadOnly)
  async submit(@Body() body: SubmitRequestDto, @Graph() request: GraphRequest): Promise<object> {
    const ask = askOf(body, this.ids.next(), request);
    const validated = await this.commands.execute(new SubmitRequestCommand(ask, request.context));
    const set = this.requests.of(request);
    const plain = { ...request, query: {} };
    if (validated) return this.reader.single(plain, set, validated);
    return this.reader.fresh(plain, set, ask.requestId);
  }
}

const askOf = (body: SubmitRequestDto, requestId: string, request: GraphRequest): Ask => ({
  requestId,
  kind: kindOf(request),
  action: readAction(body.action),
  principalId: body.principalId.toLowerCase(),
  roleDefinitionId: body.roleDefinitionId.toLowerCase(),
  directoryScopeId: body.directoryScopeId ?? null,
  appScopeId: body.appScopeId ?? null,
  schedule: body.scheduleInfo ? readSchedule(body.scheduleInfo) : null,
  justification: body.justification ?? null,
  ticket: readTicket(body.ticketInfo),
  isValidationOnly: body.isValidationOnly ?? false,
  targetScheduleId: inLowerCase(body.targetScheduleId),
  customData: body.customData ?? null,
});

/** Ids are kept in lower case, whatever case a client writes GUIDs in. */
const inLowerCase = (id: string | null | undefined): string | null => id?.toLowerCase() ?? null;
