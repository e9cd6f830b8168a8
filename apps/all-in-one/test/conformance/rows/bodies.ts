/** Bodies as clients send them; names in braces are filled in later. */
/** ISO 8601 */
export const forHours = (duration: string) => ({ scheduleInfo: { expiration: { type: 'afterDuration', duration } } });

export const assign = (principal: string, role: string, more: object = {}) => ({
  action: 'adminAssign',
  principalId: principal,
  roleDefinitionId: role,
  directoryScopeId: '/',
  justification: 'Agreed with the team lead',
  scheduleInfo: { expiration: { type: 'noExpiration' } },
  ...more,
});

export const activate = (role: string, more: object = {}) => ({
  action: 'selfActivate',
  principalId: '{erin}',
  roleDefinitionId: role,
  directoryScopeId: '/',
  justification: 'Reset a locked account',
  ...forHours('PT1H'),
  ...more,
});

export const end = (action: string, principal: string, role: string) => ({
  action,
  principalId: principal,
  roleDefinitionId: role,
  directoryScopeId: '/',
  justification: 'No longer needed',
});
