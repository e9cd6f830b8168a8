import { categories, topicOf, topics } from './topics';

it('has a topic and a parked topic for every stream of the contracts, and the one of effective roles', () => {
  const names = topics.map(({ name }) => name);
  expect(categories).toEqual(expect.arrayContaining(['request', 'policy', 'approval', 'roleSchedule', 'principal']));
  for (const category of categories)
    expect(names).toEqual(expect.arrayContaining([topicOf(category), `${topicOf(category)}.parked`]));
  expect(names).toContain('pim.effective-roles.v1');
  expect(names).toHaveLength(2 * categories.length + 1);
  for (const name of names) expect(name).toMatch(/^pim\.[a-z.-]+\.v1(\.parked)?$/);
});

it('names a topic after the context and the category', () => {
  expect(topicOf('roleSchedule')).toBe('pim.assignments.role-schedule.v1');
  expect(() => topicOf('nonsense')).toThrow('No contract has the category nonsense');
});

it('keeps events for ever, and of what is parked or in effect only what still holds', () => {
  const policies = topics.map(({ name, config }) => [name, config['cleanup.policy'], config['retention.ms']]);
  expect(policies).toContainEqual(['pim.requests.request.v1', 'delete', '-1']);
  expect(policies).toContainEqual(['pim.requests.request.v1.parked', 'compact', undefined]);
  expect(policies).toContainEqual(['pim.effective-roles.v1', 'compact', undefined]);
});
