import { Controller, Get, Header, Inject, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { baseOf } from '../graph/graph-request';
import { containerOf, nameOf } from './container';
import { csdlOf } from './csdl';
import { openApiOf } from './openapi';
import type { ServedSet } from './served-set';

/** What a process serves: the sets of its contexts, and every route that was registered. */
export interface Served {
  readonly sets: readonly ServedSet[];
  readonly routes: readonly string[];
  /** Routes of other processes behind the same address. */
  readonly elsewhere: readonly string[];
}

export const SERVED = Symbol('Served');

/** What is served, said to machines; no token is needed to read it. */
@Controller()
export class MetadataController {
  constructor(@Inject(SERVED) private readonly served: Served) {}

  @Get('v1.0/$metadata')
  @Header('Content-Type', 'application/xml')
  metadata(): string {
    return csdlOf(this.served.sets, 'v1.0');
  }

  @Get('beta/$metadata')
  @Header('Content-Type', 'application/xml')
  betaMetadata(): string {
    return csdlOf(this.served.sets, 'beta');
  }

  /** The service document of OData: what stands at the root. */
  @Get(['v1.0', 'beta'])
  root(@Req() request: FastifyRequest): object {
    const { sets, segments } = containerOf(this.served.sets);
    const listed = (name: string, isSet: boolean): object => ({
      name,
      kind: isSet ? 'EntitySet' : 'Singleton',
      url: name,
    });
    return {
      '@odata.context': `${baseOf(request)}/$metadata`,
      value: [
        ...sets.map((set) => listed(nameOf(set), !set.isSingleton)),
        ...segments.map(({ name }) => listed(name, false)),
      ],
    };
  }

  @Get('openapi.json')
  openApi(): object {
    return openApiOf([...this.served.routes, ...this.served.elsewhere], this.served.sets);
  }
}
