import type { Actor, EmergencyReviewEvent } from '@pim/contracts';
import { fold } from '@pim/kernel';
import { specFor } from '@pim/kernel/spec';
import { emergencyReview, type EmergencyReviewCommand } from './emergency-review.decide';

const { given } = specFor(emergencyReview);
const about = { reviewId: 'r1', principalId: 'erin', roleDefinitionId: 'helpdesk', directoryScopeId: '/' };
const now = '2026-03-02T08:00:00.000Z';
const erin: Actor = { id: 'erin', kind: 'user' };
const paul: Actor = { id: 'paul', kind: 'user' };
const frank: Actor = { id: 'frank', kind: 'user' };

const open: EmergencyReviewCommand = {
  type: 'OpenEmergencyReview',
  data: { about, justification: 'all is on fire', requestedAt: now, now },
};
const close = (by: Actor, isAdministrator = true): EmergencyReviewCommand => ({
  type: 'CloseEmergencyReview',
  data: { verdict: 'justified', comment: 'INC-1', by, isAdministrator, now },
});
const opened: EmergencyReviewEvent = {
  type: 'EmergencyReviewOpened',
  data: { ...about, justification: 'all is on fire', requestedAt: now, at: now },
};
const closed: EmergencyReviewEvent = {
  type: 'EmergencyReviewClosed',
  data: { ...about, verdict: 'justified', comment: 'INC-1', by: paul, at: now },
};
const refused = (by: Actor, reason: 'self-review' | 'not-an-administrator'): EmergencyReviewEvent => ({
  type: 'EmergencyReviewRefused',
  data: { ...about, verdict: 'justified', reason, by, at: now },
});

/** The first verdict counts, so the same again is a conflict rather than silence. */
const events = (command: EmergencyReviewCommand, ...history: EmergencyReviewEvent[]) =>
  emergencyReview.decide(command, fold(emergencyReview, history));

describe('the review of emergency access', () => {
  it('is opened once', () => given().when(open).then(opened));
  it('is not opened again once it is closed', () => given(opened, closed).when(open).thenNothing());
  it('is closed by an administrator', () => expect(events(close(paul), opened)).toEqual([closed]));
  it('is closed once', () => given(opened, closed).when(close(paul)).thenRejected('Conflict'));
  it('is closed by nobody whose emergency it was, be they administrator; the attempt is on record, once', () =>
    given(opened).when(close(erin)).then(refused(erin, 'self-review')));
  it('is closed by nobody else', () =>
    given(opened).when(close(frank, false)).then(refused(frank, 'not-an-administrator')));
  it('can be closed after somebody tried in vain', () =>
    expect(events(close(paul), opened, refused(erin, 'self-review'))).toEqual([closed]));
  it('is closed only where there is one', () => given().when(close(paul)).thenRejected('ResourceNotFound'));
});
