/** What a property holds. `complex` has members, `collection` has elements; both name them in `of`. */
export type PropertyType = 'string' | 'boolean' | 'dateTime' | 'int' | 'duration' | 'complex' | 'collection';

export interface PropertySchema {
  readonly type: PropertyType;
  /** The name the type has in `$metadata`: of an enumeration, of a complex value, or of each element. */
  readonly typeName?: string;
  /** Values in documented casing; any casing is understood, this one is answered (reference §0.3). */
  readonly enum?: readonly string[];
  /** Other spellings a client may filter by, each with the value it stands for (`Directory` for `DirectoryRole`). */
  readonly aliases?: Readonly<Record<string, string>>;
  /** Members of a complex value, or of each element. Left out on a collection: its elements are plain text. */
  readonly of?: Readonly<Record<string, PropertySchema>>;
  /** `false`: `$filter` and `$orderby` refuse it. */
  readonly filterable?: boolean;
  /** Names and addresses: `eq`, `ne` and `in` disregard case, as Graph does. Ids stay exact. */
  readonly anyCase?: boolean;
  /** Belongs to a derived type: printed when the entity has it, never as null. */
  readonly optional?: boolean;
  /** The name documents keep it under, when that is not its own. */
  readonly field?: string;
}

export interface NavigationSchema {
  /** A function, because schemas refer to each other in circles. */
  readonly to: () => EntitySchema;
  readonly many?: boolean;
  /** What `$filter` may ask through it, each with the field documents keep it under: `{ id: 'principalId' }`. */
  readonly fields?: Readonly<Record<string, string>>;
  /** Where documents of what it leads to are kept. With `fields.id`, `$filter` may then ask anything of them. */
  readonly collection?: string;
  /** Part of the entity rather than beside it: when expanded, it comes with a context of its own (reference §0.2). */
  readonly contained?: boolean;
}

/** An entity as clients may filter, select and expand it. Property order is print order. */
export interface EntitySchema {
  /** The type's name without namespace: `unifiedRoleDefinition`. */
  readonly name: string;
  /** Printed as `@odata.type` on every entity that brings none of its own; leave out where Graph prints none. */
  readonly type?: `#microsoft.graph.${string}`;
  /** The type it derives from; `entity` when left out. */
  readonly base?: string;
  /** Types that derive from it and are answered in its place, each with those optional properties that are its own. */
  readonly derived?: Readonly<Record<string, readonly string[]>>;
  readonly properties: Readonly<Record<string, PropertySchema>>;
  readonly navigations?: Readonly<Record<string, NavigationSchema>>;
}

/** A property found by path: its canonical names, what it is, and where documents keep it. */
export interface Resolved {
  readonly path: readonly string[];
  readonly property: PropertySchema;
  readonly field: string;
  /** False when the property, or a complex value around it, is kept from `$filter` and `$orderby`. */
  readonly filterable: boolean;
  /** Set where the answer lies in other documents; `field` is then empty. */
  readonly lookUp?: LookUp;
}

/** A property behind a navigation: whose documents hold it, and where these documents keep the id of theirs. */
export interface LookUp {
  readonly collection: string;
  readonly schema: EntitySchema;
  /** Of the property, from there. */
  readonly path: readonly string[];
  readonly navigation: string;
}

/** The member of this name, written in any case, and its declared spelling (reference §0.3). */
export const memberOf = <T>(
  members: Readonly<Record<string, T>> | undefined,
  name: string,
): readonly [string, T] | undefined => {
  const wanted = name.toLowerCase();
  return Object.entries(members ?? {}).find(([known]) => known.toLowerCase() === wanted);
};

const inside = (outer: Resolved, inner: Resolved): Resolved => ({
  path: [...outer.path, ...inner.path],
  property: inner.property,
  field: `${outer.field}.${inner.field}`,
  filterable: outer.filterable && inner.filterable,
});

const throughProperties = (
  segments: readonly string[],
  properties: EntitySchema['properties'],
): Resolved | undefined => {
  const [first = '', ...rest] = segments;
  const member = memberOf(properties, first);
  if (!member) return undefined;
  const [name, property] = member;
  const found = { path: [name], property, field: property.field ?? name, filterable: property.filterable !== false };
  if (rest.length === 0) return found;
  const inner = property.type === 'complex' ? throughProperties(rest, property.of ?? {}) : undefined;
  return inner && inside(found, inner);
};

const behindNavigation = (name: string, navigation: NavigationSchema, inner: Resolved): Resolved => {
  const { fields = {}, collection, to } = navigation;
  const found = { ...inner, path: [name, ...inner.path] };
  const field = fields[inner.path.join('/')];
  if (field !== undefined) return { ...found, field, filterable: true };
  if (collection === undefined || fields['id'] === undefined) return { ...found, field: '', filterable: false };
  return { ...found, field: '', lookUp: { collection, schema: to(), path: inner.path, navigation: name } };
};

const throughNavigation = (segments: readonly string[], { navigations }: EntitySchema): Resolved | undefined => {
  const [first = '', ...rest] = segments;
  const member = memberOf(navigations, first);
  const inner = member && throughProperties(rest, member[1].to().properties);
  return member && inner && behindNavigation(...member, inner);
};

/** Finds a property by path, names in any case; undefined when there is none. */
export const resolvePath = (segments: readonly string[], schema: EntitySchema): Resolved | undefined =>
  throughProperties(segments, schema.properties) ?? throughNavigation(segments, schema);

/** One element of a collection, seen as an entity; a collection of plain text has no properties. */
export const elementOf = (name: string, { of = {} }: PropertySchema): EntitySchema => ({ name, properties: of });

/** A value in documented casing when the property lists its values, otherwise as it came. */
export const canonicalValue = (text: string, { enum: values = [], aliases }: PropertySchema): string => {
  const wanted = text.toLowerCase();
  const alias = memberOf(aliases, text);
  return alias?.[1] ?? values.find((value) => value.toLowerCase() === wanted) ?? text;
};
