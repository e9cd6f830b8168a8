import type { Documents } from '@pim/engine';
import { principals, type DirectoryObject } from '@pim/platform';

/** Names for ids, of those that are still there: everything else keeps ids only (ADR 2). For answers, never for decisions. */
export const principalNames = async (
  documents: Documents,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string | null>> => {
  const wanted = [...new Set(ids)];
  if (wanted.length === 0) return new Map();
  const found = await documents.find<DirectoryObject>(principals.collection, { filter: { id: { $in: wanted } } });
  return new Map(found.map(({ id, displayName }) => [id, displayName]));
};
