import { Body, Controller, Get, Inject, Param, Patch, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Documents } from '@pim/engine';
import { Rejection } from '@pim/kernel';
import { DOCUMENTS, Graph, guid, ReadModels, type GraphRequest } from '@pim/platform';
import { CloseEmergencyReviewDto } from './close-emergency-review.dto';
import { CloseEmergencyReviewCommand } from './close-emergency-review.handler';
import { emergencyReviewDocuments, newestFirst, type EmergencyReviewDocument } from './emergency-reviews.projection';
import { ListEmergencyReviewsDto } from './list-emergency-reviews.dto';

/** Reviews on a page. */
const pageSize = 100;

/** What was activated in an emergency, and what others make of it. OpenPIM's own: Graph has nothing like it. */
@Controller('openpim/v1/emergencyReviews')
export class EmergencyReviewsController {
  constructor(
    private readonly commands: CommandBus,
    @Inject(DOCUMENTS) private readonly documents: Documents,
    private readonly readModels: ReadModels,
  ) {}

  /** The newest first. `nextSkip` is what to send as `skip` for the page after this one; null: there is none. */
  @Get()
  async list(@Query() { status, skip }: ListEmergencyReviewsDto): Promise<object> {
    const found = await this.documents.find<EmergencyReviewDocument>(emergencyReviewDocuments.collection, {
      filter: status === undefined ? {} : { status },
      sort: newestFirst,
      skip,
      limit: pageSize + 1,
    });
    return { value: found.slice(0, pageSize), nextSkip: found.length > pageSize ? skip + pageSize : null };
  }

  @Get(':id')
  async get(@Param('id', guid) id: string): Promise<EmergencyReviewDocument> {
    const found = await this.documents.get<EmergencyReviewDocument>(emergencyReviewDocuments.collection, id);
    if (found?.document) return found.document;
    throw new Rejection('not-found', 'ResourceNotFound', 'There is no emergency access review with this id.');
  }

  /** Closes it; answers what it has become. */
  @Patch(':id')
  async close(
    @Param('id', guid) id: string,
    @Body() answer: CloseEmergencyReviewDto,
    @Graph() request: GraphRequest,
  ): Promise<EmergencyReviewDocument> {
    await this.commands.execute(new CloseEmergencyReviewCommand(id, answer, request));
    await this.readModels.fresh();
    return this.get(id);
  }
}
