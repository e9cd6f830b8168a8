import type { EntitySchema } from '@pim/odata';
import { property, scheduleInfoSchema, type GraphVersion } from '@pim/platform';
import type { ApprovalSet } from './approval-sets';

const { text, flag, instant } = property;

const identity = { id: text, displayName: text } as const;

export const stepSchema: EntitySchema = {
  name: 'approvalStep',
  properties: {
    id: text,
    displayName: text,
    reviewedDateTime: instant,
    reviewResult: text,
    status: text,
    assignedToMe: flag,
    justification: text,
    reviewedBy: { type: 'complex', typeName: 'identity', of: identity },
    // OpenPIM's own, from here on.
    requiredApprovals: { type: 'int' },
    dueDateTime: instant,
    directoryScopeId: text,
    requestDigest: text,
    answers: {
      type: 'collection',
      typeName: 'approverAnswer',
      of: {
        reviewResult: text,
        reviewedDateTime: instant,
        reviewedBy: { type: 'complex', typeName: 'identity', of: identity },
        onBehalfOf: { type: 'complex', typeName: 'identity', of: identity },
        justification: text,
      },
    },
  },
};

/** What an approval says of the request it is about, in beta (reference Appendix A: request). */
const requestSchema: EntitySchema = {
  name: 'request',
  properties: {
    id: text,
    status: text,
    createdDateTime: instant,
    completedDateTime: instant,
    approvalId: text,
    customData: text,
    createdBy: {
      type: 'complex',
      typeName: 'identitySet',
      of: {
        application: { type: 'complex', typeName: 'identity', of: identity },
        device: { type: 'complex', typeName: 'identity', of: identity },
        user: { type: 'complex', typeName: 'identity', of: identity },
      },
    },
    // OpenPIM's own: what is decided about.
    principalId: text,
    justification: text,
    scheduleInfo: scheduleInfoSchema,
    ticketInfo: { type: 'complex', typeName: 'ticketInfo', of: { ticketNumber: text, ticketSystem: text } },
  },
};

/** The same under the name that v1.0 has for it. */
export const stageSchema: EntitySchema = { ...stepSchema, name: 'approvalStage' };

const steps = { steps: { to: () => stepSchema, many: true, contained: true } } as const;

const beta: EntitySchema = {
  name: 'approval',
  properties: { id: text },
  navigations: {
    ...steps,
    pendingSteps: { to: () => stepSchema, many: true, contained: true },
    completedSteps: { to: () => stepSchema, many: true, contained: true },
    request: { to: () => requestSchema },
  },
};

const schemas: Readonly<Record<GraphVersion, { readonly steps: EntitySchema; readonly stages: EntitySchema }>> = {
  'v1.0': {
    steps: { name: 'approval', properties: { id: text }, navigations: steps },
    stages: {
      name: 'approval',
      properties: { id: text },
      navigations: { stages: { to: () => stageSchema, many: true, contained: true } },
    },
  },
  beta: { steps: beta, stages: beta },
};

/** An approval as this version of the API has it in this set. */
export const approvalSchema = (version: GraphVersion, set: ApprovalSet): EntitySchema =>
  schemas[version][set.inline(version)];
