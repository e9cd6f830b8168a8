import type { PrincipalAttributes } from '@pim/contracts';

/** What every principal is taken to have that nothing was said about. */
export const defaultAttributes: Omit<PrincipalAttributes, 'displayName'> = {
  description: null,
  mail: null,
  mailNickname: null,
  externalId: null,
  userPrincipalName: null,
  givenName: null,
  surname: null,
  jobTitle: null,
  department: null,
  companyName: null,
  employeeId: null,
  officeLocation: null,
  mobilePhone: null,
  businessPhones: [],
  preferredLanguage: null,
  usageLocation: null,
  userType: null,
  groupTypes: [],
  securityEnabled: true,
  mailEnabled: false,
  visibility: null,
};
