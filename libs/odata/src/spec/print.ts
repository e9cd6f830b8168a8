import type { FilterNode, Scalar } from '../index';

const isMoment = (text: string): boolean => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text);

/** Text is always quoted; that a property holds moments or durations, quoted forms say as well. */
const printScalar = (value: Scalar): string =>
  typeof value === 'string' ? (isMoment(value) ? value : `'${value.replaceAll("'", "''")}'`) : String(value);

type Kind = FilterNode['kind'];
type Printers = { [K in Kind]: (node: Extract<FilterNode, { kind: K }>, variable: string | undefined) => string };

const printPath = (path: readonly string[], variable: string | undefined): string =>
  [...(variable === undefined ? [] : [variable]), ...path].join('/');

const printList = (
  { kind, nodes }: Extract<FilterNode, { kind: 'and' | 'or' }>,
  variable: string | undefined,
): string => nodes.map((each) => `(${print(each, variable)})`).join(` ${kind} `);

const printers: Printers = {
  and: printList,
  or: printList,
  not: ({ node }, variable) => `not (${print(node, variable)})`,
  compare: ({ path, op, value }, variable) => `${printPath(path, variable)} ${op} ${printScalar(value)}`,
  in: ({ path, values }, variable) => `${printPath(path, variable)} in (${values.map(printScalar).join(',')})`,
  text: ({ fn, path, text }, variable) => `${fn}(${printPath(path, variable)},'${text.replaceAll("'", "''")}')`,
  any: ({ path, node }, variable) => `${printPath(path, variable)}/any(${node ? `x:${print(node, 'x')}` : ''})`,
};

/** A filter as text; `print` and `parseFilter` undo each other. */
export const print = (node: FilterNode, variable?: string): string => {
  const printer = printers[node.kind] as (node: FilterNode, variable: string | undefined) => string;
  return printer(node, variable);
};
