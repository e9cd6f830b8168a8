import 'reflect-metadata';
import { IsString } from 'class-validator';
import { ApiError } from '../auth';
import { ListOf, Reason } from './body-members';
import { bodyValidation } from './validation';

class Item {
  @IsString() readonly name!: string;
}

class Body {
  @ListOf(() => Item) readonly items!: readonly Item[];
  @Reason(4) readonly comment!: string;
}

const good = { items: [{ name: 'a' }], comment: ' a\n' };
const read = (body: object): Promise<Body> => bodyValidation().transform(body, { type: 'body', metatype: Body });
const refused = (body: object): Promise<unknown> =>
  read(body).catch((error: ApiError) => [error.status, error.message]);

describe('the members of a body', () => {
  it('are taken as they are sent', async () => expect(await read(good)).toEqual(good));

  it.each<[string, unknown]>([
    ['each of items must be an object', [[]]],
    ['each of items must be an object', [good.items]],
    ['each of items must be an object', [null]],
    ['items must be an array', good.items[0]],
    ['items.0.name must be a string', [{ name: 7 }]],
  ])('are refused where %s', async (message, items) =>
    expect(await refused({ ...good, items })).toEqual([400, expect.stringContaining(message)]),
  );

  it.each(['', ' ', '\t\r\n', '\u00a0\u2003', 7, null, undefined])('say why, and %j does not', async (comment) =>
    expect(await refused({ ...good, comment })).toEqual([400, expect.stringContaining('comment must say why')]),
  );
});
