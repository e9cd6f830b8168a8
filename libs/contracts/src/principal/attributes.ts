/**
 * What a principal is called and described by: everything about it that may change and that no decision about roles
 * rests on, but for `managerId`, which says who approves where a manager does. null: not set. Which of them mean
 * something depends on the principal's type.
 */
export interface PrincipalAttributes {
  readonly displayName: string;
  readonly description: string | null;
  readonly mail: string | null;
  readonly mailNickname: string | null;
  /** What a provisioning source knows it by (SCIM). Not shown by Graph. */
  readonly externalId: string | null;
  /** Users only, from here on. The sign-in name, unique whatever its case. */
  readonly userPrincipalName: string | null;
  readonly givenName: string | null;
  readonly surname: string | null;
  readonly jobTitle: string | null;
  readonly department: string | null;
  readonly companyName: string | null;
  readonly city: string | null;
  readonly country: string | null;
  readonly employeeType: string | null;
  readonly otherMails: readonly string[];
  readonly postalCode: string | null;
  readonly state: string | null;
  readonly streetAddress: string | null;
  readonly employeeId: string | null;
  readonly officeLocation: string | null;
  readonly mobilePhone: string | null;
  readonly businessPhones: readonly string[];
  readonly preferredLanguage: string | null;
  readonly usageLocation: string | null;
  /** `Member` or `Guest`. */
  readonly userType: string | null;
  /** The id of the user they report to. It stays when that user is deleted, and then stands for nobody. */
  readonly managerId: string | null;
  /** Groups only, from here on. `Unified`, or nothing: membership is never computed here. */
  readonly groupTypes: readonly string[];
  readonly securityEnabled: boolean;
  readonly mailEnabled: boolean;
  readonly visibility: string | null;
}
