import { Body, Controller, Delete, HttpCode, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { canonicalScope } from '@pim/contracts';
import { idUnder } from '@pim/engine';
import { Rejection } from '@pim/kernel';
import { Graph, graphPaths, GraphReader, type EntitySet, type GraphRequest } from '@pim/platform';
import type { AssignmentDocument } from '../schedules/assignment-documents.projection';
import { ScheduleSets } from '../schedules/schedule-sets';
import { StandingAssignmentDto } from './standing-assignment.dto';
import { AssignStandingCommand, RemoveStandingCommand } from './standing-assignments.handlers';

/** Roles given and taken outside PIM, as scripts and Terraform do (reference §1.2). */
@Controller(graphPaths('roleManagement/directory/roleAssignments'))
export class StandingAssignmentsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly reader: GraphReader,
    private readonly schedules: ScheduleSets,
  ) {}

  @Post()
  @HttpCode(201)
  async assign(@Body() body: StandingAssignmentDto, @Graph() request: GraphRequest): Promise<object> {
    const assignmentId = idUnder(request.context);
    const about = {
      principalId: body.principalId.toLowerCase(),
      roleDefinitionId: body.roleDefinitionId.toLowerCase(),
      directoryScopeId: scopeIn(body),
    };
    await this.commands.execute(new AssignStandingCommand(assignmentId, about, request.context));
    const id = this.schedules.idOf({ roleDefinitionId: about.roleDefinitionId, scheduleId: assignmentId });
    return this.reader.fresh({ ...request, query: {} }, this.set, id);
  }

  /** Ends whatever active assignment has this id (reference §4.9). */
  @Delete(':id')
  @HttpCode(204)
  async remove(@Param('id') id: string, @Graph() request: GraphRequest): Promise<void> {
    const document = await this.reader.find(request, this.set, { instanceId: id }, id);
    await this.commands.execute(new RemoveStandingCommand(id, document, idUnder(request.context), request.context));
  }

  private get set(): EntitySet<AssignmentDocument> {
    return this.schedules.roleAssignments;
  }
}

const scopeIn = ({ directoryScopeId, resourceScope, appScopeId }: StandingAssignmentDto): string => {
  const scope = directoryScopeId ?? resourceScope;
  if (appScopeId || !scope)
    throw new Rejection(
      'invalid',
      'Request_BadRequest',
      'Give directoryScopeId; appScopeId is not for directory roles.',
    );
  return canonicalScope(scope);
};
