import { Injectable } from '@nestjs/common';
import {
  AssignmentRights,
  requestDenied,
  requireGranted,
  WRITE_GROUP_POLICIES,
  WRITE_POLICIES,
  type Caller,
} from '@pim/platform';
import type { PolicySubject } from './policy-id';

/** Who may change whose settings: the route takes both kinds, so it is asked here (reference §1.8). */
@Injectable()
export class PolicyRights {
  constructor(private readonly rights: AssignmentRights) {}

  /**
   * A role's: an administrator of roles. A group's: whoever decides about its members. An application needs the
   * permission alone. Throws 403 otherwise.
   */
  async require({ roleDefinitionId, scopeId, scopeType }: PolicySubject, caller: Caller): Promise<void> {
    requireGranted(caller, scopeType === 'Group' ? WRITE_GROUP_POLICIES : WRITE_POLICIES);
    if (caller.kind === 'application') return;
    const subject = { roleDefinitionId, directoryScopeId: scopeId };
    if (!(await this.rights.administers(subject, caller.id))) throw requestDenied();
  }
}
