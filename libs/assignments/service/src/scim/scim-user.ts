import type { PrincipalAttributes } from '@pim/contracts';
import type { DirectoryObject } from '@pim/platform';
import { signInName } from '../directory/user.dto';
import { isJson, scimFault, urn, valueIn, type Json } from './scim-json';

/** What of a user a provisioning source says; everything else stays as it is. */
export interface ScimUser {
  readonly attributes: Partial<PrincipalAttributes> & {
    readonly displayName: string;
    readonly userPrincipalName: string;
  };
  /** null: nothing was said about it. */
  readonly active: boolean | null;
  /** As the source names their manager: by id or userName. null: they have none. */
  readonly manager: string | null;
}

const given = (value: unknown): boolean => value !== null && value !== undefined && value !== '';

/** Also an empty list, and an attribute without a part. */
const isEmpty = (value: unknown): boolean =>
  !given(value) || (typeof value === 'object' && Object.keys(value as object).length === 0);

const withoutNothing = (object: Json): Json =>
  Object.fromEntries(Object.entries(object).filter(([, value]) => !isEmpty(value)));

/** A group somebody is in, or their manager, as their resource shows it. */
export interface Named {
  readonly id: string;
  readonly displayName: string;
}

/** Who and what is around a user. */
export interface AroundUser {
  readonly groups: readonly Named[];
  readonly manager: Named | null;
}

const managerResource = ({ id, displayName }: Named, root: string): Json => ({
  value: id,
  $ref: `${root}/Users/${id}`,
  displayName,
});

/** A user as SCIM shows one (RFC 7643 §4.1, §4.3); `root` is where its URL begins. */
export const userResource = (user: DirectoryObject, { groups, manager }: AroundUser, root: string): Json => {
  const { id, userPrincipalName, displayName, givenName, surname, mail, mobilePhone, businessPhones } = user;
  const enterprise = withoutNothing({
    employeeNumber: user.employeeId,
    department: user.department,
    organization: user.companyName,
    manager: manager && managerResource(manager, root),
  });
  return withoutNothing({
    schemas: [urn.user, ...(Object.keys(enterprise).length > 0 ? [urn.enterprise] : [])],
    id,
    externalId: user.externalId,
    userName: userPrincipalName,
    name: withoutNothing({ formatted: [givenName, surname].filter(given).join(' '), familyName: surname, givenName }),
    displayName,
    title: user.jobTitle,
    userType: user.employeeType,
    preferredLanguage: user.preferredLanguage,
    active: user.accountEnabled,
    emails: given(mail) ? [{ value: mail, type: 'work', primary: true }] : [],
    phoneNumbers: [
      ...businessPhones.map((value) => ({ value, type: 'work' })),
      ...(given(mobilePhone) ? [{ value: mobilePhone, type: 'mobile' }] : []),
    ],
    groups: groups.map((group) => ({
      value: group.id,
      display: group.displayName,
      type: 'direct',
      $ref: `${root}/Groups/${group.id}`,
    })),
    [urn.enterprise]: Object.keys(enterprise).length > 0 ? enterprise : null,
    meta: { resourceType: 'User', created: user.createdDateTime, location: `${root}/Users/${id}` },
  });
};

const mostText = 256;

/** Text, or nothing. Numbers are taken for text: employee numbers come as either. */
const text = (value: unknown, name: string): string | null => {
  if (!given(value)) return null;
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string' || value.length > mostText)
    throw scimFault('invalidValue', `${name} must be text of at most ${mostText} characters.`);
  return value;
};

/** Entra ID sends `"False"`. */
export const flag = (value: unknown, name: string): boolean => {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string' && /^(?:true|false)$/i.test(value)) return value.toLowerCase() === 'true';
  throw scimFault('invalidValue', `${name} must be true or false.`);
};

const values = (resource: Json, name: string): readonly Json[] => {
  const all = valueIn(resource, name);
  if (!given(all)) return [];
  if (!Array.isArray(all) || all.length > 100)
    throw scimFault('invalidValue', `${name} must be a list of at most 100 values.`);
  return all.filter(isJson);
};

/** Whether a member says this, in whatever case; what is neither text nor a flag says nothing. */
const says = (one: Json, member: string, wanted: string): boolean => {
  const said = valueIn(one, member);
  return (typeof said === 'string' || typeof said === 'boolean') && String(said).toLowerCase() === wanted;
};

const ofType = (all: readonly Json[], type: string): Json | undefined => all.find((one) => says(one, 'type', type));

const mailIn = (resource: Json): string | null => {
  const all = values(resource, 'emails');
  const primary = all.find((one) => says(one, 'primary', 'true'));
  return text(valueIn(ofType(all, 'work') ?? primary ?? all[0] ?? {}, 'value'), 'emails.value');
};

const phonesIn = (resource: Json) => {
  const all = values(resource, 'phoneNumbers');
  const work = all.filter((one) => says(one, 'type', 'work'));
  return {
    mobilePhone: text(valueIn(ofType(all, 'mobile') ?? {}, 'value'), 'phoneNumbers.value'),
    businessPhones: work.flatMap((one) => text(valueIn(one, 'value'), 'phoneNumbers.value') ?? []),
  };
};

const namesIn = (resource: Json, userName: string) => {
  const name = valueIn(resource, 'name');
  const givenName = text(valueIn(name, 'givenName'), 'name.givenName');
  const surname = text(valueIn(name, 'familyName'), 'name.familyName');
  const formatted = text(valueIn(name, 'formatted'), 'name.formatted');
  const both = [givenName, surname].filter(given).join(' ');
  const displayName = text(valueIn(resource, 'displayName'), 'displayName') ?? formatted ?? (both || userName);
  return { givenName, surname, displayName };
};

/** The RFC has it in an object; Entra ID sends it bare, or in a list. */
const managerIn = (enterprise: unknown): string | null => {
  const said = valueIn(enterprise, 'manager');
  const one: unknown = Array.isArray(said) ? said[0] : said;
  return text(isJson(one) ? valueIn(one, 'value') : one, 'manager');
};

/** Reads a user as a whole: what is not there is not set. Throws `invalidValue`. */
export const readUser = (resource: Json): ScimUser => {
  const userName = text(valueIn(resource, 'userName'), 'userName');
  if (userName === null || !signInName.test(userName))
    throw scimFault('invalidValue', 'userName must look like name@domain.');
  const enterprise = valueIn(resource, urn.enterprise);
  const active = valueIn(resource, 'active');
  return {
    active: given(active) ? flag(active, 'active') : null,
    manager: managerIn(enterprise),
    attributes: {
      ...namesIn(resource, userName),
      ...phonesIn(resource),
      userPrincipalName: userName,
      externalId: text(valueIn(resource, 'externalId'), 'externalId'),
      mail: mailIn(resource),
      jobTitle: text(valueIn(resource, 'title'), 'title'),
      employeeType: text(valueIn(resource, 'userType'), 'userType'),
      preferredLanguage: text(valueIn(resource, 'preferredLanguage'), 'preferredLanguage'),
      employeeId: text(valueIn(enterprise, 'employeeNumber'), 'employeeNumber'),
      department: text(valueIn(enterprise, 'department'), 'department'),
      companyName: text(valueIn(enterprise, 'organization'), 'organization'),
    },
  };
};

/** Reads text that a resource must have. */
export const requireText = (resource: Json, name: string): string => {
  const value = text(valueIn(resource, name), name);
  if (value === null || value.trim() === '') throw scimFault('invalidValue', `${name} is missing.`);
  return value;
};

export { text as readText };
