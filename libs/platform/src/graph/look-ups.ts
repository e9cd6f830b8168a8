import type { Documents } from '@pim/engine';
import { Rejection } from '@pim/kernel';
import { resolvePath, toFilter, type EntitySchema, type FilterNode, type LookUp } from '@pim/odata';

type Finder = Pick<Documents, 'find'>;

/** Ids one condition may stand for: beyond it, a question costs more than an answer is worth. */
const mostIds = 10_000;

type Leaf = Exclude<FilterNode, { kind: 'and' | 'or' | 'not' }>;

/** A condition that also holds where there is nothing behind the navigation, and the one it denies. */
const denied = (node: Leaf): FilterNode | null => {
  if (node.kind !== 'compare') return null;
  if (node.op === 'ne' && node.value !== null) return { ...node, op: 'eq' };
  return node.op === 'eq' && node.value === null ? { ...node, op: 'ne' } : null;
};

const idsOf = async (documents: Finder, { collection, schema }: LookUp, node: FilterNode): Promise<string[]> => {
  const filter = toFilter(node, schema);
  const found = await documents.find<{ id: string }>(collection, { filter, limit: mostIds + 1 });
  if (found.length > mostIds)
    throw new Rejection(
      'invalid',
      'InvalidFilter',
      `More than ${mostIds} of type ${schema.name} meet a condition of the filter; narrow it.`,
    );
  return found.map(({ id }) => id);
};

const leaf = async (documents: Finder, node: Leaf, schema: EntitySchema): Promise<FilterNode> => {
  const lookUp = resolvePath(node.path, schema)?.lookUp;
  if (!lookUp) return node;
  const there: Leaf = { ...node, path: lookUp.path };
  const opposite = denied(there);
  const values = await idsOf(documents, lookUp, opposite ?? there);
  const among: FilterNode = { kind: 'in', path: [lookUp.navigation, 'id'], values };
  return opposite ? { kind: 'not', node: among } : among;
};

/**
 * A filter whose conditions on what lies behind a navigation (`roleDefinition/displayName eq '…'`) have become
 * conditions on its id, which documents have. Throws a Rejection for a condition that too many meet.
 */
export const withLookUps = async (documents: Finder, node: FilterNode, schema: EntitySchema): Promise<FilterNode> => {
  switch (node.kind) {
    case 'and':
    case 'or':
      return { ...node, nodes: await Promise.all(node.nodes.map((each) => withLookUps(documents, each, schema))) };
    case 'not':
      return { ...node, node: await withLookUps(documents, node.node, schema) };
    default:
      return leaf(documents, node, schema);
  }
};
