import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { owner, type Running, running } from '../test/running.js';

const DAY = 86_400_000;

describe('What nobody asks for any more', () => {
  let access: Running;
  beforeAll(async () => {
    access = await running();
  });
  afterAll(() => access.stop());

  it('goes: invitations a month after their end, keys a year after they were revoked; a key that works stays', async () => {
    const firm = access.firm();
    const key = () => access.ask(owner(firm), 'createKey', { label: 'x', scopes: ['read'], firmId: firm });
    const [revoked, works] = [await key(), await key()];
    await access.ask(owner(firm), 'revokeKey', { id: revoked.id });
    await access.ask(owner(firm), 'invite', { companyId: firm, role: 'editor' });
    expect(await access.sweep()).toBe(0);
    access.clock.advance(300 * DAY);
    expect(await access.sweep()).toBe(1);
    expect(await access.db.query('SELECT 1 FROM invitation')).toEqual([]);
    access.clock.advance(66 * DAY);
    expect(await access.sweep()).toBe(1);
    expect(await access.db.query('SELECT id FROM api_key')).toEqual([{ id: works.id }]);
  });
});
