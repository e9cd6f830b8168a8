// Policy files: YAML, checked by a schema before anything is looked at.
import { readFile, stat } from 'node:fs/promises';
import { Ajv } from 'ajv';
import { parseDocument, stringify } from 'yaml';

const schema = JSON.parse(await readFile(new URL('./policy.schema.json', import.meta.url), 'utf8'));

const maxBytes = 4 * 1024 * 1024;
const shownErrors = 10;

const header = `# Custom roles, role settings and eligibilities of an OpenPIM deployment. What is not named here is left as it is.
# npx pim policy apply <this file> shows what it would change, and asks.
`;

const sentence = ({ instancePath, keyword, message, params }) => {
  const named = params.additionalProperty ?? params.allowedValues?.join(', ') ?? params.allowedValue;
  const said = keyword === 'false schema' ? 'is not for this' : message;
  return `${instancePath || 'the file'} ${said}${named === undefined ? '' : `: ${named}`}`;
};

const check = (content) => {
  const validate = new Ajv({
    allErrors: true,
    allowUnionTypes: true,
    strictTypes: false,
    strictRequired: false,
  }).compile(schema);
  if (validate(content)) return content;
  const errors = validate.errors.filter(({ keyword }) => keyword !== 'if');
  const faults = [...new Set(errors.map(sentence))].slice(0, shownErrors);
  throw new Error(`This is no policy file:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
};

/** What a text of YAML says. Throws a list of what is wrong with it. */
export const parsePolicy = (text) => {
  const document = parseDocument(text, { schema: 'core', uniqueKeys: true, version: '1.2' });
  const [error] = [...document.errors, ...document.warnings];
  if (error) throw new Error(`This is no YAML: ${error.message}`);
  return check(document.toJS({ maxAliasCount: 100 }));
};

export const readPolicy = async (path) => {
  const { size } = await stat(path).catch(() => {
    throw new Error(`There is no file ${path}.`);
  });
  if (size > maxBytes) throw new Error(`${path} is larger than ${maxBytes} bytes. Split it.`);
  return parsePolicy(await readFile(path, 'utf8'));
};

export const printPolicy = (policy) => header + stringify(policy, { lineWidth: 0, aliasDuplicateObjects: false });
