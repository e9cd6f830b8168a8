import type { Instant } from '../vocabulary';
import type { GroupMemberAdded } from './index';

interface GroupMemberAddedV1 {
  readonly groupId: string;
  readonly memberId: string;
  readonly at: Instant;
}

/** v1 (2026-11): only groups had members. v2 says of what kind, since administrative units have members, too. */
export const groupMemberAddedV1toV2 = (v1: GroupMemberAddedV1): GroupMemberAdded['data'] => ({
  ...v1,
  groupType: 'group',
});
