import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { type AuditEntry, audited } from '#libs/contracts';
import { eventually } from '#libs/testing';
import { ADMIN, coordinator, owner, type Running, running } from '../../test/running.js';
import { append } from './audit.store.js';
import { BEGINNING, chained } from './chain.js';

describe('The audit log', () => {
  let access: Running;
  beforeAll(async () => {
    access = await running();
  });
  afterAll(() => access.stop());

  const about = async (target: string): Promise<AuditEntry[]> => (await access.ask(ADMIN, 'audit', { target })).items;

  it('says who did what to what, for each change and for nothing that was only read', async () => {
    const firm = access.firm();
    const { id } = await access.ask(
      owner(firm),
      'createKey',
      { label: 'Segreto', scopes: ['read'], firmId: firm },
      { requestId: 'r-1' },
    );
    await access.ask(owner(firm), 'export', { kind: 'firm', id: firm }, { requestId: 'r-2' });
    await access.ask(owner(firm), 'revokeKey', { id }, { requestId: 'r-3' });
    const entries = await eventually(async () => {
      const found = [...(await about(firm)), ...(await about(id))];
      expect(found.map((entry) => entry.requestId)).toEqual(['r-1', 'r-3']);
      return found;
    });
    expect(entries).toMatchObject([
      { actor: `firm:${firm}`, operation: 'access.create-key', targets: [firm] },
      { actor: `firm:${firm}`, operation: 'access.revoke-key', targets: [id] },
    ]);
    expect(JSON.stringify(entries)).not.toContain('Segreto');
  });

  it('is for administrators', async () => {
    for (const actor of [owner(access.firm()), coordinator('*')])
      expect(await access.refused(actor, 'audit', {})).toBe('forbidden');
  });

  it('takes nothing again that stands in it already, as after a restore, and goes on behind it', async () => {
    const target = uuidv7();
    const [known, fresh] = [uuidv7(), uuidv7()].map((eventId, n) => ({
      eventId,
      at: new Date(n).toISOString(),
      act: { actor: 'admin', operation: `test ${n}`, targets: [target], requestId: 'again' },
    }));
    await access.db.transaction((manager) => append(manager, [known!]));
    await access.db.transaction((manager) => append(manager, [known!, fresh!]));
    await access.db.transaction((manager) => append(manager, [known!]));
    expect((await about(target)).map(({ operation }) => operation)).toEqual(['test 1', 'test 0']);
  });

  it('is a chain, whatever comes from where at once, and each act stands in it once', async () => {
    const target = uuidv7();
    const act = { actor: 'admin', operation: 'test', targets: [target], requestId: 'many' };
    const contracts = Object.values(audited);
    await Promise.all(Array.from({ length: 60 }, (_, i) => access.publish(contracts[i % 6]!, uuidv7(), act)));
    await eventually(async () =>
      expect(await access.db.query('SELECT 1 FROM audit_entry WHERE targets @> ARRAY[$1]', [target])).toHaveLength(60),
    );
    const { items } = await access.ask(ADMIN, 'audit', { limit: 100 });
    let hash = BEGINNING;
    for (const { hash: kept, ...entry } of items.toReversed()) {
      hash = chained(entry, hash);
      expect(kept).toBe(hash);
    }
    expect(items.map((entry) => entry.seq).toReversed()).toEqual(items.map((_, i) => i + 1));
  });

  it('is only added to: the database refuses everything else', async () => {
    for (const sql of [`UPDATE audit_entry SET actor = 'nobody'`, 'DELETE FROM audit_entry', 'TRUNCATE audit_entry'])
      await expect(access.db.query(sql)).rejects.toThrow('only added to');
  });
});
