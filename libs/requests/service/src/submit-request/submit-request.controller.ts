import { Body, Controller, HttpCode, Post, UseInterceptors } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { canonicalScope } from '@pim/contracts';
import { idUnder } from '@pim/engine';
import { Graph, graphPaths, GraphReader, scheduleGuidOf, type GraphRequest } from '@pim/platform';
import { readAction, readSchedule, readTicket, type Ask } from '@pim/requests/domain';
import { RequestSets, setNameOf } from '../schedule-requests/request-sets';
import { IgnoreReadOnly } from './ignore-read-only.interceptor';
import { SubmitGroupRequestDto, SubmitRequestDto, type ScheduleRequestDto } from './submit-request.dto';
import { SubmitRequestCommand } from './submit-request.handler';

/** What a request is about: a role at a scope, or a relationship to a group. */
type About = Pick<Ask, 'roleDefinitionId' | 'directoryScopeId' | 'appScopeId'>;

/** Asks for something (reference §1.3, §1.4, §1.9). */
@Controller(graphPaths(''))
export class SubmitRequestController {
  constructor(
    private readonly commands: CommandBus,
    private readonly reader: GraphReader,
    private readonly requests: RequestSets,
  ) {}

  @Post(['Assignment', 'Eligibility'].map((kind) => `roleManagement/directory/role${kind}ScheduleRequests`))
  @HttpCode(201)
  @UseInterceptors(IgnoreReadOnly)
  submit(@Body() body: SubmitRequestDto, @Graph() request: GraphRequest): Promise<object> {
    const { directoryScopeId = null, appScopeId = null } = body;
    const about = {
      roleDefinitionId: body.roleDefinitionId.toLowerCase(),
      directoryScopeId: directoryScopeId && canonicalScope(directoryScopeId),
      appScopeId,
    };
    return this.ask(body, about, request);
  }

  @Post(
    ['assignment', 'eligibility'].map((kind) => `identityGovernance/privilegedAccess/group/${kind}ScheduleRequests`),
  )
  @HttpCode(201)
  @UseInterceptors(IgnoreReadOnly)
  submitForGroup(@Body() body: SubmitGroupRequestDto, @Graph() request: GraphRequest): Promise<object> {
    const { accessId, groupId } = body;
    const about = {
      roleDefinitionId: accessId.toLowerCase(),
      directoryScopeId: groupId.toLowerCase(),
      appScopeId: null,
    };
    return this.ask(body, about, request);
  }

  private async ask(body: ScheduleRequestDto, about: About, request: GraphRequest): Promise<object> {
    const ask = { ...askOf(body, idUnder(request.context), request), ...about };
    const document = await this.commands.execute(new SubmitRequestCommand(ask, request.context));
    const set = this.requests.of(request);
    const plain = { ...request, query: {} };
    if (document) return this.reader.single(plain, set, document);
    return this.reader.fresh(plain, set, ask.requestId);
  }
}

const askOf = (body: ScheduleRequestDto, requestId: string, request: GraphRequest): Omit<Ask, keyof About> => ({
  requestId,
  kind: setNameOf(request).kind,
  action: readAction(body.action),
  principalId: body.principalId.toLowerCase(),
  schedule: body.scheduleInfo ? readSchedule(body.scheduleInfo) : null,
  justification: body.justification ?? null,
  ticket: readTicket(body.ticketInfo),
  isValidationOnly: body.isValidationOnly ?? false,
  // Of a group's schedule the part that names it; ids are kept in lower case, whatever case a client writes GUIDs in.
  targetScheduleId: body.targetScheduleId ? scheduleGuidOf(body.targetScheduleId) : null,
  customData: body.customData ?? null,
  isEmergency: body.isEmergency ?? false,
});
