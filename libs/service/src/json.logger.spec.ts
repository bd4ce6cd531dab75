import { describe, expect, it } from '@jest/globals';
import { JsonLogger } from './json.logger.js';
import { requestContext } from './request-context.js';

function lines(work: (logger: JsonLogger) => void): Record<string, unknown>[] {
  const written: string[] = [];
  work(new JsonLogger('companies', 'info', { write: (line) => void written.push(line) }));
  return written.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('A log line', () => {
  it('is one JSON object with level, service, class and the id of the request', () => {
    const [line] = lines((logger) => requestContext.run({ requestId: 'r-1' }, () => logger.warn('slow', 'Database')));
    expect(line).toMatchObject({
      level: 'warn',
      service: 'companies',
      context: 'Database',
      requestId: 'r-1',
      msg: 'slow',
    });
  });

  it('hides secrets and what identifies a person', () => {
    const person = { name: 'Ada Invented', contact: { email: 'ada@example.org' } };
    const [line] = lines((logger) => logger.log({ headers: { authorization: 'Bearer abc' }, expert: person }));
    expect(JSON.stringify(line)).not.toMatch(/Ada|example|abc/);
  });

  it('leaves out the values that a failed statement carried', () => {
    const error = Object.assign(new Error('duplicate key value'), {
      code: '23505',
      detail: 'Key (name)=(Ada Invented) already exists.',
      parameters: ['Ada Invented'],
    });
    const [line] = lines((logger) => logger.error('companies.create failed', error));
    expect(line).toMatchObject({
      msg: 'companies.create failed',
      err: { code: '23505', message: 'duplicate key value' },
    });
    expect(JSON.stringify(line)).not.toContain('Ada Invented');
  });
});
