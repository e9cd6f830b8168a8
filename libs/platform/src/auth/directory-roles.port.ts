import type { Instant } from '@pim/contracts';
import type { Caller } from './caller';

/** What the log says about people and roles now. A failure to answer must throw: it is never read as "no objection". */
export interface DirectoryRoles {
  /**
   * Those of the given roles whose assignment to the principal (direct, or through a group) is active at `now` for the
   * whole tenant.
   */
  heldBy(principalId: string, roleDefinitionIds: readonly string[], now: Instant): Promise<readonly string[]>;
  /** What an account is; null for a disabled one and for one nobody knows. */
  accountKind(principalId: string): Promise<Caller['kind'] | null>;
}
