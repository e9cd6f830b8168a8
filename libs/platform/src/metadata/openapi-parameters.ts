import type { Route } from './route';

type Json = Readonly<Record<string, unknown>>;

const option = (name: string, schema: Json): Json => ({ name, in: 'query', schema, required: false });
const text: Json = { type: 'string' };
const whole: Json = { type: 'integer', minimum: 0 };

const shown: readonly Json[] = [option('$select', text), option('$expand', text)];
const asked: readonly Json[] = [
  option('$filter', text),
  option('$orderby', text),
  option('$top', { ...whole, maximum: 999 }),
  option('$skip', whole),
  option('$skiptoken', text),
  option('$count', { type: 'boolean' }),
];

const optionsOf = ({ method, set, isEntity }: Route): readonly Json[] => {
  if (method !== 'GET' || !set) return [];
  return isEntity ? shown : [...asked, ...shown];
};

/** What a route takes in its path and its query. */
export const parametersOf = (route: Route): readonly Json[] => {
  const names = [...route.url.matchAll(/:([^/]+)/g)].map(([, name]) => name);
  return [...names.map((name) => ({ name, in: 'path', required: true, schema: text })), ...optionsOf(route)];
};
