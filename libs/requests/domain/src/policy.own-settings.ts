import type { CustomExtension, EmergencyAccess, PolicyEvent } from '@pim/contracts';
import { canonicalJson, Rejection, uuid } from '@pim/kernel';
import { isObject } from './json-shape';

/** The settings of a role that are OpenPIM's own, beside Microsoft's 17 rules and `minimumHolders`. */
export interface OwnSettings {
  /** null: no endpoint is asked. */
  readonly customExtension: CustomExtension | null;
  /** null: nobody activates without approval. */
  readonly emergencyAccess: EmergencyAccess | null;
}

/** What nobody has set. */
export const noOwnSettings: OwnSettings = { customExtension: null, emergencyAccess: null };

/** What is to be so; absent: as it is. */
export type OwnChange = Partial<OwnSettings>;

/** What is known of what a change names. */
export interface OwnKnown {
  /** Why this installation does not ask the endpoint, as a sentence; null: it does. */
  readonly endpointFault: string | null;
  /** Which of the people are users. */
  readonly users: readonly string[];
}

const maxTimeoutSeconds = 30;
const maxPeople = 20;
const maxAddress = 2_048;

const invalid = (why: string): Rejection => new Rejection('invalid', 'InvalidPolicy', `The policy is invalid: ${why}`);

const refuseOthers = (value: object, known: readonly string[], name: string): void => {
  const other = Object.keys(value).find((key) => !known.includes(key));
  if (other !== undefined) throw invalid(`${name} has no '${other.slice(0, 100)}'.`);
};

const isTimeout = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= maxTimeoutSeconds;

/** Reads `customExtension` of a body. Throws 400 `InvalidPolicy` for anything else; the address is judged with the policy. */
export const readCustomExtension = (value: unknown): CustomExtension | null => {
  if (value === null) return null;
  if (!isObject(value)) throw invalid('customExtension must be an object, or null for none.');
  refuseOthers(value, ['endpoint', 'timeoutSeconds', 'isEnabled'], 'customExtension');
  const { endpoint, timeoutSeconds, isEnabled } = value;
  if (typeof endpoint !== 'string' || endpoint.length > maxAddress)
    throw invalid(`customExtension.endpoint must be an address of at most ${maxAddress} characters.`);
  if (!isTimeout(timeoutSeconds))
    throw invalid(`customExtension.timeoutSeconds must be a whole number from 1 to ${maxTimeoutSeconds}.`);
  if (typeof isEnabled !== 'boolean') throw invalid('customExtension.isEnabled must be true or false.');
  return { endpoint, timeoutSeconds, isEnabled };
};

const isIdList = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.length <= maxPeople && value.every((id) => typeof id === 'string' && uuid.test(id));

/** Reads `emergencyAccess` of a body, each person once and in the order of their ids. Throws 400 `InvalidPolicy`. */
export const readEmergencyAccess = (value: unknown): EmergencyAccess | null => {
  if (value === null) return null;
  if (!isObject(value)) throw invalid('emergencyAccess must be an object, or null for nobody.');
  refuseOthers(value, ['people'], 'emergencyAccess');
  const { people } = value;
  if (!isIdList(people) || people.length === 0)
    throw invalid(
      `emergencyAccess.people must be a list of 1 to ${maxPeople} object ids of users; null is for nobody.`,
    );
  return { people: [...new Set(people.map((id) => id.toLowerCase()))].sort() };
};

const refuseUnfit = ({ customExtension, emergencyAccess }: OwnChange, { endpointFault, users }: OwnKnown): void => {
  if (customExtension && endpointFault !== null) throw invalid(endpointFault);
  const stranger = emergencyAccess?.people.find((id) => !users.includes(id));
  if (stranger !== undefined) throw invalid(`there is no user ${stranger} to have emergency access.`);
};

const differs = (asked: unknown, current: unknown): boolean =>
  asked !== undefined && canonicalJson(asked) !== canonicalJson(current);

/** The part of an event that does not depend on what changed. */
type About = Omit<Extract<PolicyEvent, { type: 'CustomExtensionChanged' }>['data'], 'customExtension'>;

/**
 * What a change of them records: one event each, none for what is so already. `about.version` is the version of the first.
 * Throws 400 `InvalidPolicy` for an endpoint that is not asked here, and for people who are no users.
 */
export const ownChanges = (
  change: OwnChange & { readonly known: OwnKnown },
  current: OwnSettings,
  about: About,
): readonly PolicyEvent[] => {
  refuseUnfit(change, change.known);
  const { customExtension = current.customExtension, emergencyAccess = current.emergencyAccess } = change;
  const events: PolicyEvent[] = [];
  if (differs(change.customExtension, current.customExtension))
    events.push({ type: 'CustomExtensionChanged', data: { ...about, customExtension } });
  if (differs(change.emergencyAccess, current.emergencyAccess))
    events.push({
      type: 'EmergencyAccessChanged',
      data: { ...about, version: about.version + events.length, emergencyAccess },
    });
  return events;
};
