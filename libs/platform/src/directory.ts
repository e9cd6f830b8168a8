import { defaultAttributes } from '@pim/assignments/domain';
import {
  principalStream,
  type Instant,
  type PrincipalAttributes,
  type PrincipalEvent,
  type PrincipalRegistered,
  type PrincipalType,
} from '@pim/contracts';
import { ascending, type Documents, type Projection } from '@pim/engine';

/** A principal as read models know it: what names are looked up in. One that was deleted is not there. */
export interface DirectoryObject extends PrincipalAttributes {
  readonly id: string;
  readonly principalType: PrincipalType;
  readonly createdDateTime: Instant;
  /** The userPrincipalName in lower case: people write it in any. */
  readonly signInName: string | null;
  readonly appId: string | null;
  readonly accountEnabled: boolean;
  readonly isAssignableToRole: boolean;
  /** Groups and administrative units only. */
  readonly members: readonly string[];
  /** Groups only. */
  readonly owners: readonly string[];
}

const signInNameOf = (name: string | null): string | null => name?.toLowerCase() ?? null;

const registered = ({
  principalId,
  at,
  appRoles: _appRoles,
  ...rest
}: PrincipalRegistered['data']): DirectoryObject => ({
  ...defaultAttributes,
  ...rest,
  id: principalId,
  createdDateTime: at,
  signInName: signInNameOf(rest.userPrincipalName),
  members: [],
  owners: [],
});

const without = (ids: readonly string[], id: string): readonly string[] => ids.filter((one) => one !== id);

type Facts = { readonly [E in PrincipalEvent as E['type']]: E['data'] };

type Changes = { readonly [T in keyof Facts]: (before: DirectoryObject, data: Facts[T]) => DirectoryObject | null };

const unchanged = (before: DirectoryObject): DirectoryObject => before;

const on: Changes = {
  PrincipalRegistered: unchanged,
  PrincipalAttributesChanged: (before, { changed }) => {
    const after = { ...before, ...changed };
    return { ...after, signInName: signInNameOf(after.userPrincipalName) };
  },
  PrincipalDeleted: () => null,
  GroupMemberAdded: (before, { memberId }) => ({ ...before, members: [...before.members, memberId] }),
  GroupMemberRemoved: (before, { memberId }) => ({ ...before, members: without(before.members, memberId) }),
  GroupMemberRefused: unchanged,
  GroupOwnerAdded: (before, { ownerId }) => ({ ...before, owners: [...before.owners, ownerId] }),
  GroupOwnerRemoved: (before, { ownerId }) => ({ ...before, owners: without(before.owners, ownerId) }),
  GroupNamedAsApprover: unchanged,
  GroupNoLongerNamedAsApprover: unchanged,
  PrincipalDisableRequested: unchanged,
  PrincipalDisabled: (before) => ({ ...before, accountEnabled: false }),
  PrincipalEnabled: (before) => ({ ...before, accountEnabled: true }),
  PrincipalDisableRefused: unchanged,
};

type Fact<T extends keyof Facts> = { readonly [K in T]: { readonly type: K; readonly data: Facts[K] } }[T];

const change = <T extends keyof Facts>(before: DirectoryObject, event: Fact<T>): DirectoryObject | null =>
  on[event.type](before, event.data);

const evolvePrincipal = (document: DirectoryObject | null, event: PrincipalEvent): DirectoryObject | null => {
  if (event.type === 'PrincipalRegistered') return registered(event.data);
  return document && change(document, event);
};

/** Whose an event of a principal's stream is: the stream's own id. */
export const principalIdOf = ({ data }: PrincipalEvent): string =>
  'groupId' in data ? data.groupId : data.principalId;

/**
 * Names for ids. Every service that answers with names lists this projection; in one process it runs once.
 */
export const principals: Projection<DirectoryObject, PrincipalEvent> = {
  collection: 'directory.principals',
  indexes: [ascending('id'), ascending('principalType', 'id'), ascending('principalType', 'displayName', 'id')],
  sources: [principalStream],
  keys: (event) => [principalIdOf(event)],
  evolve: evolvePrincipal,
};

/** Where active assignments are, of roles and of groups: a read model of another context, by name; who reads it keeps it. */
const assignmentDocuments = 'assignments.assignments';

/** The groups somebody is an active member of by PIM for Groups. */
const activeGroups = async (documents: Documents, userId: string, now: Instant): Promise<readonly string[]> => {
  const filter = {
    principalId: userId,
    roleDefinitionId: 'member',
    startDateTime: { $lte: now },
    $or: [{ endDateTime: null }, { endDateTime: { $gt: now } }],
  };
  const found = await documents.find<{ directoryScopeId: string }>(assignmentDocuments, { filter });
  return found.map(({ directoryScopeId }) => directoryScopeId);
};

/** The ids under which somebody may be named: their own and those of their groups. For answers, never for decisions. */
export const selfAndGroups = async (documents: Documents, userId: string, now: Instant): Promise<readonly string[]> => {
  const [groups, active] = await Promise.all([
    documents.find<{ id: string }>(principals.collection, { filter: { members: userId } }),
    activeGroups(documents, userId, now),
  ]);
  return [...new Set([userId, ...groups.map(({ id }) => id), ...active])];
};
