import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What `npm run events` writes; `tools/build.mjs` puts the same files beside the compiled code. */
const folder = join(__dirname, '../../../../docs');

/** What is sent on Kafka, said to machines. */
export interface EventDescriptions {
  /** AsyncAPI, as YAML; its payloads are the schemas, by `./schemas/<file>`. */
  readonly asyncApi: string;
  /** JSON Schemas by file name, `<Event>.v<version>.json`. */
  readonly schemas: ReadonlyMap<string, string>;
}

/** Reads them, once for a process: whoever cannot find them is built incompletely, and is told at the start. */
export const readEventDescriptions = (): EventDescriptions => {
  const files = readdirSync(join(folder, 'schemas'));
  return {
    asyncApi: readFileSync(join(folder, 'asyncapi.yaml'), 'utf8'),
    schemas: new Map(files.map((file) => [file, readFileSync(join(folder, 'schemas', file), 'utf8')])),
  };
};
