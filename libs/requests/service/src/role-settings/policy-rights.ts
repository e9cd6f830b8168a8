import { Inject, Injectable } from '@nestjs/common';
import type { Filter } from '@pim/engine';
import { Rejection } from '@pim/kernel';
import {
  AssignmentRights,
  isGranted,
  READ_GROUP_POLICIES,
  READ_POLICIES,
  requestDenied,
  requireGranted,
  TENANT,
  WRITE_GROUP_POLICIES,
  WRITE_POLICIES,
  type Caller,
  type Tenant,
} from '@pim/platform';
import { subjectOfPolicy, type PolicySubject } from './policy-id';

type ScopeType = PolicySubject['scopeType'];

const scopeTypes: readonly ScopeType[] = ['DirectoryRole', 'Group'];

const toRead: Readonly<Record<ScopeType, readonly string[]>> = {
  DirectoryRole: READ_POLICIES,
  Group: READ_GROUP_POLICIES,
};

/** Who may read and change whose settings: the routes take both kinds, so it is asked here (reference §1.8). */
@Injectable()
export class PolicyRights {
  constructor(
    private readonly rights: AssignmentRights,
    @Inject(TENANT) private readonly tenant: Tenant,
  ) {}

  /** Narrows a list to the kinds that the token has a permission for. */
  readable(caller: Caller): Filter {
    return { scopeType: { $in: scopeTypes.filter((scopeType) => isGranted(caller, toRead[scopeType])) } };
  }

  /** Throws 403 when the token has no permission for the kind that the id of a policy, or of its assignment, says. */
  requireToRead(id: string, caller: Caller): void {
    requireGranted(caller, toRead[scopeTypes.find((scopeType) => id.startsWith(`${scopeType}_`)) ?? 'DirectoryRole']);
  }

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
