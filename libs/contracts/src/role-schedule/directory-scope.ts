import { uuidPattern } from '@pim/kernel';

/** Where a role is held: the whole tenant, an administrative unit, or a single directory object (reference §0.3). */
export type DirectoryScope =
  { readonly kind: 'tenant' } | { readonly kind: 'administrativeUnit' | 'object'; readonly id: string };

const pattern = new RegExp(`^/(administrativeUnits/)?(${uuidPattern})$`, 'i');

/** Reads `directoryScopeId`; null for what has none of the three forms. */
export const scopeOf = (directoryScopeId: string): DirectoryScope | null => {
  if (directoryScopeId === '/') return { kind: 'tenant' };
  const [, unit, id] = pattern.exec(directoryScopeId) ?? [];
  return id === undefined ? null : { kind: unit ? 'administrativeUnit' : 'object', id: id.toLowerCase() };
};

/** The one spelling of a scope: it is part of stream names. What is no scope stays as it is. */
export const canonicalScope = (directoryScopeId: string): string => {
  const scope = scopeOf(directoryScopeId);
  if (!scope || scope.kind === 'tenant') return directoryScopeId;
  return scope.kind === 'object' ? `/${scope.id}` : `/administrativeUnits/${scope.id}`;
};
