import type { ServedSet } from './served-set';

/** One step of a path that is no set itself: `roleManagement`, then `directory`. */
export interface Segment {
  readonly name: string;
  readonly type: string;
  readonly segments: readonly Segment[];
  readonly sets: readonly ServedSet[];
}

/** Microsoft's names for what stands on the way to a set. */
const typeOfPath: Readonly<Record<string, string>> = {
  auditLogs: 'auditLogRoot',
  policies: 'policyRoot',
  'roleManagement/directory': 'rbacApplication',
  'identityGovernance/privilegedAccess': 'privilegedAccessRoot',
  'identityGovernance/privilegedAccess/group': 'privilegedAccessGroup',
  'identityGovernance/roleManagementAlerts': 'roleManagementAlert',
};

const typeAt = (path: readonly string[]): string => typeOfPath[path.join('/')] ?? path.at(-1) ?? '';

const segmentsOf = ({ path }: ServedSet): readonly string[] => path.split('/');

const segmentAt = (path: readonly string[], sets: readonly ServedSet[]): Segment => {
  const depth = path.length;
  const deeper = sets.filter((set) => segmentsOf(set).length > depth + 1);
  const names = [...new Set(deeper.map((set) => segmentsOf(set)[depth] ?? ''))].sort();
  return {
    name: path.at(-1) ?? '',
    type: typeAt(path),
    segments: names.map((name) =>
      segmentAt(
        [...path, name],
        deeper.filter((set) => segmentsOf(set)[depth] === name),
      ),
    ),
    sets: sets
      .filter((set) => segmentsOf(set).length === depth + 1)
      .toSorted((one, other) => (one.path < other.path ? -1 : 1)),
  };
};

/** The sets as a tree of paths; its root is the entity container. */
export const containerOf = (sets: readonly ServedSet[]): Segment => segmentAt([], sets);

/** Every step below this one, this one left out. */
export const segmentsBelow = ({ segments }: Segment): readonly Segment[] =>
  segments.flatMap((segment) => [segment, ...segmentsBelow(segment)]);

/** The last part of a set's path, by which its parent has it. */
export const nameOf = ({ path }: ServedSet): string => path.slice(path.lastIndexOf('/') + 1);
