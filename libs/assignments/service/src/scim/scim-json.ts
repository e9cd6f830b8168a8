import { Rejection } from '@pim/kernel';

/** A SCIM resource, or a part of one. */
export type Json = Readonly<Record<string, unknown>>;

export const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** 400 with RFC 7644's word for what is wrong (§3.12). */
export const scimFault = (scimType: string, message: string): Rejection => new Rejection('invalid', scimType, message);

/** The schemas served, by what they are for (RFC 7643 §8.7). */
export const urn = {
  user: 'urn:ietf:params:scim:schemas:core:2.0:User',
  group: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  enterprise: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  list: 'urn:ietf:params:scim:api:messages:2.0:ListResponse',
  schema: 'urn:ietf:params:scim:schemas:core:2.0:Schema',
  resourceType: 'urn:ietf:params:scim:schemas:core:2.0:ResourceType',
  configuration: 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig',
} as const;

/** The member of this name, in whatever case it is written (RFC 7643 §2.1); undefined when there is none. */
export const keyIn = (object: Json, name: string): string | undefined => {
  // Nearly always: a group may have ten thousand members, and each of them is asked for its value.
  if (Object.hasOwn(object, name)) return name;
  const wanted = name.toLowerCase();
  return Object.keys(object).find((key) => key.toLowerCase() === wanted);
};

export const valueIn = (object: unknown, name: string): unknown => {
  if (!isJson(object)) return undefined;
  const key = keyIn(object, name);
  return key === undefined ? undefined : object[key];
};
