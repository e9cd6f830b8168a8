import type { Type } from '@nestjs/common';
import type { StreamContract } from '@pim/contracts';
import type { ServedSet } from './metadata/served-set';
import type { Tenant } from './ports';
import type { Deadline, Projection, Reaction, StateFeed } from '@pim/engine';

/** What a bounded context offers to whichever app hosts it: a value, not a framework ritual. */
export interface Context {
  readonly name: 'requests' | 'approvals' | 'assignments' | 'alerting' | 'audit';
  readonly module: Type;
  /** What of Graph it serves, for `$metadata` and `/openapi.json`. */
  readonly sets: readonly ServedSet[];
  /** The streams it appends to, and therefore publishes. */
  readonly streams: readonly StreamContract[];
  projections(tenant: Tenant): readonly Projection[];
  readonly reactions: readonly Reaction[];
  readonly deadlines: readonly Deadline[];
  /** What it keeps on compacted topics, where there are any. */
  readonly feeds?: readonly StateFeed[];
}
