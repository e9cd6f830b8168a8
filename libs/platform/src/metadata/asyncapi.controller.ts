import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiError } from '../auth';
import { readEventDescriptions } from './event-descriptions';

/** What OpenPIM sends on Kafka; no token is needed to read it. */
@Controller()
export class AsyncApiController {
  private readonly described = readEventDescriptions();

  @Get('asyncapi.yaml')
  @Header('Content-Type', 'application/yaml')
  asyncApi(): string {
    return this.described.asyncApi;
  }

  /** The shape of one version of one event, where the AsyncAPI document refers to it. */
  @Get('schemas/:file')
  @Header('Content-Type', 'application/schema+json')
  schema(@Param('file') file: string): string {
    const schema = this.described.schemas.get(file);
    if (schema !== undefined) return schema;
    throw new ApiError(404, 'Request_ResourceNotFound', 'There is no such schema. /asyncapi.yaml names them all.');
  }
}
