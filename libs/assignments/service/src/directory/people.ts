import {
  principals,
  READ_MANAGERS,
  READ_USERS,
  requireGranted,
  userSchema,
  type DirectoryObject,
  type EntitySet,
  type Expander,
} from '@pim/platform';
import type { Links } from './links';

/** A person where a directory object may be anything: Graph says of what type it is. */
const person = (document: DirectoryObject): object => ({ '@odata.type': '#microsoft.graph.user', ...document });

/** `$expand` of the manager: null for whoever has none, or one who was deleted. Throws 403 as the route of its own would. */
export const managersBy =
  (links: Links): Expander =>
  async (page, { caller }) => {
    requireGranted(caller, READ_MANAGERS);
    const ids = (page as readonly DirectoryObject[]).map(({ managerId }) => managerId ?? '');
    const found = await links.find({ id: { $in: [...new Set(ids)] }, principalType: 'user' });
    const people = new Map(found.map((one) => [one.id, person(one)]));
    return ids.map((id) => people.get(id) ?? null);
  };

/** `$expand` of those whose manager somebody is. Throws 403 as the route of its own would. */
export const directReportsBy =
  (links: Links): Expander =>
  async (page, { caller }) => {
    requireGranted(caller, READ_USERS);
    const ids = (page as readonly DirectoryObject[]).map(({ id }) => id);
    const reports = new Map<string, object[]>(ids.map((id) => [id, []]));
    for (const one of await links.find({ managerId: { $in: ids } }))
      reports.get(one.managerId ?? '')?.push(person(one));
    return ids.map((id) => reports.get(id) ?? []);
  };

/** Managers and direct reports: Graph calls them directory objects and answers people. */
export const people = (expand: EntitySet['expand']): EntitySet<DirectoryObject> => ({
  path: 'directoryObjects',
  collection: principals.collection,
  schema: userSchema,
  entity: person,
  expand,
});
