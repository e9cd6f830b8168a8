// JSON Schemas of events, read from the contracts' TypeScript types: the data of every version of every event.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

const programOf = (files) => {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.base.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent({ ...config, files }, ts.sys, root);
  return ts.createProgram(files, { ...options, types: [] });
};

/** `export type X = DomainEvent<'X', Data>` → [['X', { node: Data, comment }]]; anything else → nothing. */
const eventOf = (statement) => {
  if (!ts.isTypeAliasDeclaration(statement) || !ts.isTypeReferenceNode(statement.type)) return [];
  const { typeName, typeArguments } = statement.type;
  return typeName.getText() === 'DomainEvent'
    ? [[statement.name.text, { data: typeArguments[1], comment: commentOf(statement) }]]
    : [];
};

const commentOf = (node) =>
  ts
    .getJSDocCommentsAndTags(node)
    .filter(ts.isJSDoc)
    .map(({ comment }) => ts.getTextOfJSDocComment(comment) ?? '')
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();

/** Every `contract('X', lift1to2, …)` below a node → [['X', [lift1to2, …]]]. */
const contractsIn = (node) => {
  const found = [];
  const visit = (child) => {
    if (ts.isCallExpression(child) && child.expression.getText() === 'contract')
      found.push([child.arguments[0].text, child.arguments.slice(1)]);
    ts.forEachChild(child, visit);
  };
  visit(node);
  return found;
};

/**
 * One entry for each version of each event: `{ type, version, comment, schema }`. The type of a version before today's is
 * what its upcaster takes.
 */
export const eventSchemas = (files) => {
  const program = programOf(files);
  const checker = program.getTypeChecker();
  const statements = files.flatMap((file) => [...program.getSourceFile(file).statements]);
  const events = new Map(statements.flatMap(eventOf));
  return statements.flatMap(contractsIn).flatMap(([type, lifts]) => {
    const { data, comment } = events.get(type);
    const older = lifts.map((lift) => checker.getTypeAtLocation(lift).getCallSignatures()[0].parameters[0]);
    const types = [...older.map((parameter) => checker.getTypeOfSymbol(parameter)), checker.getTypeFromTypeNode(data)];
    return types.map((of, index) => ({ type, version: index + 1, comment, schema: schemaOf(of, checker) }));
  });
};

/** An exported interface of the contracts, by its name: `{ comment, schema }`. Throws when there is none. */
export const interfaceSchema = (files, name) => {
  const program = programOf(files);
  const declaration = files
    .flatMap((file) => [...program.getSourceFile(file).statements])
    .find((statement) => ts.isInterfaceDeclaration(statement) && statement.name.text === name);
  if (!declaration) throw new Error(`The contracts declare no interface ${name}; a topic of what holds needs it.`);
  const checker = program.getTypeChecker();
  return { comment: commentOf(declaration), schema: schemaOf(checker.getTypeAtLocation(declaration), checker) };
};

const has = (type, flag) => (type.flags & flag) !== 0;

const scalars = [
  [ts.TypeFlags.String | ts.TypeFlags.TemplateLiteral, { type: 'string' }],
  [ts.TypeFlags.Number, { type: 'number' }],
  [ts.TypeFlags.Boolean, { type: 'boolean' }],
  [ts.TypeFlags.Null, { type: 'null' }],
];

const schemaOf = (type, checker) => {
  const scalar = scalars.find(([flag]) => has(type, flag))?.[1];
  if (scalar) return { ...scalar };
  if (has(type, ts.TypeFlags.StringLiteral | ts.TypeFlags.NumberLiteral)) return { const: type.value };
  if (has(type, ts.TypeFlags.BooleanLiteral)) return { const: checker.typeToString(type) === 'true' };
  if (type.isUnion())
    return unionOf(
      type.types.filter((one) => !has(one, ts.TypeFlags.Undefined)),
      checker,
    );
  if (checker.isArrayType(type)) return { type: 'array', items: schemaOf(checker.getTypeArguments(type)[0], checker) };
  if (checker.isTupleType(type)) return tupleOf(checker.getTypeArguments(type), checker);
  if (has(type, ts.TypeFlags.Object | ts.TypeFlags.Intersection)) return objectOf(type, checker);
  throw new Error(`${checker.typeToString(type)} has no JSON Schema here: teach tools/asyncapi/schemas.mjs.`);
};

const tupleOf = (types, checker) => ({
  type: 'array',
  prefixItems: types.map((type) => schemaOf(type, checker)),
  minItems: types.length,
  maxItems: types.length,
});

/** In an order of its own: the compiler's depends on what else it has seen. */
const unionOf = (types, checker) => {
  const schemas = types.map((type) => schemaOf(type, checker));
  const literals = schemas.filter((schema) => 'const' in schema).map((schema) => schema.const);
  const others = schemas.filter((schema) => !('const' in schema)).sort(byText);
  const alternatives = [...literalsOf(literals), ...others];
  return alternatives.length === 1 ? alternatives[0] : joined(alternatives);
};

const byText = (a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

const literalsOf = (literals) => {
  if (literals.length === 0) return [];
  if (literals.includes(true) && literals.includes(false))
    return [...literalsOf(literals.filter((one) => typeof one !== 'boolean')), { type: 'boolean' }];
  return [literals.length === 1 ? { const: literals[0] } : { enum: [...literals].sort() }];
};

/** `string | null` reads better as one type with two names. */
const joined = (alternatives) =>
  alternatives.every((schema) => Object.keys(schema).join() === 'type')
    ? {
        type: alternatives
          .map(({ type }) => type)
          .sort()
          .reverse(),
      }
    : { anyOf: alternatives };

/** More members than these may come in later releases; a reader lets them pass. */
const objectOf = (type, checker) => {
  const properties = checker.getPropertiesOfType(type);
  const required = properties.filter(({ flags }) => !(flags & ts.SymbolFlags.Optional)).map(({ name }) => name);
  const index = checker.getIndexInfosOfType(type)[0];
  return {
    type: 'object',
    ...(properties.length
      ? { properties: Object.fromEntries(properties.map((one) => [one.name, propertyOf(one, checker)])) }
      : {}),
    ...(required.length ? { required: required.sort() } : {}),
    ...(index ? { additionalProperties: schemaOf(index.type, checker) } : {}),
  };
};

const propertyOf = (symbol, checker) => {
  const declaration = symbol.declarations?.find(ts.isPropertySignature);
  const schema = schemaOf(checker.getTypeOfSymbol(symbol), checker);
  const description = declaration ? commentOf(declaration) : '';
  return {
    ...(/^Instant( \| null)?$/.test(declaration?.type?.getText() ?? '') ? { ...schema, format: 'date-time' } : schema),
    ...(description ? { description } : {}),
  };
};
