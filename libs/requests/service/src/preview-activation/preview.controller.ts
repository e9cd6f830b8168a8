import { Controller, Get, Query } from '@nestjs/common';
import { canonicalScope } from '@pim/contracts';
import { Graph, type GraphRequest } from '@pim/platform';
import { PreviewActivation, type Preview } from './preview-activation';
import { PreviewDto, PreviewGroupDto } from './preview.dto';

/** What activating something would need of the caller now, before they ask. Graph has no call for it. */
@Controller('openpim/v1')
export class PreviewController {
  constructor(private readonly preview: PreviewActivation) {}

  @Get('roleManagement/directory/roleAssignmentScheduleRequests/preview')
  role(
    @Query() { roleDefinitionId, directoryScopeId = '/' }: PreviewDto,
    @Graph() request: GraphRequest,
  ): Promise<Preview> {
    const role = {
      roleDefinitionId: roleDefinitionId.toLowerCase(),
      directoryScopeId: canonicalScope(directoryScopeId),
    };
    return this.preview.of(role, request.context);
  }

  @Get('identityGovernance/privilegedAccess/group/assignmentScheduleRequests/preview')
  group(@Query() { accessId, groupId }: PreviewGroupDto, @Graph() request: GraphRequest): Promise<Preview> {
    const relationship = { roleDefinitionId: accessId.toLowerCase(), directoryScopeId: groupId.toLowerCase() };
    return this.preview.of(relationship, request.context);
  }
}
