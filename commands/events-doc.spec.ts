import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import type { EventContract } from '#libs/contracts';
import { eventsDoc } from './events-doc.js';

describe('The list of events', () => {
  const event: EventContract = {
    owner: 'companies',
    fact: 'lake-crossed',
    version: 2,
    type: 'lake-crossed.v2',
    subject: 'companies.lake-crossed.v2',
    data: z.object({ id: z.uuid(), how: z.enum(['boat', 'bridge']), hours: z.number().optional() }),
    doc: 'Somebody crossed the lake.',
  };

  it('shows subject, fields, meaning and who hears it', () => {
    const text = eventsDoc([event], { matching: ['COMPANIES'], notifications: ['MATCHING'] });
    expect(text).toContain('Stream `COMPANIES`, delivered to: matching.');
    expect(text).toContain(
      '| `companies.lake-crossed.v2.<id>` | id: uuid, how: `boat` or `bridge`, hours?: number | Somebody crossed the lake. |',
    );
  });

  it('says so when nobody hears an event yet', () => {
    expect(eventsDoc([event], {})).toContain('delivered to: nobody yet');
  });
});
