import type {
  Actor,
  AlertEvent,
  ConsumerEvent,
  CustomExtensionChanged,
  EmergencyAccessChanged,
  PolicyEvent,
  SeparationOfDutyEvent,
} from '@pim/contracts';
import { canonicalJson } from '@pim/kernel';
import { failure, silent, type Decisions, type Entry } from './entry';
import { modified, principalTarget, roleDetails, roleTarget, target } from './targets';

type OwnChange = Omit<(CustomExtensionChanged | EmergencyAccessChanged)['data'], 'customExtension' | 'emergencyAccess'>;

const ownSetting = ({ policyId, roleDefinitionId, version, by }: OwnChange, name: string, value: unknown): Entry => ({
  activity: 'Update role setting in PIM',
  operation: 'Update',
  by,
  targets: [roleTarget(roleDefinitionId, [modified(name, canonicalJson(value))]), target('Policy', policyId)],
  details: { ...roleDetails(roleDefinitionId), PolicyId: policyId, PolicyVersion: String(version) },
});

/** Role settings: each rule that was sent is a modified property, its whole new content the new value. */
export const policyEntries: Decisions<PolicyEvent> = {
  PolicyRulesChanged: ({ policyId, roleDefinitionId, version, rules, by }) => ({
    activity: 'Update role setting in PIM',
    operation: 'Update',
    by,
    targets: [
      roleTarget(
        roleDefinitionId,
        rules.map((rule) => modified(rule.id, canonicalJson(rule))),
      ),
      target('Policy', policyId),
    ],
    details: { ...roleDetails(roleDefinitionId), PolicyId: policyId, PolicyVersion: String(version) },
  }),
  MinimumHoldersChanged: ({ policyId, roleDefinitionId, minimum, by }) => ({
    activity: 'Update role setting in PIM',
    operation: 'Update',
    by,
    targets: [roleTarget(roleDefinitionId, [modified('MinimumHolders', String(minimum))]), target('Policy', policyId)],
    details: { ...roleDetails(roleDefinitionId), PolicyId: policyId, MinimumHolders: String(minimum) },
  }),
  CustomExtensionChanged: (data) => ownSetting(data, 'CustomExtension', data.customExtension),
  EmergencyAccessChanged: (data) => ownSetting(data, 'EmergencyAccess', data.emergencyAccess),
};

const pair = (data: {
  readonly pairId: string;
  readonly roleDefinitionIds: readonly string[];
  readonly by: Actor;
}) => ({
  activity: 'Update role setting in PIM',
  operation: 'Update' as const,
  by: data.by,
  targets: [...data.roleDefinitionIds.map((id) => roleTarget(id)), target('Policy', data.pairId)],
});

/** Roles that nobody may have together: a setting of both, which Microsoft's service has no name for. */
export const separationEntries: Decisions<SeparationOfDutyEvent> = {
  SeparationOfDutyDeclared: (data) => ({
    ...pair(data),
    reason: data.reason,
    details: { SeparationOfDuty: 'declared', PairId: data.pairId },
  }),
  SeparationOfDutyConfirmed: silent('SeparationOfDutyDeclared has the record of the declaration'),
  SeparationOfDutyWithdrawn: (data) => ({
    ...pair(data),
    details: { SeparationOfDuty: 'withdrawn', PairId: data.pairId, Cause: data.cause },
  }),
  SeparationOfDutyRefused: (data) => ({
    ...pair(data),
    ...failure(data),
    details: { SeparationOfDuty: 'declared', PairId: data.pairId },
  }),
};

/** Alerts come and go by themselves. */
export const alertEntries: Decisions<AlertEvent> = {
  AlertTriggered: ({ alertId, name, severity, roleDefinitionId, holders }) => ({
    activity: 'Triggered PIM alert',
    operation: 'Add',
    targets: [
      roleTarget(roleDefinitionId),
      ...holders.map((holder) => principalTarget(holder, 'user')),
      target('Other', alertId),
    ],
    reason: name,
    details: { ...roleDetails(roleDefinitionId), AlertId: alertId, Severity: severity },
  }),
  AlertResolved: ({ alertId }) => ({
    activity: 'Resolve PIM alert',
    operation: 'Update',
    targets: [target('Other', alertId)],
    details: { AlertId: alertId },
  }),
};

/** What administrators of OpenPIM itself did. */
export const consumerEntries: Decisions<ConsumerEvent> = {
  ConsumerReplayRequested: ({ group, eventId, count, by }) => ({
    activity: 'Replay parked messages',
    service: 'OpenPIM',
    operation: 'Update',
    by,
    targets: [target('Other', group)],
    details: { ConsumerGroup: group, EventId: eventId, Count: String(count) },
  }),
};
