import { Inject, Injectable } from '@nestjs/common';
import type { Documents, Filter } from '@pim/engine';
import { badRequest } from '@pim/assignments/domain';
import { DOCUMENTS, principals, ReadModels, Turns, type DirectoryObject } from '@pim/platform';

/** Of groups that may hold roles, in one tenant (reference §8.1). */
const mostRoleAssignableGroups = 500;

/** What must not be there twice in one tenant. */
export interface Names {
  readonly principalId: string;
  readonly userPrincipalName?: string | null | undefined;
  readonly appId?: string | null | undefined;
  /** Whether it is one more group that may hold roles. */
  readonly isAssignableToRole?: boolean;
}

/** One thing to look at before a change, and what is said when it is in the way. */
interface Check {
  /** Changes with the same key come one after another. */
  readonly key: string;
  readonly filter: Filter;
  readonly most: number;
  readonly message: string;
}

const taken = (what: string): string =>
  `Another object with the same value for property ${what} already exists. Choose another one.`;

const checksOf = ({ principalId, userPrincipalName, appId, isAssignableToRole }: Names): readonly Check[] => {
  const others = { id: { $ne: principalId } };
  const name = userPrincipalName?.toLowerCase();
  return [
    ...(name
      ? [{ key: `upn:${name}`, filter: { ...others, signInName: name }, most: 0, message: taken('userPrincipalName') }]
      : []),
    ...(appId ? [{ key: `app:${appId}`, filter: { ...others, appId }, most: 0, message: taken('appId') }] : []),
    ...(isAssignableToRole
      ? [
          {
            key: 'role-assignable',
            filter: { ...others, isAssignableToRole: true },
            most: mostRoleAssignableGroups - 1,
            message: `The tenant has ${mostRoleAssignableGroups} role-assignable groups, which is the most. Delete one first.`,
          },
        ]
      : []),
  ];
};

/**
 * Keeps names unique and role-assignable groups few: looks at a read model that holds everything recorded so far, while
 * nobody else in this process may change the same (ADR 14).
 */
@Injectable()
export class UniqueNames {
  private readonly turns = new Turns();

  constructor(
    @Inject(DOCUMENTS) private readonly documents: Documents,
    private readonly readModels: ReadModels,
  ) {}

  /** Does the work if the names are free. Throws `Request_BadRequest` if not, 503 when that cannot be found out. */
  async holding<T>(names: Names, work: () => Promise<T>): Promise<T> {
    const checks = checksOf(names);
    const passes: (() => void)[] = [];
    try {
      // Always in the same order, so that no two wait for each other.
      for (const { key } of checks) passes.push(await this.turns.take(key));
      if (checks.length > 0) await this.readModels.fresh();
      for (const check of checks) await this.require(check);
      return await work();
    } finally {
      for (const pass of passes) pass();
    }
  }

  private async require({ filter, most, message }: Check): Promise<void> {
    const found = await this.documents.find<DirectoryObject>(principals.collection, { filter, limit: most + 1 });
    if (found.length > most) throw badRequest(message);
  }
}
