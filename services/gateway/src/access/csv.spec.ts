import { describe, expect, it } from '@jest/globals';
import { csvOf } from './csv.js';

const exported = (row: Record<string, unknown>) =>
  csvOf({
    subject: { kind: 'expert', id: '01990000-0000-7000-8000-00000000a003' },
    exportedAt: '2026-11-22T09:00:00.000Z',
    services: { experts: { expert: [row] } },
  });

describe('An export as CSV', () => {
  it('has a line for each field, with where it comes from', () => {
    expect(exported({ name: 'Ada Inventata', capacity: 2, contact: { email: 'ada@example.org' }, role: null })).toBe(
      [
        'service,table,row,field,value',
        'experts,expert,1,name,Ada Inventata',
        'experts,expert,1,capacity,2',
        'experts,expert,1,contact,"{""email"":""ada@example.org""}"',
        'experts,expert,1,role,',
        '',
      ].join('\r\n'),
    );
  });

  it('keeps commas, quotes and line breaks within their field', () => {
    expect(exported({ text: 'uno, "due"\ntre' })).toContain('text,"uno, ""due""\ntre"\r\n');
  });

  it('gives a spreadsheet nothing to calculate', () => {
    for (const value of ['=HYPERLINK("http://x.example")', '+1', '-1', '@SUM(A1)'])
      expect(exported({ text: value })).toMatch(/text,"?'[=+\-@]/);
  });
});
