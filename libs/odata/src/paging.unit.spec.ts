import fc from 'fast-check';
import { nextLink, parseSkipToken, skipTokenOf } from './index';
import { rejected } from './spec/rejected';

const scalar = fc.oneof(fc.integer(), fc.boolean(), fc.constant(null), fc.string({ unit: 'binary' }));
const positions = fc.array(scalar, { maxLength: 4 });

describe('a skip token', () => {
  it('carries a position through a URL unharmed', () => {
    fc.assert(
      fc.property(positions, (position) => {
        const token = skipTokenOf(position);
        expect(encodeURIComponent(token)).toBe(token);
        expect(parseSkipToken(token)).toEqual(position);
      }),
    );
    expect(parseSkipToken(skipTokenOf(['\ud800']))).toEqual(['\ud800']);
  });

  it('with a character changed, added or removed is refused', () => {
    const place = fc.record({ at: fc.nat(40), cut: fc.nat(1), put: fc.constantFrom('', 'A', 'b', '_', '9') });
    fc.assert(
      fc.property(fc.array(fc.uuid(), { maxLength: 2 }), place, (position, { at, cut, put }) => {
        const token = skipTokenOf(position);
        const other = token.slice(0, at) + put + token.slice(at + cut);
        fc.pre(other !== token);
        expect(rejected(() => parseSkipToken(other)).code).toBe('BadRequest');
      }),
    );
  });

  it.each(['', '5', '-1', 'x'.repeat(9000), 'a b', "'", btoa('0.null'), btoa('[1]')])('is not %j', (token) =>
    expect(rejected(() => parseSkipToken(token)).message).toContain('@odata.nextLink'),
  );

  it('that no link could carry is not given out', () =>
    expect(rejected(() => skipTokenOf(['x'.repeat(7000)])).message).toContain('$orderby'));
});

describe('the next link', () => {
  const base = 'https://pim.example/v1.0/set';

  it.each([
    [base, `${base}?$skiptoken=T`],
    [`${base}?`, `${base}?$skiptoken=T`],
    [`${base}?$filter=id%20eq%20%27a%2Bb%27&%24top=5#x`, `${base}?$filter=id%20eq%20%27a%2Bb%27&%24top=5&$skiptoken=T`],
    [`${base}?$skip=5&a=1&$skiptoken=old`, `${base}?a=1&$skiptoken=T`],
    [`${base}?%24SkipToken=old&skip=1&a=$skip`, `${base}?a=$skip&$skiptoken=T`],
  ])('of %s', (url, next) => expect(nextLink(url, 'T')).toBe(next));
});
