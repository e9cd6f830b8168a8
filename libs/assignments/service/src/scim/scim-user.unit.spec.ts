import { parseFilter } from './scim-filter';
import { patched, type PatchOperation } from './scim-patch';
import { readUser } from './scim-user';

const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const id = '26118915-6090-4610-87e4-49d8ca9f808d';

const user = {
  userName: 'babs@example.com',
  [enterprise]: { department: 'Sales', manager: { value: 'before', $ref: 'https://x/Users/before', displayName: 'B' } },
};
const unmanaged = { userName: 'babs@example.com' };

const op = (verb: string, path: string | null, value?: unknown): PatchOperation => ({ op: verb, path, value });

describe('a manager', () => {
  it.each<[string, unknown]>([
    ['an object (RFC 7643 §4.3)', { value: id, $ref: `../Users/${id}`, displayName: 'John' }],
    ['a bare id', id],
    ['a list of one', [{ value: id }]],
  ])('is read from %s', (_, manager) => {
    expect(readUser({ ...user, [enterprise]: { manager } }).manager).toBe(id);
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['nothing', ''],
    ['an object without a value', { displayName: 'John' }],
    ['an empty list', []],
  ])('is nobody for %s', (_, manager) => {
    expect(readUser({ ...user, [enterprise]: { manager } }).manager).toBeNull();
  });

  it.each<[string, PatchOperation]>([
    ['the RFC', op('replace', `${enterprise}:manager`, { value: id })],
    ['the RFC, by its part', op('replace', `${enterprise}:manager.value`, id)],
    ['Entra ID', op('Add', `${enterprise}:manager`, id)],
    ['Entra ID, in its documentation', op('Add', 'manager', [{ $ref: `https://x/Users/${id}`, value: id }])],
    ['Okta', op('replace', null, { [enterprise]: { manager: { value: id, displayName: 'John' } } })],
    ['whoever names it without a path', op('add', null, { [`${enterprise}:manager`]: id })],
  ])('changes as %s says it', (_, operation) => {
    expect(readUser(patched(user, [operation]))).toMatchObject({ manager: id, attributes: { department: 'Sales' } });
    expect(readUser(patched(unmanaged, [operation])).manager).toBe(id);
  });

  it.each<[string, PatchOperation]>([
    ['the RFC', op('remove', `${enterprise}:manager`)],
    ['Entra ID', op('Remove', 'manager', [{ value: 'before' }])],
    ['Okta', op('replace', null, { [enterprise]: { manager: null } })],
    ['whoever empties it', op('replace', `${enterprise}:manager`, '')],
  ])('goes as %s says it', (_, operation) => {
    expect(readUser(patched(user, [operation]))).toMatchObject({ manager: null, attributes: { department: 'Sales' } });
  });

  it.each(['manager', `${enterprise}:manager`])('is found by %s', (name) => {
    const { matches, demands } = parseFilter(`${name} eq "BEFORE"`);
    expect([matches(user), matches(unmanaged)]).toEqual([true, false]);
    expect(Object.values(demands)).toEqual(['BEFORE']);
  });

  it.each([{ value: 'x'.repeat(300) }, { value: [id] }, true])('is named by a short text, not by %j', (manager) =>
    expect(() => readUser({ ...user, [enterprise]: { manager } })).toThrow(/manager must be text/),
  );
});

describe('an address', () => {
  const mailOf = (emails: readonly object[]) => readUser({ userName: 'babs@example.com', emails }).attributes.mail;

  it('is the one of work, then the primary one, then the first', () => {
    const [home, primary, work] = [
      { type: 'home', value: 'h@example.com' },
      { primary: true, value: 'p@example.com' },
      { type: 'Work', value: 'w@example.com' },
    ];
    expect(mailOf([home, primary, work])).toBe('w@example.com');
    expect(mailOf([home, primary])).toBe('p@example.com');
    expect(mailOf([home])).toBe('h@example.com');
  });

  it('has a type that is text: another one says nothing', () => {
    const odd = JSON.parse(
      '{"type": {"toString": null}, "primary": {"toString": null}, "value": "o@example.com"}',
    ) as object;
    expect(mailOf([odd])).toBe('o@example.com');
  });
});
