import type { PrincipalType } from '@pim/contracts';
import { badRequest } from '@pim/assignments/domain';

/** The kinds of object that a list of mixed ones may be narrowed to. */
export type Cast = PrincipalType | 'directoryRole';

const known: readonly Cast[] = ['user', 'group', 'servicePrincipal', 'administrativeUnit', 'directoryRole'];

/** `microsoft.graph.group` as the last part of a path, in any case. Throws for what is no such type. */
export const castOf = (segment: string): Cast => {
  const wanted = segment.toLowerCase();
  const found = known.find((cast) => wanted === `microsoft.graph.${cast}`.toLowerCase());
  if (!found) throw badRequest(`Resource not found for the segment '${segment.slice(0, 60)}'.`);
  return found;
};
