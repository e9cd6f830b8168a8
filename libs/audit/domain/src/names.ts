import type { AuditActivityInitiator, DirectoryAudit, TargetResource } from './directory-audit';

/** What a reader may be told about an id: of a principal, or of a role. */
export interface KnownName {
  readonly type: 'User' | 'Group' | 'ServicePrincipal' | 'AdministrativeUnit' | 'Role';
  readonly displayName: string;
  readonly userPrincipalName: string | null;
  /** Service principals only: the client id. */
  readonly appId: string | null;
}

/** null: nobody knows the id, or its names were erased. */
export type NameOf = (id: string) => KnownName | null;

/** The same record with the names known now; what nobody knows stays null. */
export const withNames = (audit: DirectoryAudit, nameOf: NameOf): DirectoryAudit => ({
  ...audit,
  initiatedBy: namedInitiator(audit.initiatedBy, nameOf),
  targetResources: audit.targetResources.map((target) => namedTarget(target, nameOf(target.id))),
});

const namedInitiator = ({ user, app }: AuditActivityInitiator, nameOf: NameOf): AuditActivityInitiator => {
  const known = nameOf(user?.id ?? app?.servicePrincipalId ?? '');
  if (!known) return { user, app };
  const { displayName, userPrincipalName, appId } = known;
  return {
    user: user && { ...user, displayName, userPrincipalName },
    app: app && { ...app, displayName, appId },
  };
};

const namedTarget = (target: TargetResource, known: KnownName | null): TargetResource =>
  known === null
    ? target
    : { ...target, type: known.type, displayName: known.displayName, userPrincipalName: known.userPrincipalName };
