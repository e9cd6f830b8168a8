import type { DirectoryObject } from '@pim/platform';
import { isJson, scimFault, urn, valueIn, type Json } from './scim-json';
import { readText, requireText } from './scim-user';

/** What of a group a provisioning source says. */
export interface ScimGroup {
  readonly displayName: string;
  readonly externalId: string | null;
  readonly memberIds: readonly string[];
}

const mostMembers = 10_000;

const types: Readonly<Record<string, string>> = { user: 'User', group: 'Group' };

/** A member as far as it was looked up. */
export interface MemberOfGroup {
  readonly id: string;
  readonly displayName: string | null;
  readonly principalType: string | null;
}

const memberValue = ({ id, displayName, principalType }: MemberOfGroup, root: string): Json => {
  const type = types[principalType ?? ''];
  return {
    value: id,
    ...(displayName === null ? {} : { display: displayName }),
    ...(type ? { type, $ref: `${root}/${type}s/${id}` } : {}),
  };
};

/** A group as SCIM shows one (RFC 7643 §4.2). */
export const groupResource = (group: DirectoryObject, members: readonly MemberOfGroup[], root: string): Json => ({
  schemas: [urn.group],
  id: group.id,
  ...(group.externalId === null ? {} : { externalId: group.externalId }),
  displayName: group.displayName,
  members: members.map((member) => memberValue(member, root)),
  meta: { resourceType: 'Group', created: group.createdDateTime, location: `${root}/Groups/${group.id}` },
});

/** Reads a group as a whole: whoever is not in it is no member. Throws `invalidValue`. */
export const readGroup = (resource: Json): ScimGroup => {
  const members = valueIn(resource, 'members') ?? [];
  if (!Array.isArray(members) || members.length > mostMembers)
    throw scimFault('invalidValue', `members must be a list of at most ${mostMembers}.`);
  const memberIds = members.map((one: unknown) => {
    const value = isJson(one) ? valueIn(one, 'value') : one;
    if (typeof value !== 'string')
      throw scimFault('invalidValue', 'Each member needs a value: the id of a user or group.');
    return value.toLowerCase();
  });
  return {
    displayName: requireText(resource, 'displayName'),
    externalId: readText(valueIn(resource, 'externalId'), 'externalId'),
    memberIds: [...new Set(memberIds)],
  };
};
