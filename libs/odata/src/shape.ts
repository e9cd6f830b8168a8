import type { Expand, ODataQuery } from './ast';
import { shownOf } from './context';
import { applyQuery } from './in-memory';
import { canonicalValue, type EntitySchema, type NavigationSchema, type PropertySchema } from './schema';

type Properties = Readonly<Record<string, PropertySchema>>;
type Printed = Record<string, unknown>;

const own = (value: object, name: string): unknown =>
  Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;

/** ISO with milliseconds, its trailing zeros trimmed as Graph prints it (reference §0.3). */
const trimmed = (text: string): string =>
  text.replace(/\.(\d*?)0*Z$/, (_, digits: string) => (digits ? `.${digits}Z` : 'Z'));

const printText = (text: string, property: PropertySchema): string => {
  if (property.type === 'dateTime') return trimmed(text);
  return property.type === 'string' ? canonicalValue(text, property) : text;
};

const printValue = (value: unknown, property: PropertySchema): unknown => {
  if (value === undefined || value === null) return null;
  if (typeof value === 'string') return printText(value, property);
  if (Array.isArray(value)) return value.map((item) => printElement(item, property));
  return typeof value === 'object' && property.of ? printMembers(value, property.of) : value;
};

const printElement = (item: unknown, { of }: PropertySchema): unknown =>
  of && typeof item === 'object' && item !== null ? printMembers(item, of) : item;

/** The value's own type, when it says it; then the declared members in their order, null when unset. */
const printMembers = (value: object, properties: Properties, type?: string): Printed => {
  const ownType = own(value, '@odata.type') ?? type;
  const printed: Printed = ownType === undefined ? {} : { '@odata.type': ownType };
  for (const [name, property] of Object.entries(properties)) {
    const member = own(value, name);
    if (member !== undefined || !property.optional) printed[name] = printValue(member, property);
  }
  return printed;
};

const selectedOf = ({ properties }: EntitySchema, select: readonly string[] | undefined): Properties =>
  select ? Object.fromEntries(Object.entries(properties).filter(([name]) => select.includes(name))) : properties;

/** Where an entity is, and what was looked up for it. */
export interface Around {
  /** What expansions lead to, by navigation. */
  readonly expanded?: Readonly<Record<string, unknown>>;
  /** The entity's own path in a context: `https://…/$metadata#set('key')`. Contexts of what it contains begin with it. */
  readonly place?: string;
}

const keyOf = (entity: object): string => String(own(entity, 'id')).replaceAll("'", "''");

const printFound = (value: unknown, { query }: Expand, { to, many }: NavigationSchema, place: string): unknown => {
  const schema = to();
  if (Array.isArray(value))
    return applyQuery(value.filter(isObject), query, schema).map((item) =>
      shape(item, query, schema, { place: `${place}('${keyOf(item)}')` }),
    );
  return isObject(value) ? shape(value, query, schema, { place }) : many ? [] : null;
};

/** An expansion, preceded by its context where it is a collection that the entity contains. */
const printNavigation = (value: unknown, expand: Expand, navigation: NavigationSchema, place: string): Printed => {
  const { name, query } = expand;
  const path = `${place}/${name}`;
  const context = navigation.contained && navigation.many ? { [`${name}@odata.context`]: path + shownOf(query) } : {};
  return { ...context, [name]: printFound(value, expand, navigation, path) };
};

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/**
 * An entity as it is answered (reference §0.2, §0.3): the selected properties, otherwise every declared one, in schema
 * order, null when unset; nothing the schema does not declare. Expanded navigations follow, shaped by their own nested
 * query; their entities come from `expanded`, or are found inside the entity. A contained collection is preceded by its
 * context. Text in enums gets its documented casing, date-times their trimmed form.
 */
export const shape = (
  entity: object,
  query: Pick<ODataQuery, 'select' | 'expand'>,
  schema: EntitySchema,
  { expanded = {}, place = '' }: Around = {},
): Readonly<Record<string, unknown>> => {
  const printed = printMembers(entity, selectedOf(schema, query.select), schema.type);
  for (const [name, navigation] of Object.entries(schema.navigations ?? {})) {
    const expand = query.expand.find((each) => each.name === name);
    if (!expand) continue;
    const value = own(expanded, name) ?? own(entity, name);
    Object.assign(printed, printNavigation(value, expand, navigation, place));
  }
  return printed;
};
