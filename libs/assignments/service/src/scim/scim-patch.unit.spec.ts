import { patched, type PatchOperation } from './scim-patch';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';

const user = {
  userName: 'babs@example.com',
  name: { familyName: 'Jensen', givenName: 'Barbara' },
  emails: [{ value: 'babs@example.com', type: 'work', primary: true }],
  active: true,
};
const group = { displayName: 'Team', members: [{ value: 'a' }, { value: 'b' }] };

const op = (verb: string, path: string | null, value?: unknown): PatchOperation => ({ op: verb, path, value });

describe('operations of a PATCH (RFC 7644 §3.5.2, and as Entra ID and Okta send them)', () => {
  it.each<[string, object, PatchOperation, object]>([
    [
      'adds a member',
      group,
      op('add', 'members', [{ value: 'c' }]),
      { members: [{ value: 'a' }, { value: 'b' }, { value: 'c' }] },
    ],
    ['adds no member twice', group, op('Add', 'members', [{ value: 'a' }]), { members: group.members }],
    ['removes a member by path', group, op('remove', 'members[value eq "a"]'), { members: [{ value: 'b' }] }],
    ['removes a member by value', group, op('Remove', 'members', [{ value: 'a' }]), { members: [{ value: 'b' }] }],
    ['replaces all members', group, op('replace', 'members', [{ value: 'z' }]), { members: [{ value: 'z' }] }],
    [
      'replaces the parts it names',
      user,
      op('replace', 'name', { givenName: 'Babs' }),
      { name: { familyName: 'Jensen', givenName: 'Babs' } },
    ],
    ['sets without a path', user, op('replace', null, { active: false }), { active: false }],
    [
      'takes dotted names without a path',
      user,
      op('add', null, { 'name.givenName': 'Babs' }),
      { name: { familyName: 'Jensen', givenName: 'Babs' } },
    ],
    [
      'takes names of an extension without a path',
      user,
      op('add', null, { [`${enterprise}:department`]: 'Sales' }),
      { [enterprise]: { department: 'Sales' } },
    ],
    [
      'sets a part',
      user,
      op('replace', 'name.familyName', 'Smith'),
      { name: { familyName: 'Smith', givenName: 'Barbara' } },
    ],
    [
      'adds to a complex attribute',
      user,
      op('add', 'name', { middleName: 'J' }),
      { name: { ...user.name, middleName: 'J' } },
    ],
    [
      'sets a part of one value',
      user,
      op('Replace', 'emails[type eq "work"].value', 'new@example.com'),
      { emails: [{ value: 'new@example.com', type: 'work', primary: true }] },
    ],
    [
      'makes the value whose part it sets',
      user,
      op('Add', 'emails[type eq "home"].value', 'h@example.com'),
      { emails: [...user.emails, { type: 'home', value: 'h@example.com' }] },
    ],
    [
      'sets in an extension',
      user,
      op('Add', `${enterprise}:department`, 'Sales'),
      { [enterprise]: { department: 'Sales' } },
    ],
    ['finds names in any case', user, op('replace', 'USERNAME', 'x@example.com'), { userName: 'x@example.com' }],
  ])('%s', (_, before, operation, expected) => {
    expect(patched({ ...before }, [operation])).toMatchObject(expected);
  });

  it('removes an attribute, and a part of one', () => {
    const after = patched(user, [op('remove', 'emails'), op('remove', 'name.givenName')]);
    expect(after).toEqual({ userName: user.userName, name: { familyName: 'Jensen' }, active: true });
  });

  it('looks through no more than can be answered at once', () => {
    const members = Array.from({ length: 2_000 }, (_, n) => ({ value: `u${n}` }));
    const many = Array.from({ length: 600 }, (_, n) => op('remove', `members[value eq "u${n}"]`));
    for (const operations of [
      many,
      many.map(() => op('add', null, { members: [{ value: 'z' }] })),
      many.slice(0, 30).map(() => op('remove', 'members[display eq "x"]')),
    ])
      expect(() => patched({ members }, operations)).toThrow(expect.objectContaining({ code: 'tooMany' }));
    expect(patched({ members }, many.slice(0, 400))).toEqual({ members: members.slice(400) });
  });

  it('changes nothing of what it was given', () => {
    const before = structuredClone(user);
    patched(user, [op('replace', 'emails[type eq "work"].value', 'x'), op('remove', 'name')]);
    expect(user).toEqual(before);
  });

  it.each<[string, PatchOperation, string]>([
    ['an unknown verb', op('move', 'title', 'x'), 'invalidSyntax'],
    ['a removal of nothing', op('remove', null), 'noTarget'],
    ['a bare value without a path', op('replace', null, 'x'), 'invalidValue'],
    ['a path that is none', op('replace', 'a b', 'x'), 'invalidPath'],
    ['a filter that is none', op('replace', 'emails[type is "work"].value', 'x'), 'invalidFilter'],
    ['the prototype', op('add', '__proto__', { isAdmin: true }), 'invalidPath'],
  ])('refuses %s', (_, operation, code) => {
    expect(() => patched(user, [operation])).toThrow(expect.objectContaining({ code }));
  });
});
