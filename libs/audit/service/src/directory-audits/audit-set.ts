import { withNames, type DirectoryAudit, type KnownName } from '@pim/audit/domain';
import type { Documents } from '@pim/engine';
import type { EntitySet } from '@pim/platform';
import { directoryAudits } from './directory-audits.projection';
import { namesToIds } from './names-to-ids';
import { namedPrincipals, namedRoles, type NamedPrincipal, type NamedRole } from './names.projection';
import { directoryAuditSchema } from './schema';

const typeOf = {
  user: 'User',
  group: 'Group',
  servicePrincipal: 'ServicePrincipal',
  administrativeUnit: 'AdministrativeUnit',
} as const;

const person = ({ principalType, displayName, userPrincipalName, appId }: NamedPrincipal): KnownName => ({
  type: typeOf[principalType],
  displayName,
  userPrincipalName,
  appId,
});

const role = ({ displayName, isBuiltIn }: NamedRole): KnownName => ({
  type: 'Role',
  displayName,
  userPrincipalName: null,
  appId: null,
  isCustomRole: !isBuiltIn,
});

const idsIn = ({ initiatedBy: { user, app }, targetResources }: DirectoryAudit): readonly string[] => [
  ...[user?.id, app?.servicePrincipalId].filter((id) => id !== undefined),
  ...targetResources.map(({ id }) => id),
];

/** Names are looked up when somebody reads: the trail itself holds ids only (ADR 0002). */
const named = async (documents: Documents, page: readonly DirectoryAudit[]): Promise<readonly DirectoryAudit[]> => {
  const filter = { id: { $in: [...new Set(page.flatMap(idsIn))] } };
  const [people, roles] = await Promise.all([
    documents.find<NamedPrincipal>(namedPrincipals.collection, { filter }),
    documents.find<NamedRole>(namedRoles.collection, { filter }),
  ]);
  const known = new Map<string, KnownName>([
    ...people.map((one) => [one.id, person(one)] as const),
    ...roles.map((one) => [one.id, role(one)] as const),
  ]);
  return page.map((audit) => withNames(audit, (id) => known.get(id) ?? null));
};

export const auditSet = (documents: Documents): EntitySet<DirectoryAudit> => ({
  path: 'auditLogs/directoryAudits',
  collection: directoryAudits.collection,
  schema: directoryAuditSchema,
  rewrite: (filter) => namesToIds(documents, filter),
  prepare: (page) => named(documents, page),
  sequence: 'sequence',
  expand: {},
});
