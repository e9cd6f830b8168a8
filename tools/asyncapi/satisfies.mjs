// Whether a value satisfies a JSON Schema, for the words that our schemas use. A word it does not know is an error.

const names = {
  string: isA('string'),
  number: isA('number'),
  boolean: isA('boolean'),
  null: (value) => value === null,
  array: Array.isArray,
  object: isObject,
};

function isA(kind) {
  return (value) => typeof value === kind;
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const words = {
  type: (value, type) => [type].flat().some((name) => names[name](value)),
  const: (value, constant) => value === constant,
  enum: (value, constants) => constants.includes(value),
  anyOf: (value, schemas) => schemas.some((schema) => satisfies(value, schema)),
  items: (value, schema) => !Array.isArray(value) || value.every((item) => satisfies(item, schema)),
  prefixItems: (value, schemas) =>
    !Array.isArray(value) || schemas.every((schema, index) => satisfies(value[index], schema)),
  minItems: (value, count) => !Array.isArray(value) || value.length >= count,
  maxItems: (value, count) => !Array.isArray(value) || value.length <= count,
  required: (value, members) => !isObject(value) || members.every((name) => name in value),
  properties: (value, schemas) =>
    !isObject(value) ||
    Object.entries(schemas).every(([name, schema]) => !(name in value) || satisfies(value[name], schema)),
  additionalProperties: (value, schema, { properties = {} }) =>
    !isObject(value) || Object.keys(value).every((name) => name in properties || satisfies(value[name], schema)),
  format: (value) => typeof value !== 'string' || !Number.isNaN(Date.parse(value)),
  description: () => true,
  title: () => true,
  $id: () => true,
  $schema: () => true,
};

export const satisfies = (value, schema) =>
  Object.entries(schema).every(([word, argument]) => {
    if (!words[word]) throw new Error(`${word} is no word that tools/asyncapi/satisfies.mjs knows.`);
    return words[word](value, argument, schema);
  });
