import { createHash } from 'node:crypto';
import { accessIdOf, type AccessId } from '@pim/contracts';
import type { Documents, Filter } from '@pim/engine';
import type { EntitySchema, PropertySchema } from '@pim/odata';
import { principals, type DirectoryObject } from '../directory';
import type { Expander } from './entity-set';
import { directoryObjectSchema, groupSchema } from './directory-schemas';
import { directoryObject, lookUp } from './expand';
import { property, scheduleInfoSchema } from './schemas';

const { text, instant } = property;

/** Documents of PIM for Groups, and only those; the others are about directory roles. */
export const ofGroups: Filter = { isOfGroup: true };
export const ofRoles: Filter = { isOfGroup: false };

/** Which group and relationship a document is about, when it is about one: kept beside what it says in any case. */
export interface GroupPart {
  readonly isOfGroup: boolean;
  readonly groupId: string | null;
  readonly accessId: AccessId | null;
}

export const groupPartOf = (about: {
  readonly roleDefinitionId: string;
  readonly directoryScopeId: string;
}): GroupPart => {
  const accessId = accessIdOf(about.roleDefinitionId);
  return { isOfGroup: accessId !== null, groupId: accessId && about.directoryScopeId, accessId };
};

/** `{groupId}_{accessId}_{guid}` (reference §4.2); null for what is not about a group. */
export const groupScheduleId = ({ groupId, accessId }: GroupPart, guid: string | null): string | null =>
  groupId === null || guid === null ? null : `${groupId}_${accessId}_${guid}`;

/** What `instanceId` made: the role's guid and the schedule's, in one opaque text. */
const opaque = /^([A-Za-z0-9_-]{43})-1(?:-e)?$/;

/**
 * The guid that names a schedule in the log: the end of a group's three-part id, the end of an opaque one, or the whole
 * when it is neither; clients send any of them.
 */
export const scheduleGuidOf = (id: string): string => {
  const bytes = opaque.exec(id)?.[1];
  if (bytes === undefined) return id.slice(id.lastIndexOf('_') + 1).toLowerCase();
  const hex = Buffer.from(bytes, 'base64url').subarray(16).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};

/** A guid that is always the same for the same name: of instances, and of what exists without a request. */
export const guidFor = (name: string): string => {
  const hex = createHash('sha256').update(name).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `5${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
};

const accessId: PropertySchema = {
  type: 'string',
  typeName: 'privilegedAccessGroupRelationships',
  enum: ['owner', 'member'],
};
const memberType: PropertySchema = {
  type: 'string',
  typeName: 'privilegedAccessGroupMemberType',
  enum: ['direct', 'group'],
};
const assignmentType: PropertySchema = {
  type: 'string',
  typeName: 'privilegedAccessGroupAssignmentType',
  enum: ['assigned', 'activated'],
};
const about = { accessId, groupId: text, principalId: text } as const;

/** The navigations of everything in PIM for Groups. */
export const aboutGroup: NonNullable<EntitySchema['navigations']> = {
  group: { to: () => groupSchema, fields: { id: 'groupId' }, collection: principals.collection },
  principal: { to: () => directoryObjectSchema, fields: { id: 'principalId' }, collection: principals.collection },
};

/** `privilegedAccessSchedule` (reference Appendix A). */
const schedule = {
  id: { type: 'string', field: 'groupScheduleId' },
  scheduleInfo: scheduleInfoSchema,
  createdDateTime: instant,
  modifiedDateTime: instant,
  createdUsing: text,
  status: text,
  ...about,
} as const;

export const groupEligibilityScheduleSchema: EntitySchema = {
  name: 'privilegedAccessGroupEligibilitySchedule',
  properties: { ...schedule, memberType },
  navigations: aboutGroup,
};

export const groupAssignmentScheduleSchema: EntitySchema = {
  name: 'privilegedAccessGroupAssignmentSchedule',
  properties: { ...schedule, assignmentType, memberType },
  navigations: { ...aboutGroup, activatedUsing: { to: () => groupEligibilityScheduleSchema } },
};

/** `privilegedAccessScheduleInstance` (reference Appendix A). */
const instance = {
  id: { type: 'string', field: 'groupInstanceId' },
  startDateTime: instant,
  endDateTime: instant,
  ...about,
} as const;

export const groupEligibilityInstanceSchema: EntitySchema = {
  name: 'privilegedAccessGroupEligibilityScheduleInstance',
  properties: { ...instance, eligibilityScheduleId: { type: 'string', field: 'groupScheduleId' }, memberType },
  navigations: aboutGroup,
};

export const groupAssignmentInstanceSchema: EntitySchema = {
  name: 'privilegedAccessGroupAssignmentScheduleInstance',
  properties: {
    ...instance,
    assignmentScheduleId: { type: 'string', field: 'groupScheduleId' },
    assignmentType,
    memberType,
  },
  navigations: { ...aboutGroup, activatedUsing: { to: () => groupEligibilityInstanceSchema } },
};

/** A schedule as PIM for Groups shows it: its id has three parts. */
export const groupSchedule = (document: object): object => ({
  ...document,
  id: Reflect.get(document, 'groupScheduleId') as unknown,
});

/** The group alone: who is in it is more than its own members, and asked for where groups are. */
const withoutLinks = ({ members: _members, owners: _owners, ...group }: DirectoryObject): object => group;

/** `$expand` to the group and the principal. */
export const aboutGroupExpanders = (documents: Documents): Readonly<Record<string, Expander>> => {
  const findPrincipals = lookUp<DirectoryObject>(documents, principals.collection, 'principalId');
  const findGroups = lookUp<DirectoryObject>(documents, principals.collection, 'groupId');
  return {
    group: async (page, request) => (await findGroups(page, request)).map((one) => one && withoutLinks(one)),
    principal: async (page, request) => (await findPrincipals(page, request)).map((one) => one && directoryObject(one)),
  };
};
