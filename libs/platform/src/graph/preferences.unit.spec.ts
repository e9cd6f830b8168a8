import { limitOf } from './page';
import { maxPageSizeOf } from './preferences';

describe('the preferred size of a page', () => {
  it.each([
    ['odata.maxpagesize=50', 50],
    ['include-unknown-enum-members, OData.MaxPageSize = "7"', 7],
    ['maxpagesize=2;a=b', 2],
    [['return=minimal', 'odata.maxpagesize=3'], 3],
    ['odata.maxpagesize=99999999', 999],
  ])('in %j is %d', (prefer, size) => expect(maxPageSizeOf(prefer)).toBe(size));

  it.each([undefined, '', 'odata.maxpagesize=0', 'odata.maxpagesize=-1', 'odata.maxpagesize=ten', 'xmaxpagesize=5'])(
    'is not said by %j',
    (prefer) => expect(maxPageSizeOf(prefer)).toBeNull(),
  );

  it.each([
    [undefined, null, 100],
    [500, null, 500],
    [undefined, 500, 500],
    [5, 2, 2],
    [2, 5, 2],
    [0, 5, 0],
  ])('with $top=%s and %s preferred makes pages of %d', (top, maxPageSize, limit) =>
    expect(limitOf({ top, orderBy: [], skip: 0, count: false, expand: [] }, { maxPageSize })).toBe(limit),
  );
});
