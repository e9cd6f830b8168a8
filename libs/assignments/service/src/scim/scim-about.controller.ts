import { Controller, Get, Param, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { notFound } from '@pim/assignments/domain';
import { originOf } from '@pim/platform';
import type { Json } from './scim-json';
import { listResponse } from './scim-list';
import { scimAt } from './scim-request';
import { configurationAt, resourceTypesAt, schemasAt } from './scim-schemas';

const rootOf = (request: FastifyRequest): string => scimAt(originOf(request));

const all = (resources: readonly Json[]): Json => listResponse(resources, resources.length, 0);

const one = (resources: readonly Json[], id: string): Json => {
  const found = resources.find((resource) => resource['id'] === id);
  if (!found) throw notFound(id);
  return found;
};

/** What SCIM clients ask first: what is served, and in what shape (RFC 7644 §4). Says nothing about anybody. */
@Controller('scim/v2')
export class ScimAboutController {
  @Get('ServiceProviderConfig')
  configuration(@Req() request: FastifyRequest): Json {
    return configurationAt(rootOf(request));
  }

  @Get('ResourceTypes')
  resourceTypes(@Req() request: FastifyRequest): Json {
    return all(resourceTypesAt(rootOf(request)));
  }

  @Get('ResourceTypes/:id')
  resourceType(@Req() request: FastifyRequest, @Param('id') id: string): Json {
    return one(resourceTypesAt(rootOf(request)), id);
  }

  @Get('Schemas')
  schemas(@Req() request: FastifyRequest): Json {
    return all(schemasAt(rootOf(request)));
  }

  @Get('Schemas/:id')
  schema(@Req() request: FastifyRequest, @Param('id') id: string): Json {
    return one(schemasAt(rootOf(request)), id);
  }
}
