import type { EntitySchema, NavigationSchema, PropertySchema } from '@pim/odata';

type Properties = Readonly<Record<string, PropertySchema>>;

export interface EntityType {
  readonly name: string;
  readonly base: string;
  /** Its own, without those of the base. */
  readonly properties: Properties;
  readonly navigations: Readonly<Record<string, NavigationSchema>>;
}

/** Every type that answers are made of, each kind sorted by name. */
export interface TypeModel {
  readonly entities: readonly EntityType[];
  readonly complexes: readonly { readonly name: string; readonly properties: Properties }[];
  readonly enums: readonly { readonly name: string; readonly values: readonly string[] }[];
}

type Schemas = ReadonlyMap<string, EntitySchema>;

/** Where no schema says otherwise, an entity derives from this, which has the `id`. */
export const root = 'entity';

/** Two schemas of one name are one type: what is expanded may show less of it than its own set does. */
const merged = (one: EntitySchema, other: EntitySchema): EntitySchema => ({
  ...one,
  properties: { ...one.properties, ...other.properties },
  navigations: { ...one.navigations, ...other.navigations },
});

const collect = (schema: EntitySchema, seen: Set<EntitySchema>, found: Map<string, EntitySchema>): void => {
  if (seen.has(schema)) return;
  seen.add(schema);
  const before = found.get(schema.name);
  found.set(schema.name, before ? merged(before, schema) : schema);
  for (const { to } of Object.values(schema.navigations ?? {})) collect(to(), seen, found);
};

const pick = (properties: Properties, isWanted: (name: string) => boolean): Properties =>
  Object.fromEntries(Object.entries(properties).filter(([name]) => isWanted(name)));

/** The names of what a base already has; optional members of a base belong to whoever derives from it. */
const inherited = (base: string, schemas: Schemas): ReadonlySet<string> => {
  const { properties = {} } = schemas.get(base) ?? {};
  return new Set(['id', ...Object.keys(properties).filter((name) => !properties[name]?.optional)]);
};

/** Optional members that some type deriving from this one has for its own. */
const passedOn = ({ name, derived = {} }: EntitySchema, schemas: Schemas): ReadonlySet<string> => {
  const below = [...schemas.values()].filter(({ base }) => base === name);
  return new Set([...below.flatMap(({ properties }) => Object.keys(properties)), ...Object.values(derived).flat()]);
};

const entityTypes = (schema: EntitySchema, schemas: Schemas): readonly EntityType[] => {
  const { name, properties, navigations = {}, derived = {} } = schema;
  const base = schema.base !== undefined && schemas.has(schema.base) ? schema.base : root;
  const above = inherited(base, schemas);
  const below = passedOn(schema, schemas);
  const isOwn = (member: string): boolean => !above.has(member) && !(properties[member]?.optional && below.has(member));
  return [
    { name, base, properties: pick(properties, isOwn), navigations },
    ...Object.entries(derived).map(([type, members]) => ({
      name: type,
      base: name,
      properties: pick(properties, (member) => members.includes(member)),
      navigations: {},
    })),
  ];
};

/** The name of a complex or enumerated type, derived from its place where the schema gives none. */
export const typeNameOf = (owner: string, member: string, { typeName }: PropertySchema): string =>
  typeName ?? `${owner}${member.charAt(0).toUpperCase()}${member.slice(1)}`;

/** Whether a property's value has members, or its elements do. */
export const isComplex = ({ type, of }: PropertySchema): boolean => type === 'complex' || of !== undefined;

/** Whether a property's type is an enumeration. Without a name of its own it is text: Graph has many of those. */
export const isEnum = ({ typeName, enum: values }: PropertySchema): boolean =>
  typeName !== undefined && values !== undefined;

const collectParts = (owner: string, properties: Properties, parts: Parts): void => {
  for (const [member, property] of Object.entries(properties)) {
    const name = typeNameOf(owner, member, property);
    if (isEnum(property)) parts.enums.set(name, property.enum ?? []);
    if (!isComplex(property)) continue;
    parts.complexes.set(name, { ...parts.complexes.get(name), ...property.of });
    collectParts(name, property.of ?? {}, parts);
  }
};

interface Parts {
  readonly complexes: Map<string, Properties>;
  readonly enums: Map<string, readonly string[]>;
}

const sorted = <T>(map: ReadonlyMap<string, T>): readonly (readonly [string, T])[] =>
  [...map].sort(([a], [b]) => (a < b ? -1 : 1));

/** The types behind these schemas and behind everything their navigations lead to. */
export const typeModelOf = (roots: readonly EntitySchema[]): TypeModel => {
  const schemas = new Map<string, EntitySchema>();
  const seen = new Set<EntitySchema>();
  for (const schema of roots) collect(schema, seen, schemas);
  const entities = sorted(schemas).flatMap(([, schema]) => entityTypes(schema, schemas));
  const parts: Parts = { complexes: new Map(), enums: new Map() };
  for (const { name, properties } of entities) collectParts(name, properties, parts);
  return {
    entities,
    complexes: sorted(parts.complexes).map(([name, properties]) => ({ name, properties })),
    enums: sorted(parts.enums).map(([name, values]) => ({ name, values })),
  };
};
