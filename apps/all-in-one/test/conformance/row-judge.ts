import type { Asker, Told } from './asker';
import { faultsOf } from './model-judge';
import type { Answer, Row } from './row';

type Entity = Readonly<Record<string, unknown>>;

const json = 'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';

/** What every answer of Graph has (reference §0.1). */
const expectHeaders = ({ headers, text }: Told, type: string): void => {
  expect(headers.get('odata-version')).toBe('4.0');
  expect(headers.get('request-id')).toMatch(/^[0-9a-f-]{36}$/);
  expect(headers.get('client-request-id')).toMatch(/./);
  expect(headers.get('date')).toMatch(/GMT$/);
  if (text !== '') expect(headers.get('content-type')).toMatch(type);
};

/** reference §5.1 */
const expectError = ({ body, headers }: Told, { code, says }: Answer): void => {
  expect(body).toMatchObject({
    error: {
      code: code ?? expect.stringMatching(/^\w+$/),
      message: says === undefined ? expect.stringMatching(/./) : expect.stringContaining(says),
      innerError: {
        date: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/),
        'request-id': headers.get('request-id'),
        'client-request-id': headers.get('client-request-id'),
      },
    },
  });
};

const names = (entity: Entity): readonly string[] => Object.keys(entity).filter((name) => !name.includes('@odata.'));

const expectEntities = (entities: readonly Entity[], answer: Answer, isBeta: boolean): void => {
  const type = answer.is ?? answer.each;
  const { expands = [], lacks = [], only } = answer;
  if (answer.each) expect(entities).not.toEqual([]);
  for (const entity of entities) {
    if (type) expect(faultsOf(entity, { type, isBeta, expands, lacks })).toEqual([]);
    if (only) expect([...names(entity)].sort()).toEqual([...only].sort());
  }
};

const expectBody = (asker: Asker, { body }: Told, answer: Answer, isBeta: boolean): void => {
  const { context, body: members, value } = asker.filled(answer);
  const { value: found, ...whole } = body as Entity & { value?: readonly Entity[] };
  const base = `${asker.server.url}/${isBeta ? 'beta' : 'v1.0'}/$metadata`;
  if (context !== undefined) expect(whole['@odata.context']).toBe(`${base}${context}`);
  if (members) expect(body).toMatchObject(members);
  if (typeof value === 'number') expect(found).toHaveLength(value);
  else if (value) expect(found).toMatchObject(value);
  expectEntities(answer.is ? [whole] : (found ?? [whole]), answer, isBeta);
};

const prepare = async (asker: Asker, steps: Row['given'] = []): Promise<void> => {
  for (const step of steps) {
    const { status, text } = await asker.send(step);
    if (status >= 400) throw new Error(`before this row ${step.ask} was answered ${status}: ${text}`);
  }
};

const isGraph = ({ ask, answer }: Row): boolean => !/ \/openpim\//.test(ask) && !answer.text;

/** Asks what a row asks, and holds the answer against what it says. */
export const judge = async (asker: Asker, row: Row): Promise<void> => {
  await prepare(asker, row.given);
  const told = await asker.send(row);
  const { answer } = row;
  expect([told.status, told.status === answer.status ? '' : told.text]).toEqual([answer.status, '']);
  expectHeaders(told, isGraph(row) ? json : '');
  for (const [name, value] of Object.entries(answer.headers ?? {})) expect(told.headers.get(name)).toMatch(value);
  if (answer.status >= 400) return expectError(told, asker.filled(answer));
  if (answer.text) return expect(told.text).toMatch(answer.text);
  if (answer.status === 204) return expect(told.text).toBe('');
  return expectBody(asker, told, answer, row.ask.includes(' /beta/'));
};
