import type { AuditActivityInitiator, DirectoryAudit, KeyValue, TargetResource } from './directory-audit';

/** What a reader may be told about an id: of a principal, or of a role. */
export interface KnownName {
  readonly type: 'User' | 'Group' | 'ServicePrincipal' | 'AdministrativeUnit' | 'Role';
  readonly displayName: string;
  readonly userPrincipalName: string | null;
  /** Service principals only: the client id. */
  readonly appId: string | null;
  /** A role of the tenant's own: events call every role built in, because they cannot tell. */
  readonly isCustomRole?: boolean;
}

/** null: nobody knows the id, or its names were erased. */
export type NameOf = (id: string) => KnownName | null;

/** The same record with the names known now; what nobody knows stays null. */
export const withNames = (audit: DirectoryAudit, nameOf: NameOf): DirectoryAudit => ({
  ...audit,
  initiatedBy: namedInitiator(audit.initiatedBy, nameOf),
  targetResources: audit.targetResources.map((target) => namedTarget(target, nameOf(target.id))),
  additionalDetails: namedDetails(audit.additionalDetails, nameOf),
});

const originType = 'RoleDefinitionOriginType';
const custom = 'CustomRole';

const namedDetails = (details: readonly KeyValue[], nameOf: NameOf): readonly KeyValue[] => {
  const roleId = details.find(({ key }) => key === 'RoleDefinitionOriginId')?.value;
  if (!roleId || !nameOf(roleId)?.isCustomRole) return details;
  return details.map((detail) => (detail.key === originType ? { ...detail, value: custom } : detail));
};

const namedInitiator = ({ user, app }: AuditActivityInitiator, nameOf: NameOf): AuditActivityInitiator => {
  const known = nameOf(user?.id ?? app?.servicePrincipalId ?? '');
  if (!known) return { user, app };
  const { displayName, userPrincipalName, appId } = known;
  return {
    user: user && { ...user, displayName, userPrincipalName },
    app: app && { ...app, displayName, appId },
  };
};

const namedTarget = (target: TargetResource, known: KnownName | null): TargetResource => {
  if (known === null) return target;
  const { type, displayName, userPrincipalName, isCustomRole = false } = known;
  const modifiedProperties = target.modifiedProperties.map((property) =>
    isCustomRole && property.displayName === originType ? { ...property, newValue: custom } : property,
  );
  return { ...target, type, displayName, userPrincipalName, modifiedProperties };
};
