import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { idUnder, type Documents } from '@pim/engine';
import { parseInstant, Rejection } from '@pim/kernel';
import {
  AssignmentRights,
  delegationDocuments,
  type DelegationDocument,
  DOCUMENTS,
  Graph,
  guid,
  ReadModels,
  requestDenied,
  type GraphRequest,
} from '@pim/platform';
import { DelegateCommand, EndDelegationCommand } from './delegate.handler';
import { DelegationDto } from './delegation.dto';

/** More than one person has in a lifetime is not listed. */
const most = 999;

/** Approvers who are away let somebody answer for them; Graph has no call for it, so this is a path of our own. */
@Controller('openpim/v1/approvalDelegations')
export class DelegationsController {
  constructor(
    @Inject(DOCUMENTS) private readonly documents: Documents,
    private readonly commands: CommandBus,
    private readonly readModels: ReadModels,
    private readonly rights: AssignmentRights,
  ) {}

  /** The caller's own, given and received, the newest first. */
  @Get()
  async mine(@Graph() { caller }: GraphRequest): Promise<{ readonly value: readonly DelegationDocument[] }> {
    const filter = { $or: [{ delegatorId: caller.id }, { delegateId: caller.id }] };
    const sort = [['startDateTime', -1]] as const;
    return { value: await this.documents.find(delegationDocuments.collection, { filter, sort, limit: most }) };
  }

  @Post()
  @HttpCode(201)
  async delegate(@Body() body: DelegationDto, @Graph() request: GraphRequest): Promise<DelegationDocument> {
    const delegationId = idUnder(request.context);
    const handover = {
      delegationId,
      delegateId: body.delegateId.toLowerCase(),
      start: body.startDateTime ? instantIn('startDateTime', body.startDateTime) : null,
      end: instantIn('endDateTime', body.endDateTime),
      justification: body.justification,
    };
    await this.commands.execute(new DelegateCommand(handover, request.context));
    await this.readModels.fresh();
    return this.find(delegationId);
  }

  /** By whoever gave it, or an administrator. */
  @Delete(':id')
  @HttpCode(204)
  async end(@Param('id', guid) id: string, @Graph() { caller, context }: GraphRequest): Promise<void> {
    const { delegatorId } = await this.find(id);
    if (delegatorId !== caller.id && !(await this.rights.administersRoles(caller.id))) throw requestDenied();
    await this.commands.execute(new EndDelegationCommand(id, delegatorId, context));
  }

  private async find(id: string): Promise<DelegationDocument> {
    const found = await this.documents.get<DelegationDocument>(delegationDocuments.collection, id);
    if (found?.document) return found.document;
    throw new Rejection('not-found', 'ResourceNotFound', `There is no delegation ${id.slice(0, 100)}.`);
  }
}

const instantIn = (name: string, text: string): string => {
  const instant = parseInstant(text);
  if (instant === null)
    throw new Rejection(
      'invalid',
      'BadRequest',
      `${name} must be a date-time with a zone such as 2026-03-02T08:00:00Z.`,
    );
  return instant;
};
