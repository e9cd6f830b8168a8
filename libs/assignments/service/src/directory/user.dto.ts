import { Allow, IsBoolean, IsIn, IsObject, IsOptional, Matches } from 'class-validator';
import type { PrincipalAttributes } from '@pim/contracts';
import { ChangedName, Flag, Name, Text, Texts } from './directory-dto';

/** What a userPrincipalName looks like. */
export const signInName = /^[^\s@]{1,64}@[^\s@]{1,190}$/;
const isSignInName = { message: '$property must look like name@domain' };

/** What may be said of a user, new or known. */
class UserAttributesDto {
  @Texts(20) readonly businessPhones?: readonly string[];
  @Text(128) readonly city?: string | null;
  @Text(64) readonly companyName?: string | null;
  @Text(128) readonly country?: string | null;
  @Text(64) readonly department?: string | null;
  @Text(16) readonly employeeId?: string | null;
  @Text(64) readonly employeeType?: string | null;
  @Text(64) readonly givenName?: string | null;
  @Text(128) readonly jobTitle?: string | null;
  @Text(320) readonly mail?: string | null;
  @Text(64) readonly mobilePhone?: string | null;
  @Text(128) readonly officeLocation?: string | null;
  @Texts(20, 320) readonly otherMails?: readonly string[];
  @Text(40) readonly postalCode?: string | null;
  @Text(35) readonly preferredLanguage?: string | null;
  @Text(128) readonly state?: string | null;
  @Text(1024) readonly streetAddress?: string | null;
  @Text(64) readonly surname?: string | null;
  @Text(2) readonly usageLocation?: string | null;
  @IsOptional() @IsIn(['Member', 'Guest']) readonly userType?: string | null;
  /** Dropped as it comes in: nothing here has passwords (see docs/graph.md). */
  @IsOptional() @IsObject() readonly passwordProfile?: object | null;
  @Text() readonly passwordPolicies?: string | null;
  @Allow() readonly '@odata.type'?: unknown;
}

/** What Graph wants to know of a new user. */
export class NewUserDto extends UserAttributesDto {
  @IsBoolean() readonly accountEnabled!: boolean;
  @Name() readonly displayName!: string;
  @Name(64) readonly mailNickname!: string;
  @Matches(signInName, isSignInName) readonly userPrincipalName!: string;
}

export class UserDto extends UserAttributesDto {
  @Flag() readonly accountEnabled?: boolean;
  @ChangedName() readonly displayName?: string;
  @ChangedName(64) readonly mailNickname?: string;
  @ChangedName() @Matches(signInName, isSignInName) readonly userPrincipalName?: string;
}

export const userAttributes: readonly (keyof PrincipalAttributes)[] = [
  'businessPhones',
  'city',
  'companyName',
  'country',
  'department',
  'displayName',
  'employeeId',
  'employeeType',
  'givenName',
  'jobTitle',
  'mail',
  'mailNickname',
  'mobilePhone',
  'officeLocation',
  'otherMails',
  'postalCode',
  'preferredLanguage',
  'state',
  'streetAddress',
  'surname',
  'usageLocation',
  'userPrincipalName',
  'userType',
];
