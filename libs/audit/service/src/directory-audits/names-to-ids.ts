import type { Documents } from '@pim/engine';
import { toFilter, type EntitySchema, type FilterNode } from '@pim/odata';
import { property } from '@pim/platform';
import { namedPrincipals, namedRoles } from './names.projection';

type Leaf = Extract<FilterNode, { kind: 'compare' | 'in' | 'text' }>;

/** Names by which people ask, where the id they stand for is in the same place, and what keeps them. */
const names: Readonly<Record<string, 'displayName' | 'userPrincipalName' | 'appId'>> = {
  displayName: 'displayName',
  servicePrincipalName: 'displayName',
  userPrincipalName: 'userPrincipalName',
  appId: 'appId',
};

const known: EntitySchema = {
  name: 'named',
  properties: { id: property.text, displayName: property.name, userPrincipalName: property.name, appId: property.name },
};

const nameIn = ({ path }: Leaf): string | undefined => names[path.at(-1) ?? ''];

/** `servicePrincipalId` is what an application's initiator is known by; everything else has `id`. */
const idPath = (path: readonly string[]): readonly string[] =>
  path.includes('app') ? [...path.slice(0, -1), 'servicePrincipalId'] : [...path.slice(0, -1), 'id'];

const idsNamed = async (documents: Documents, node: Leaf, name: string): Promise<readonly string[]> => {
  const filter = toFilter({ ...node, path: [name] }, known);
  const found = await Promise.all(
    [namedPrincipals, namedRoles].map(({ collection }) => documents.find<{ id: string }>(collection, { filter })),
  );
  return found.flat().map(({ id }) => id);
};

/**
 * The trail holds ids only, so a question about a name becomes one about the ids that have it now. Without this, such
 * a filter would answer "nobody did anything".
 */
export const namesToIds = async (documents: Documents, node: FilterNode): Promise<FilterNode> => {
  switch (node.kind) {
    case 'and':
    case 'or':
      return { ...node, nodes: await Promise.all(node.nodes.map((inner) => namesToIds(documents, inner))) };
    case 'not':
      return { ...node, node: await namesToIds(documents, node.node) };
    case 'any':
      return node.node ? { ...node, node: await namesToIds(documents, node.node) } : node;
    default: {
      const name = nameIn(node);
      return name ? { kind: 'in', path: idPath(node.path), values: await idsNamed(documents, node, name) } : node;
    }
  }
};
