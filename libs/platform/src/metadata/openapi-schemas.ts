import type { NavigationSchema, PropertySchema } from '@pim/odata';
import { isComplex, isEnum, root, typeNameOf, type EntityType, type TypeModel } from './type-model';

type Json = Readonly<Record<string, unknown>>;

/** The name of a type among the document's components. */
export const componentOf = (name: string): string => `microsoft.graph.${name}`;

export const refTo = (name: string): Json => ({ $ref: `#/components/schemas/${componentOf(name)}` });

const plain: Readonly<Record<PropertySchema['type'], Json>> = {
  string: { type: ['string', 'null'] },
  boolean: { type: ['boolean', 'null'] },
  dateTime: { type: ['string', 'null'], format: 'date-time' },
  int: { type: ['integer', 'null'] },
  duration: { type: ['string', 'null'], format: 'duration' },
  complex: { type: ['object', 'null'] },
  collection: { type: 'string' },
};

const elementOf = (owner: string, name: string, property: PropertySchema): Json =>
  isComplex(property) || isEnum(property) ? refTo(typeNameOf(owner, name, property)) : plain[property.type];

const propertyOf = (owner: string, name: string, property: PropertySchema): Json => {
  const one = elementOf(owner, name, property);
  if (property.type === 'collection') return { type: 'array', items: one };
  return '$ref' in one ? { anyOf: [one, { type: 'null' }] } : one;
};

const membersOf = (owner: string, properties: EntityType['properties']): Json =>
  Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, propertyOf(owner, name, schema)]));

const navigationOf = ({ to, many }: NavigationSchema): Json => {
  const one = refTo(to().name);
  return many ? { type: 'array', items: one } : { anyOf: [one, { type: 'null' }] };
};

const entitySchema = ({ name, base, properties, navigations }: EntityType): Json => ({
  allOf: [
    refTo(base),
    {
      type: 'object',
      properties: {
        ...membersOf(name, properties),
        ...Object.fromEntries(Object.entries(navigations).map(([to, schema]) => [to, navigationOf(schema)])),
      },
    },
  ],
});

/** Every type of the model as a JSON Schema, by component name. */
export const componentsOf = ({ entities, complexes, enums }: TypeModel): Json =>
  Object.fromEntries([
    [componentOf(root), { type: 'object', properties: { id: { type: 'string' }, '@odata.type': { type: 'string' } } }],
    ...entities.map((entity) => [componentOf(entity.name), entitySchema(entity)] as const),
    ...complexes.map(({ name, properties }) => [
      componentOf(name),
      { type: 'object', properties: membersOf(name, properties) },
    ]),
    ...enums.map(({ name, values }) => [componentOf(name), { type: 'string', enum: values }]),
  ] as const);
