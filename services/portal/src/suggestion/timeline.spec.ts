import { expect, it } from '@jest/globals';
import { timelineOf } from './timeline.js';

const asked = { createdAt: '2026-11-02T08:00:00Z', dueAt: '2026-11-16T08:00:00Z', answeredAt: null };
const steps = (...of: Parameters<typeof timelineOf>) =>
  timelineOf(...of).map(({ step, past }) => `${step}${past ? '' : ' …'}`);

it('A question that waits has its due date before it', () => {
  expect(steps('2026-11-01T08:00:00Z', { ...asked, state: 'submitted' })).toEqual(['suggested', 'asked', 'due …']);
});

it('An answer ends the wait, whichever it is', () => {
  const answered = { ...asked, answeredAt: '2026-11-04T08:00:00Z' };
  expect(steps(undefined, { ...answered, state: 'taken-over' })).toEqual(['asked', 'accepted']);
  expect(steps(undefined, { ...answered, state: 'not-pertinent' })).toEqual(['asked', 'declined']);
  expect(steps(undefined, { ...answered, state: 'agreement-reached' })).toEqual(['asked', 'accepted', 'agreement']);
});

it('What was taken back before and after an answer is told apart, and what nobody answered is over', () => {
  expect(steps(undefined, { ...asked, state: 'withdrawn' })).toEqual(['asked', 'withdrawn']);
  const open = { ...asked, answeredAt: '2026-11-04T08:00:00Z', state: 'withdrawn' as const };
  expect(steps(undefined, open)).toEqual(['asked', 'accepted', 'withdrawn']);
  expect(steps(undefined, { ...asked, state: 'expired' })).toEqual(['asked', 'expired']);
});
