import { applyQuery, parseQuery } from './index';
import { request } from './spec/schemas';

const items = [
  { id: 'a', version: 2 },
  { id: 'b', version: null },
  { id: 'c', version: 1 },
  { id: 'd', version: 2 },
];
const ids = (params: Record<string, string>): string =>
  applyQuery(items, parseQuery(params, request), request)
    .map(({ id }) => id)
    .join('');

describe('a list in memory', () => {
  it.each([
    [{}, 'abcd'],
    [{ $filter: 'version eq 2' }, 'ad'],
    [{ $orderby: 'version' }, 'bcad'],
    [{ $orderby: 'version desc,id desc' }, 'dacb'],
    [{ $orderby: 'id desc', $skip: '1', $top: '2' }, 'cb'],
    [{ $top: '0' }, ''],
    [{ $skip: '9' }, ''],
  ])('with %j is %s', (params, expected) => expect(ids(params as Record<string, string>)).toBe(expected));

  it('takes undefined for null', () => {
    const unset = [{ id: 'x', version: undefined }];
    expect(applyQuery(unset, parseQuery({ $filter: 'version eq null' }, request), request)).toEqual(unset);
  });

  it('is not changed by being ordered', () => {
    ids({ $orderby: 'id desc' });
    expect(items.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
  });
});
