import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { expertSaved, matchingRpc } from '#libs/contracts';
import { eventually } from '#libs/testing';
import { competence } from '../../test/owners.js';
import { COORDINATOR, type Running, running } from '../../test/running.js';

describe('The competence index', () => {
  let service: Running;
  const settled = () => eventually(() => service.settled());
  const found = async (text: string) => (await service.match({ text })).items.map((item) => item.subject.id);
  const open = async () =>
    (await service.query<{ id: string }>(`SELECT id FROM subject WHERE type = 'expert' AND open ORDER BY id`)).map(
      (row) => row.id,
    );

  beforeAll(async () => {
    service = await running();
  });
  afterAll(() => service.stop());

  it('follows what experts say of themselves', async () => {
    const id = await service.owners.expert({ competences: [competence('hydrogen')], text: 'Celle a combustibile.' });
    await settled();
    expect(await found('Idrogeno e celle a combustibile')).toEqual([id]);
    await service.owners.expert({ competences: [competence('blockchain')], text: 'Registri distribuiti.' }, id);
    await settled();
    expect(await found('Idrogeno e celle a combustibile')).toEqual([]);
    expect(await found('Registri distribuiti, blockchain')).toEqual([id]);
  });

  it('is not led astray by events that come late or twice', async () => {
    const id = await service.owners.expert({ competences: [competence('welding')] }, undefined, true);
    await service.owners.expert({ competences: [competence('cyber-security')] }, id, true);
    const tell = (revision: number, listed: boolean) =>
      service.owners.publish(expertSaved, id, { expertId: id, revision, listed });
    await tell(2, true);
    await settled();
    await tell(1, false);
    await tell(2, true);
    await settled();
    expect(await found('cyber security')).toContain(id);
    expect(await service.query('SELECT revision, indexed_revision FROM subject WHERE id = $1', [id])).toEqual([
      { revision: 2, indexed_revision: 2 },
    ]);
  });

  it('forgets an erased expert for good, text and all', async () => {
    const id = await service.owners.expert({ competences: [competence('crowdfunding')], text: 'Raccolta di fondi.' });
    await settled();
    expect(await service.indexed('experts')).toContain(id);
    await service.owners.eraseExpert(id);
    await settled();
    expect(await service.indexed('experts')).not.toContain(id);
    await service.owners.publish(expertSaved, id, { expertId: id, revision: 99, listed: true });
    await settled();
    expect(await service.indexed('experts')).not.toContain(id);
    expect(await service.query('SELECT gone, open, features FROM subject WHERE id = $1', [id])).toEqual([
      { gone: true, open: false, features: null },
    ]);
  });

  it('never shows an expert whose listing was withdrawn, not even before the index has heard of it', async () => {
    const id = await service.owners.expert({ competences: [competence('packaging')] });
    await settled();
    await service.query('UPDATE subject SET open = false WHERE id = $1', [id]);
    // A process that has not scored this expert yet knows the copy alone.
    await service.stopService();
    await service.start();
    expect(await found('packaging')).not.toContain(id);
    await service.query(`UPDATE subject SET open = true WHERE id = $1`, [id]);
  });

  it('is made again unaided when the search engine has lost everything', async () => {
    for (const name of ['experts', 'companies', 'opportunities'])
      await service.meili.deleteIndex(`${service.prefix}${name}`);
    const lost = await service.owners.expert({ competences: [competence('logistics')] });
    await eventually(async () => {
      expect(await service.indexed('experts')).toContain(lost);
      expect(await service.indexed('experts')).toEqual(await open());
    });
    expect((await service.match({ competences: ['logistics'] })).degraded).toBe(false);
  });

  it('analyses anew what an earlier taxonomy understood otherwise', async () => {
    const id = await service.owners.expert({ competences: [competence('welding')] });
    await settled();
    await service.stopService();
    await service.query(
      `UPDATE subject SET analysis = 'earlier', concepts = '{}', features = jsonb_set(features, '{evidence}', '[]') WHERE id = $1`,
      [id],
    );
    await service.start();
    await eventually(async () => expect(await found('welding')).toContain(id));
  });

  it('mends what was taken out of it or put into it by another hand', async () => {
    const [first] = await open();
    await service.meili.index(`${service.prefix}experts`).deleteDocuments([first!]).waitTask();
    await eventually(async () => expect(await service.indexed('experts')).toEqual(await open()));
    await service.meili
      .index(`${service.prefix}experts`)
      .addDocuments([{ id: '01900000-0000-7000-8000-00000000dead', revision: 1 }])
      .waitTask();
    await eventually(async () => expect(await service.indexed('experts')).toEqual(await open()));
  });

  it('is rebuilt beside the living one, with answers all the while', async () => {
    const before = await service.indexed('experts');
    let rebuilding = true;
    const rebuilt = service.call(matchingRpc.rebuild, {}, { kind: 'admin' }).finally(() => {
      rebuilding = false;
    });
    while (rebuilding) {
      const answer = await service.match({ competences: ['logistics'] });
      expect(answer.items.length).toBeGreaterThan(0);
      expect(answer.degraded).toBe(false);
    }
    expect((await rebuilt).documents).toBe(before.length);
    expect(await service.indexed('experts')).toEqual(before);
    await expect(service.call(matchingRpc.rebuild, {}, { kind: 'firm', id: before[0]! })).rejects.toMatchObject({
      code: 'forbidden',
    });
    const audited = `SELECT envelope->'data'->>'actor' AS actor FROM outbox WHERE envelope->'data'->>'operation' = 'matching.rebuild'`;
    expect(await service.query(audited)).toEqual([{ actor: 'admin' }]);
  });

  it('answers from the copies when the search engine is away, and says so', async () => {
    const id = await service.owners.expert({ competences: [competence('3d-printing')] });
    await settled();
    await service.stopService();
    await service.start({ MEILI_URL: 'http://127.0.0.1:9' });
    const answer = await service.match({ competences: ['3d-printing'] }, COORDINATOR);
    expect(answer.degraded).toBe(true);
    expect(answer.items.map((item) => item.subject.id)).toEqual([id]);
    await service.stopService();
    await service.start();
  });

  it('waits for owners that are away', async () => {
    await service.owners.leave();
    const id = await service.owners.expert({ competences: [competence('logistics')] });
    await eventually(async () => expect((await service.call(matchingRpc.lag, {})).dirty).toBe(1));
    service.owners.join();
    await settled();
    expect(await service.indexed('experts')).toContain(id);
  });
});
