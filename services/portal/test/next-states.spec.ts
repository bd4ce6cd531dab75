import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { nextStates, type State } from '../src/queue/next-states.js';

it('A coordinator is offered the steps that the platform takes, and no others', () => {
  // The table itself belongs to the service that decides; neither imports the other.
  const service = readFileSync(join(import.meta.dirname, '../../cooperation/src/interest/transitions.ts'), 'utf8');
  const table = /const BY_COORDINATOR[^{]*\{(.*?)\n\};/s.exec(service)?.[1] ?? '';
  const rows = [...table.matchAll(/'?([\w-]+)'?: \[(.*?)\]/g)];
  expect(rows).toHaveLength(8);
  for (const [, from = '', to = ''] of rows) {
    const allowed = to.replace('...OUTCOMES', "'agreement-reached', 'no-agreement'").match(/[\w-]+/g);
    expect([from, nextStates(from as State)]).toEqual([from, allowed]);
  }
  expect(nextStates('expired')).toEqual([]);
});
