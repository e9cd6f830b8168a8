import { Inject, Injectable } from '@nestjs/common';
import { accessIds, type AccessId } from '@pim/contracts';
import type { Clock, Documents } from '@pim/engine';
import {
  CLOCK,
  DOCUMENTS,
  groupPartOf,
  groupScheduleId,
  guidFor,
  principals,
  selfAndGroups,
  type DirectoryObject,
  type EntitySet,
  type GraphRequest,
} from '@pim/platform';
import type { AssignmentDocument } from './assignment-documents.projection';
import { neverModified, scheduleInfo, type ScheduleDocument } from './shapes';

/** What is asked for: one group, one principal, or one in the other. */
export interface WhoseMembership {
  readonly groupId?: string;
  readonly principalId?: string;
}

const lists = { member: 'members', owner: 'owners' } as const;

/** A member or owner by the directory itself, as PIM shows it: assigned, without dates and without a request. */
const assigned = (group: DirectoryObject, accessId: AccessId, principalId: string): AssignmentDocument => {
  const about = { roleDefinitionId: accessId, directoryScopeId: group.id };
  const part = groupPartOf(about);
  const guid = guidFor(`membership ${group.id} ${accessId} ${principalId}`);
  const id = groupScheduleId(part, guid);
  return {
    ...about,
    ...part,
    id: guid,
    instanceId: guid,
    // Outside PIM the instance's id is the schedule's (reference §1.9).
    groupScheduleId: id,
    groupInstanceId: id,
    principalId,
    appScopeId: null,
    createdUsing: null,
    createdDateTime: group.createdDateTime,
    modifiedDateTime: neverModified,
    status: 'Provisioned',
    scheduleInfo: scheduleInfo({ start: null, end: null }),
    startDateTime: null,
    endDateTime: null,
    assignmentType: 'Assigned',
    memberType: 'Direct',
    eligibilityId: null,
  };
};

/** Who may be and who is in groups: what PIM for Groups made, and what the directory has of its own. */
@Injectable()
export class GroupMemberships {
  constructor(
    @Inject(DOCUMENTS) private readonly documents: Documents,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Of a set, in the casing of its enums. The directory's own are assignments. */
  async find(
    set: EntitySet<ScheduleDocument>,
    whose: WhoseMembership,
    request: GraphRequest,
  ): Promise<readonly ScheduleDocument[]> {
    const { groupId, principalId } = whose;
    const asked = { ...(groupId ? { groupId } : {}), ...(principalId ? { principalId } : {}) };
    const filter = { $and: [asked, set.where?.(request) ?? {}] };
    const [made, own] = await Promise.all([
      this.documents.find<ScheduleDocument>(set.collection, { filter }),
      set.schema.properties['assignmentType'] ? this.own(asked) : [],
    ]);
    return [...own, ...made].map(inGroupCase);
  }

  /** What somebody has themself and what a group of theirs has, as theirs (reference §1.6). */
  async findMine(
    set: EntitySet<ScheduleDocument>,
    me: string,
    request: GraphRequest,
  ): Promise<readonly ScheduleDocument[]> {
    const ids = set.path.endsWith('Instances') ? await selfAndGroups(this.documents, me, this.clock.now()) : [me];
    const found = await Promise.all(ids.map((principalId) => this.find(set, { principalId }, request)));
    return found.flat().map((one) => (one.principalId === me ? one : asMine(one, me)));
  }

  private async own({ groupId, principalId }: WhoseMembership): Promise<readonly AssignmentDocument[]> {
    const filter = {
      principalType: 'group',
      ...(groupId === undefined ? {} : { id: groupId }),
      ...(principalId === undefined ? {} : { $or: [{ members: principalId }, { owners: principalId }] }),
    };
    const groups = await this.documents.find<DirectoryObject>(principals.collection, { filter });
    return groups.flatMap((group) =>
      accessIds.flatMap((accessId) =>
        group[lists[accessId]]
          .filter((id) => principalId === undefined || id === principalId)
          .map((id) => assigned(group, accessId, id)),
      ),
    );
  }
}

interface Kinds {
  readonly assignmentType?: string;
  readonly memberType?: string;
}

/** Enums of PIM for Groups are in camelCase, where those of roles are text in PascalCase (reference §0.3). */
const inGroupCase = <D extends ScheduleDocument & Kinds>(document: D): ScheduleDocument & Kinds => {
  const { assignmentType, memberType } = document;
  return {
    ...document,
    ...(assignmentType ? { assignmentType: assignmentType.toLowerCase() } : {}),
    ...(memberType ? { memberType: memberType.toLowerCase() } : {}),
  };
};

const asMine = (document: ScheduleDocument, me: string): ScheduleDocument & Kinds => ({
  ...document,
  principalId: me,
  memberType: 'group',
});
