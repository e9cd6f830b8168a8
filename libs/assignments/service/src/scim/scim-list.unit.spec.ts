import { projected, readWish, shownIn } from './scim-list';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const resource = {
  schemas: ['s'],
  id: '1',
  userName: 'a@b',
  name: { givenName: 'A', familyName: 'B' },
  emails: [{ value: 'a@b', type: 'work' }],
  [enterprise]: { department: 'D', employeeNumber: '7' },
  meta: { resourceType: 'User' },
};

describe('what a client wants of a list', () => {
  it('is a page of a hundred from the first on, unless it says otherwise', () => {
    expect(readWish({})).toMatchObject({ filter: null, skip: 0, count: 100 });
    expect(readWish({ startIndex: '11', count: '5' })).toMatchObject({ skip: 10, count: 5 });
    expect(readWish({ startIndex: -3, count: -1 })).toMatchObject({ skip: 0, count: 0 });
    expect(readWish({ count: 5_000 })).toMatchObject({ count: 200 });
  });

  it.each([{ count: 'many' }, { startIndex: 1.5 }, { attributes: [1] }, { filter: ['a', 'b'] }, { count: null }])(
    'is refused: %j',
    (said) => expect(() => readWish(said)).toThrow(),
  );
});

describe('the attributes that are answered', () => {
  it.each([
    ['userName', { userName: 'a@b' }],
    ['USERNAME', { userName: 'a@b' }],
    ['name.givenName,name.familyName', { name: resource.name }],
    ['emails.value', { emails: [{ value: 'a@b' }] }],
    [`${enterprise}:department`, { [enterprise]: { department: 'D' } }],
    ['nothing', {}],
  ])('are %s', (attributes, expected) => {
    const always = { schemas: ['s'], id: '1', meta: resource.meta };
    expect(projected(resource, shownIn({ attributes }))).toEqual({ ...always, ...expected });
  });

  it('are all but those that are excluded, and always the id', () => {
    const { userName: _userName, emails: _emails, ...rest } = resource;
    const excludedAttributes = `userName,emails,id,name.givenName,${enterprise}:department`;
    expect(projected(resource, shownIn({ excludedAttributes }))).toEqual({
      ...rest,
      name: { familyName: 'B' },
      [enterprise]: { employeeNumber: '7' },
    });
  });
});
