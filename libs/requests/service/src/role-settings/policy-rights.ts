import { Inject, Injectable } from '@nestjs/common';
import { Rejection } from '@pim/kernel';
import {
  AssignmentRights,
  requestDenied,
  requireGranted,
  TENANT,
  WRITE_GROUP_POLICIES,
  WRITE_POLICIES,
  type Caller,
  type Tenant,
} from '@pim/platform';
import { subjectOfPolicy, type PolicySubject } from './policy-id';

/** Who may change whose settings: the route takes both kinds, so it is asked here (reference §1.8). */
@Injectable()
export class PolicyRights {
  constructor(
    private readonly rights: AssignmentRights,
    @Inject(TENANT) private readonly tenant: Tenant,
  ) {}

  /**
   * A role's: an administrator of roles. A group's: whoever decides about its members. An application needs the
   * permission alone. Answers what the policy is of; throws 404 for an id that is no policy's, 403 otherwise.
   */
  async requireToChange(policyId: string, caller: Caller): Promise<PolicySubject> {
    const subject = subjectOfPolicy(this.tenant.tenantId, policyId);
    if (!subject)
      throw new Rejection('not-found', 'ResourceNotFound', `There is no policy '${policyId.slice(0, 200)}'.`);
    const { roleDefinitionId, scopeId, scopeType } = subject;
    requireGranted(caller, scopeType === 'Group' ? WRITE_GROUP_POLICIES : WRITE_POLICIES);
    const about = { roleDefinitionId, directoryScopeId: scopeId };
    if (caller.kind !== 'application' && !(await this.rights.administers(about, caller.id))) throw requestDenied();
    return subject;
  }
}
