import type { NavigationSchema, PropertySchema } from '@pim/odata';
import type { GraphVersion } from '../graph/graph-request';
import { containerOf, nameOf, segmentsBelow, type Segment } from './container';
import { schemaOf, setsIn, type ServedSet } from './served-set';
import { isComplex, isEnum, root, typeModelOf, typeNameOf, type EntityType } from './type-model';
import { element, type Element } from './xml';

const edm: Readonly<Record<PropertySchema['type'], string>> = {
  string: 'Edm.String',
  boolean: 'Edm.Boolean',
  dateTime: 'Edm.DateTimeOffset',
  int: 'Edm.Int32',
  duration: 'Edm.Duration',
  complex: '',
  collection: 'Edm.String',
};

const own = (name: string): string => `graph.${name}`;
const collectionOf = (type: string): string => `Collection(${type})`;

const typeOf = (owner: string, name: string, property: PropertySchema): string => {
  const named = isComplex(property) || isEnum(property);
  const one = named ? own(typeNameOf(owner, name, property)) : edm[property.type];
  return property.type === 'collection' ? collectionOf(one) : one;
};

const property = (owner: string, name: string, schema: PropertySchema): Element =>
  element('Property', {
    Name: name,
    Type: typeOf(owner, name, schema),
    ...(schema.type === 'collection' ? { Nullable: 'false' } : {}),
  });

const properties = (owner: string, members: Readonly<Record<string, PropertySchema>>): readonly Element[] =>
  Object.entries(members).map(([name, schema]) => property(owner, name, schema));

const navigation = (name: string, { to, many, contained }: NavigationSchema): Element => {
  const type = own(to().name);
  return element('NavigationProperty', {
    Name: name,
    Type: many ? collectionOf(type) : type,
    ...(contained ? { ContainsTarget: 'true' } : {}),
  });
};

const entityType = ({ name, base, properties: members, navigations }: EntityType): Element =>
  element('EntityType', { Name: name, BaseType: own(base) }, [
    ...properties(name, members),
    ...Object.entries(navigations).map(([to, schema]) => navigation(to, schema)),
  ]);

const rootType = element('EntityType', { Name: root, Abstract: 'true' }, [
  element('Key', {}, [element('PropertyRef', { Name: 'id' })]),
  element('Property', { Name: 'id', Type: 'Edm.String', Nullable: 'false' }),
]);

/** A step of a path is an entity whose navigations are the sets below it. */
const segmentType = (version: GraphVersion, { type, segments, sets }: Segment): Element =>
  element('EntityType', { Name: type, BaseType: own(root) }, [
    ...segments.map((below) =>
      element('NavigationProperty', { Name: below.name, Type: own(below.type), ContainsTarget: 'true' }),
    ),
    ...sets.map((set) =>
      element('NavigationProperty', {
        Name: nameOf(set),
        Type: collectionOf(own(schemaOf(set, version).name)),
        ContainsTarget: 'true',
      }),
    ),
  ]);

const enumType = (name: string, values: readonly string[]): Element =>
  element(
    'EnumType',
    { Name: name },
    [...values, 'unknownFutureValue'].map((value, index) => element('Member', { Name: value, Value: String(index) })),
  );

/** `unifiedRoleEligibilitySchedule` → `roleEligibilityScheduleFilterByCurrentUserOptions` (reference §2.4). */
const optionsOf = (type: string): string => {
  const plain = type.replace(/^unified|^privilegedAccessGroup/, '');
  return `${plain.charAt(0).toLowerCase()}${plain.slice(1)}FilterByCurrentUserOptions`;
};

const binding = (type: string): Element => element('Parameter', { Name: 'bindingParameter', Type: type });

const functionOf = (type: string): Element =>
  element('Function', { Name: 'filterByCurrentUser', IsBound: 'true' }, [
    binding(collectionOf(own(type))),
    element('Parameter', { Name: 'on', Type: own(optionsOf(type)), Nullable: 'false' }),
    element('ReturnType', { Type: collectionOf(own(type)) }),
  ]);

const actionOf = (type: string, name: string): Element =>
  element('Action', { Name: name, IsBound: 'true' }, [binding(own(type))]);

/** Two sets of one type have one function between them. */
const operations = (sets: readonly ServedSet[], version: GraphVersion): readonly Element[] => {
  const byType = new Map(sets.map((set) => [schemaOf(set, version).name, set] as const));
  return [...byType].flatMap(([type, { filterByCurrentUser, actions = [] }]) => [
    ...(filterByCurrentUser ? [enumType(optionsOf(type), filterByCurrentUser), functionOf(type)] : []),
    ...actions.map((name) => actionOf(type, name)),
  ]);
};

const container = (version: GraphVersion, { segments, sets }: Segment): Element =>
  element('EntityContainer', { Name: 'GraphService' }, [
    ...sets.map((set) => {
      const type = own(schemaOf(set, version).name);
      return set.isSingleton
        ? element('Singleton', { Name: nameOf(set), Type: type })
        : element('EntitySet', { Name: nameOf(set), EntityType: type });
    }),
    ...segments.map(({ name, type }) => element('Singleton', { Name: name, Type: own(type) })),
  ]);

/** `$metadata` of these sets in one version of the API: CSDL 4.0 in XML. The same sets always give the same text. */
export const csdlOf = (all: readonly ServedSet[], version: GraphVersion): string => {
  const sets = setsIn(all, version);
  const { entities, complexes, enums } = typeModelOf(sets.map((set) => schemaOf(set, version)));
  const tree = containerOf(sets);
  const open = ({ of }: { readonly of: number }) => (of === 0 ? { OpenType: 'true' } : {});
  const schema = element(
    'Schema',
    { Namespace: 'microsoft.graph', Alias: 'graph', xmlns: 'http://docs.oasis-open.org/odata/ns/edm' },
    [
      ...enums.map(({ name, values }) => enumType(name, values)),
      rootType,
      ...entities.map(entityType),
      ...segmentsBelow(tree).map((segment) => segmentType(version, segment)),
      ...complexes.map(({ name, properties: members }) =>
        element('ComplexType', { Name: name, ...open({ of: Object.keys(members).length }) }, properties(name, members)),
      ),
      ...operations(sets, version),
      container(version, tree),
    ],
  );
  const edmx = element('edmx:Edmx', { Version: '4.0', 'xmlns:edmx': 'http://docs.oasis-open.org/odata/ns/edmx' }, [
    element('edmx:DataServices', {}, [schema]),
  ]);
  return `<?xml version="1.0" encoding="utf-8"?>\n${edmx}\n`;
};
