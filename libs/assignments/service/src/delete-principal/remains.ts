import { Injectable } from '@nestjs/common';
import type { CommandContext } from '@pim/engine';
import { Holdings } from '../leave/holdings';
import { Principals } from '../principals/principals';
import { Memberships } from './memberships';
import { Scopes } from './scopes';

/** Ends what is left of a principal that was deleted; its requests stay as history (reference §4.9). */
@Injectable()
export class Remains {
  constructor(
    private readonly principals: Principals,
    private readonly holdings: Holdings,
    private readonly scopes: Scopes,
    private readonly memberships: Memberships,
  ) {}

  /** What it held, what was held at it, and its places in groups. Silent for one that is there, and the second time. */
  async clear(id: string, context: CommandContext): Promise<void> {
    if ((await this.principals.load(id)).status !== 'deleted') return;
    await this.holdings.end(id, context);
    await this.scopes.end(id, context);
    await this.memberships.end(id, context);
  }
}
