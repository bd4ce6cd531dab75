import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ADMIN, coordinator, editor, owner, PLATFORM, type Running, running } from '../../test/running.js';

const DAY = 86_400_000;

describe('API keys', () => {
  let access: Running;
  beforeAll(async () => {
    access = await running();
  });
  afterAll(() => access.stop());

  const verified = (key: string) => {
    const hash = createHash('sha256').update(key).digest('base64url');
    return access.ask(PLATFORM, 'verifyKey', { hash }).then(
      ({ actor }) => actor,
      (error: { code: string }) => error.code,
    );
  };

  it('a key is shown once, kept as a hash, and stands for its firm with its scopes', async () => {
    const firm = access.firm();
    const made = await access.ask(owner(firm), 'createKey', { label: 'ERP', scopes: ['read', 'match'], firmId: firm });
    expect(made.key).toMatch(/^ck_[\w-]{43}$/);
    expect(await verified(made.key)).toEqual({ kind: 'account', id: made.id, scopes: ['read', 'match'], firm });
    expect(JSON.stringify(await access.db.query('SELECT * FROM api_key'))).not.toContain(made.key);
    const { items } = await access.ask(owner(firm), 'keys', {});
    expect(items).toMatchObject([
      { id: made.id, label: 'ERP', lastUsedOn: access.clock.now().toISOString().slice(0, 10) },
    ]);
    expect(JSON.stringify(items)).not.toContain(made.key);
  });

  it('owners make keys of their firm, administrators those of the platform, others none', async () => {
    const firm = access.firm();
    for (const actor of [editor(firm), owner(access.firm()), coordinator('CH070')])
      expect(await access.refused(actor, 'createKey', { label: 'x', scopes: ['read'], firmId: firm })).toBe(
        'not-found',
      );
    expect(await access.refused(owner(firm), 'createKey', { label: 'x', scopes: ['read'] })).toBe('forbidden');
    const { key } = await access.ask(ADMIN, 'createKey', { label: 'Frontend', scopes: ['read'] });
    expect(await verified(key)).toMatchObject({ kind: 'account', scopes: ['read'] });
  });

  it('after a rotation both work for a day, then the new one alone', async () => {
    const firm = access.firm();
    const old = await access.ask(owner(firm), 'createKey', { label: 'x', scopes: ['read'], firmId: firm });
    const fresh = await access.ask(owner(firm), 'rotateKey', { id: old.id });
    expect([await verified(old.key), await verified(fresh.key)]).toMatchObject([{ id: old.id }, { id: old.id }]);
    access.clock.advance(DAY + 1000);
    expect([await verified(old.key), await verified(fresh.key)]).toMatchObject(['unauthenticated', { id: old.id }]);
  });

  it('a request that is repeated makes no second key, and keeps its secret to the first answer', async () => {
    const firm = access.firm();
    const request = { label: 'once', scopes: ['read' as const], firmId: firm };
    const once = () => access.ask(owner(firm), 'createKey', request, { idempotencyKey: 'k-1' });
    const { id, key } = await once();
    await expect(once()).rejects.toMatchObject({ code: 'conflict', detail: expect.stringContaining(id) });
    expect((await access.ask(owner(firm), 'keys', {})).items).toHaveLength(1);
    expect(JSON.stringify(await access.db.query('SELECT * FROM idempotency'))).not.toContain(key);
  });

  it('what is revoked, too old or unknown opens nothing', async () => {
    const firm = access.firm();
    const revoked = await access.ask(owner(firm), 'createKey', { label: 'x', scopes: ['read'], firmId: firm });
    const rotated = await access.ask(owner(firm), 'rotateKey', { id: revoked.id });
    expect(await access.refused(owner(access.firm()), 'revokeKey', { id: revoked.id })).toBe('not-found');
    await access.ask(owner(firm), 'revokeKey', { id: revoked.id });
    for (const key of [revoked.key, rotated.key, `ck_${'a'.repeat(43)}`])
      expect(await verified(key)).toBe('unauthenticated');
    const short = await access.ask(owner(firm), 'createKey', { label: 'x', scopes: ['read'], firmId: firm, days: 1 });
    access.clock.advance(DAY + 1000);
    expect(await verified(short.key)).toBe('unauthenticated');
  });
});
