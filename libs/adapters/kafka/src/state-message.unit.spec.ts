import { eventOf } from './spec/events';
import { toStateMessage } from './state-message';

const cause = eventOf('roleSchedule-62e90394-/', 7);

it('tells what holds as a CloudEvent about its key, made so by an event', () => {
  const value = { roles: [], principalId: 'ada' };
  expect(toStateMessage('effective-roles', { key: 'ada', value, cause })).toEqual({
    key: 'ada',
    value: '{"principalId":"ada","roles":[]}',
    headers: {
      'content-type': 'application/json',
      ce_specversion: '1.0',
      ce_id: cause.id,
      ce_source: '/openpim/effective-roles',
      ce_subject: 'ada',
      ce_type: 'io.openpim.effective-roles.v1',
      ce_time: '2026-03-01T08:59:59.000Z',
      ce_recordedtime: cause.recordedAt,
      ce_partitionkey: 'ada',
      ce_correlationid: 'correlation',
      ce_causationid: cause.id,
    },
  });
});

it('leaves a tombstone where nothing is left', () => {
  expect(toStateMessage('effective-roles', { key: 'ada', value: null, cause }).value).toBeNull();
});
