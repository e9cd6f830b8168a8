import { parseFilter } from './scim-filter';

/** RFC 7643 §8.2, the parts that filters of RFC 7644 §3.4.2.2 ask about. */
const bjensen = {
  id: '2819c223-7f76-453a-919d-413861904646',
  externalId: '701984',
  userName: 'bjensen@example.com',
  name: { formatted: 'Ms. Barbara J Jensen, III', familyName: 'Jensen', givenName: 'Barbara' },
  title: 'Tour Guide',
  userType: 'Employee',
  active: true,
  emails: [
    { value: 'bjensen@example.com', type: 'work', primary: true },
    { value: 'babs@jensen.org', type: 'home' },
  ],
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': { department: 'Tour Operations' },
  meta: { created: '2010-01-23T04:56:22Z' },
};

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

describe('a SCIM filter', () => {
  it.each([
    'userName eq "bjensen@example.com"',
    'userName Eq "BJENSEN@example.com"',
    'USERNAME eq "bjensen@example.com"',
    'name.familyName co "ENSEN"',
    'userName sw "bj"',
    'urn:ietf:params:scim:schemas:core:2.0:User:userName sw "bj"',
    'title pr',
    'meta.created ge "2010-01-01T00:00:00Z"',
    'title pr and userType eq "Employee"',
    'title pr or userType eq "Intern"',
    'userType eq "Employee" and (emails co "example.com" or emails.value co "example.org")',
    'userType ne "Intern" and not (emails co "elsewhere.com")',
    'userType eq "Employee" and (emails.type eq "work")',
    'userType eq "Employee" and emails[type eq "work" and value co "@example.com"]',
    'emails[type eq "work" and value co "@example.com"] or ims[type eq "xmpp" and value co "@foo.com"]',
    `${enterprise}:department eq "tour operations"`,
    'active eq true',
    'nickName eq null',
    'userName ew ".com"',
    'userName gt "a" and userName le "c"',
    'externalId eq "701984"',
  ])('finds by %s', (filter) => expect(parseFilter(filter).matches(bjensen)).toBe(true));

  it.each([
    'userName eq "jsmith@example.com"',
    'nickName pr',
    'not (userName pr)',
    'emails[type eq "home" and value co "@example.com"]',
    'active eq false',
    'active eq "true"',
    'title lt "A"',
    'userType eq "Intern" or title eq "x" and userName pr',
    'constructor pr',
  ])('does not find by %s', (filter) => expect(parseFilter(filter).matches(bjensen)).toBe(false));

  it.each([
    ['', 'invalidFilter'],
    ['userName', 'invalidFilter'],
    ['userName eq', 'invalidFilter'],
    ['userName eq bjensen', 'invalidFilter'],
    ['userName is "x"', 'invalidFilter'],
    ['userName constructor "x"', 'invalidFilter'],
    ['userName eq "x', 'invalidFilter'],
    ['userName eq "x" and', 'invalidFilter'],
    ['(userName pr', 'invalidFilter'],
    ['userName pr)', 'invalidFilter'],
    ['userName eq {"a":1}', 'invalidFilter'],
    ['emails[type eq "work"', 'invalidFilter'],
    [`${'('.repeat(30)}title pr${')'.repeat(30)}`, 'invalidFilter'],
    [`title eq "${'x'.repeat(3_000)}"`, 'invalidFilter'],
    ['a.b.c eq "x"', 'invalidPath'],
    ['9 eq "x"', 'invalidPath'],
    ['__proto__ pr', 'invalidPath'],
  ])('is refused: %.40s', (filter, code) => {
    expect(() => parseFilter(filter)).toThrow(expect.objectContaining({ kind: 'invalid', code }));
  });

  it('tells what it demands in any case, to look things up by', () => {
    const { demands } = parseFilter('userName eq "A@b" and externalId eq "1" and (title eq "x" or title eq "y")');
    expect(demands).toEqual({ username: 'A@b', externalid: '1' });
    expect(parseFilter('userName eq "a" or externalId eq "1"').demands).toEqual({});
    expect(parseFilter('not (userName eq "a")').demands).toEqual({});
  });
});
