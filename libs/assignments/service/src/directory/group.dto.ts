import { Allow, IsBoolean } from 'class-validator';
import type { PrincipalAttributes } from '@pim/contracts';
import { ChangedName, Flag, Name, Refused, Text, Texts } from './directory-dto';

/** As Graph: more are sent in several requests. */
const mostLinks = 20;

const noRules = 'membershipRule is not supported: membership is never computed here. Add members one by one';

/** What may be said of a group, new or known. */
class GroupAttributesDto {
  @Text(1024) readonly description?: string | null;
  @Texts(2) readonly groupTypes?: readonly string[];
  @Flag() readonly isAssignableToRole?: boolean;
  @Text(320) readonly mail?: string | null;
  @Text(32) readonly visibility?: string | null;
  @Refused(noRules) readonly membershipRule?: null;
  @Refused(noRules) readonly membershipRuleProcessingState?: null;
  /** What groups of Microsoft 365 do and where they come from: only that there is none of it. */
  @Texts(0) readonly resourceBehaviorOptions?: readonly string[];
  @Texts(0) readonly resourceProvisioningOptions?: readonly string[];
  @Texts(mostLinks, 512) readonly 'members@odata.bind'?: readonly string[];
  @Texts(mostLinks, 512) readonly 'owners@odata.bind'?: readonly string[];
  @Allow() readonly '@odata.type'?: unknown;
}

/** What Graph wants to know of a new group. */
export class NewGroupDto extends GroupAttributesDto {
  @Name() readonly displayName!: string;
  @IsBoolean() readonly mailEnabled!: boolean;
  @Name(64) readonly mailNickname!: string;
  @IsBoolean() readonly securityEnabled!: boolean;
}

export class GroupDto extends GroupAttributesDto {
  @ChangedName() readonly displayName?: string;
  @Flag() readonly mailEnabled?: boolean;
  @ChangedName(64) readonly mailNickname?: string;
  @Flag() readonly securityEnabled?: boolean;
}

export const groupAttributes: readonly (keyof PrincipalAttributes)[] = [
  'description',
  'displayName',
  'groupTypes',
  'mail',
  'mailEnabled',
  'mailNickname',
  'securityEnabled',
  'visibility',
];
