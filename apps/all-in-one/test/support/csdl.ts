import type { GraphVersion, ServedSet } from '@pim/platform';

type EntitySchema = ServedSet['schema'];

/** An entity type of a CSDL document: what it derives from, and its own members. */
interface EntityType {
  readonly base: string | undefined;
  readonly members: ReadonlySet<string>;
}

const tag = /<(\/?)([\w:]+)(?: [\w:]+="[^"<&]*")*(\/?)>/g;

/** Throws unless tags that open are closed, the last one first. */
const requireNesting = (xml: string): void => {
  const open: string[] = [];
  for (const [, closing, name = '', empty] of xml.matchAll(tag)) {
    if (empty) continue;
    if (!closing) open.push(name);
    else if (open.pop() !== name) throw new Error(`</${name}> closes something else`);
  }
  if (open.length > 0) throw new Error(`<${open.join('><')}> is not closed`);
};

/** Throws unless it is nothing but tags, well nested: all there is to well-formedness here. */
const requireWellFormed = (xml: string): void => {
  requireNesting(xml);
  const rest = xml.replace(/^<\?xml [^>]*\?>/, '').replace(tag, '');
  if (rest.trim() !== '') throw new Error(`'${rest.trim()}' is no tag`);
};

/** The entity types of a CSDL document, by name. */
export const entityTypesIn = (xml: string): ReadonlyMap<string, EntityType> => {
  requireWellFormed(xml);
  const types = xml.matchAll(
    /<EntityType Name="(\w+)"(?: BaseType="graph\.(\w+)")?[^>]*?(?:\/>|>(.*?)<\/EntityType>)/gs,
  );
  return new Map(
    [...types].map(([, name = '', base, content = '']) => {
      const members = [...content.matchAll(/Property Name="(\w+)"/g)].map(([, member]) => String(member));
      return [name, { base, members: new Set(members) }];
    }),
  );
};

type Types = ReadonlyMap<string, EntityType>;

const isInherited = (types: Types, name: string | undefined, member: string): boolean => {
  const type = name === undefined ? undefined : types.get(name);
  return type !== undefined && (type.members.has(member) || isInherited(types, type.base, member));
};

/** Whether a type has a member: its own, its base's, or one of a type that derives from it. */
export const isIn = (types: Types, name: string, member: string): boolean =>
  isInherited(types, name, member) ||
  [...types.values()].some(({ base, members }) => base === name && members.has(member));

/** Every schema that answers of these sets may be made of. */
export const schemasBehind = (sets: readonly ServedSet[], version: GraphVersion): ReadonlySet<EntitySchema> => {
  const found = new Set<EntitySchema>();
  const visit = (schema: EntitySchema): void => {
    if (found.has(schema)) return;
    found.add(schema);
    for (const { to } of Object.values(schema.navigations ?? {})) visit(to());
  };
  const isServed = ({ isBetaOnly }: ServedSet): boolean => version === 'beta' || !isBetaOnly;
  for (const { schema, beta } of sets.filter(isServed)) visit(version === 'beta' ? (beta ?? schema) : schema);
  return found;
};
