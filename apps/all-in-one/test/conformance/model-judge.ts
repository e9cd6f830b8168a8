import { betaTypes, enums, types, type TypeTable } from './model';

type Json = unknown;
type Entity = Readonly<Record<string, Json>>;

export interface Wanted {
  readonly type: string;
  readonly isBeta?: boolean;
  /** Navigations that were asked for. */
  readonly expands?: readonly string[];
  /** Properties of the schema that we do not answer; the row says why. */
  readonly lacks?: readonly string[];
}

const text = { String: /^/, DateTimeOffset: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,6}[1-9])?Z$/, Duration: /^-?P.+/ };

const isObject = (value: Json): value is Entity => typeof value === 'object' && value !== null && !Array.isArray(value);

const definitionOf = (table: TypeTable, type: string): readonly [string, string] => {
  const found = table[type] ?? types[type];
  if (!found) throw new Error(`${type} is not in the table of types: add it to model.ts`);
  return found;
};

/** Every property of a type and of what it derives from, with its type. */
const propertiesOf = (type: string, table: TypeTable): ReadonlyMap<string, string> => {
  const [base, own] = definitionOf(table, type);
  const listed = own.split('; ').filter((entry) => entry !== '');
  return new Map([
    ...(base === '' ? [] : propertiesOf(base, table)),
    ...listed.map((entry) => entry.split(': ') as [string, string]),
  ]);
};

const derives = (type: string, ancestor: string, table: TypeTable): boolean =>
  type === ancestor || (type !== '' && derives(definitionOf(table, type)[0], ancestor, table));

/** The type an object says it has; one that says none has the declared one. */
const typeOf = (value: Entity, declared: string, table: TypeTable): string => {
  const said = value['@odata.type'];
  if (said === undefined) return declared;
  const name = /^#microsoft\.graph\.(\w+)$/.exec(String(said))?.[1] ?? '';
  return derives(name, declared, table) ? name : `a ${declared} with the type ${JSON.stringify(said)}`;
};

/** Types that are never answered as themselves: each value has to say which one it is (reference §0.2). */
const isAbstract = (type: string): boolean => /^(unifiedRoleManagementPolicyRule|subjectSet|userSet)$/.test(type);

const isOf = (value: Json, type: string): boolean => {
  const pattern = text[type as keyof typeof text];
  if (pattern) return typeof value === 'string' && pattern.test(value);
  if (enums[type]) return enums[type].includes(String(value));
  if (type === 'Boolean') return typeof value === 'boolean';
  return type === 'Int32' ? Number.isInteger(value) : isObject(value);
};

/** What is wrong with a value of a declared type, each fault with its place. */
const faultsOfValue = (value: Json, declared: string, at: string, table: TypeTable): readonly string[] => {
  const item = /^Collection\((\w+)\)/.exec(declared)?.[1];
  if (item) return faultsOfItems(value, `${item}!`, at, table);
  if (value === null && !declared.endsWith('!')) return [];
  const type = declared.replace('!', '');
  if (!isOf(value, type)) return [`${at} is no ${type}: ${JSON.stringify(value)}`];
  return isObject(value) ? faultsOfObject(value, { type }, at, table) : [];
};

/** Collections are never null. */
const faultsOfItems = (value: Json, item: string, at: string, table: TypeTable): readonly string[] =>
  Array.isArray(value)
    ? value.flatMap((one, index) => faultsOfValue(one, item, `${at}[${index}]`, table))
    : [`${at} is no collection: ${JSON.stringify(value)}`];

/** Which names are printed, against which are declared or were asked for. */
const faultsOfNames = (value: Entity, known: readonly string[], at: string): readonly string[] => {
  const printed = Object.keys(value).filter((name) => !name.includes('@odata.'));
  return [
    ...printed.filter((name) => !known.includes(name)).map((name) => `${at}.${name} is unknown`),
    ...known.filter((name) => !printed.includes(name)).map((name) => `${at}.${name} is missing`),
  ];
};

const faultsOfObject = (value: Entity, wanted: Wanted, at: string, table: TypeTable): readonly string[] => {
  const { type, expands = [], lacks = [] } = wanted;
  const actual = typeOf(value, type, table);
  if (actual === type && isAbstract(type)) return [`${at} does not say its @odata.type`];
  const declared = [...propertiesOf(actual, table)].filter(([name]) => !lacks.includes(name));
  const present = declared.filter(([name]) => name in value);
  return [
    ...faultsOfNames(value, [...declared.map(([name]) => name), ...expands], at),
    ...present.flatMap(([name, of]) => faultsOfValue(value[name], of, `${at}.${name}`, table)),
  ];
};

/**
 * What keeps an answered entity from being what the schema says: properties missing or unknown, null where it must not
 * be, the wrong type, or an enum in another casing. Empty: nothing. Expanded navigations have rows of their own.
 */
export const faultsOf = (entity: Json, wanted: Wanted): readonly string[] => {
  const table = wanted.isBeta ? betaTypes : types;
  return isObject(entity) ? faultsOfObject(entity, wanted, wanted.type, table) : [`${wanted.type} is no object`];
};
