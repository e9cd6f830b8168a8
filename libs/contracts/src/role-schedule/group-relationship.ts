/** How somebody is related to a group (reference §1.9). */
export type AccessId = 'member' | 'owner';

export const accessIds: readonly AccessId[] = ['member', 'owner'];

/**
 * In PIM for Groups a relationship is what a role is elsewhere, and the group its scope: Microsoft's own group policies
 * name the role definition `member` or `owner` (reference §1.8). null: it is the id of a directory role (ADR 0015).
 */
export const accessIdOf = (roleDefinitionId: string): AccessId | null =>
  accessIds.find((accessId) => accessId === roleDefinitionId) ?? null;
