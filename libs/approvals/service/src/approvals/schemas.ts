import type { EntitySchema } from '@pim/odata';
import { property, type GraphVersion } from '@pim/platform';

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
    reviewedBy: { type: 'complex', of: identity },
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
      of: {
        application: { type: 'complex', of: identity },
        device: { type: 'complex', of: identity },
        user: { type: 'complex', of: identity },
      },
    },
  },
};

const steps = { steps: { to: () => stepSchema, many: true } } as const;

const schemas: Readonly<Record<GraphVersion, EntitySchema>> = {
  'v1.0': { name: 'approval', properties: { id: text }, navigations: steps },
  beta: { name: 'approval', properties: { id: text }, navigations: { ...steps, request: { to: () => requestSchema } } },
};

/** An approval as this version of the API has it. */
export const approvalSchema = (version: GraphVersion): EntitySchema => schemas[version];
