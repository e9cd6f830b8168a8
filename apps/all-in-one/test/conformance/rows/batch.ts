import type { Row } from '../row';

/** reference §0.4: several requests in one. */
export const batch: readonly Row[] = [
  {
    section: '0.4',
    says: 'carries out several requests in one, in the order they depend on',
    ask: 'POST $batch',
    as: 'erin',
    body: {
      requests: [
        { id: '1', method: 'GET', url: '/me?$select=id' },
        { id: '2', method: 'GET', url: '/roleManagement/directory/roleEligibilityScheduleInstances', dependsOn: ['1'] },
        { id: '3', method: 'GET', url: '/me', dependsOn: ['2'] },
      ],
    },
    answer: {
      status: 200,
      body: {
        responses: [
          { id: '1', status: 200, body: { id: '{erin}' } },
          { id: '2', status: 403 },
          { id: '3', status: 424 },
        ],
      },
    },
  },
  {
    section: '0.4',
    says: 'refuses a batch of more than 20',
    ask: 'POST $batch',
    body: { requests: Array.from({ length: 21 }, (_, n) => ({ id: `${n}`, method: 'GET', url: '/me' })) },
    answer: { status: 400, says: 'a batch may hold 20 requests' },
  },
];
