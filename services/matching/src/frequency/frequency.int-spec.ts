import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { matchingRpc } from '#libs/contracts';
import { eventually } from '#libs/testing';
import { competence } from '../../test/owners.js';
import { type Running, running } from '../../test/running.js';

interface Row {
  kind: string;
  scope: string;
  key: string;
  holders: number;
}

describe('The counts of words', () => {
  let service: Running;
  const settled = () => eventually(() => service.settled());
  const counts = () =>
    service.query<Row>('SELECT kind, scope, key, holders FROM frequency WHERE holders <> 0 ORDER BY kind, scope, key');
  const holders = async (kind: string, key: string) =>
    (await counts()).filter((row) => row.kind === kind && row.key === key).reduce((sum, row) => sum + row.holders, 0);
  const found = async (text: string) => (await service.match({ text })).items.map((item) => item.subject.id);

  beforeAll(async () => {
    service = await running();
    await service.owners.company({ offers: [competence('welding')], seeks: [competence('zyzzyva')] });
    await service.owners.expert({ competences: [competence('welding')], text: 'Alleviamo quokka e okapi.' });
    await settled();
  });
  afterAll(() => service.stop());

  it('follow what is added, changed and erased', async () => {
    const id = await service.owners.expert({ text: 'Gli okapi e i quagga.', competences: [competence('welding')] });
    await settled();
    expect([await holders('word', 'okap'), await holders('word', 'quagg')]).toEqual([2, 1]);
    expect(await holders('concept', 'welding')).toBe(3);
    await service.owners.expert({ text: 'Soltanto okapi.', competences: [] }, id);
    await settled();
    expect([await holders('word', 'okap'), await holders('word', 'quagg')]).toEqual([2, 0]);
    expect(await holders('concept', 'welding')).toBe(2);
    await service.owners.eraseExpert(id);
    await settled();
    expect(await holders('word', 'okap')).toBe(1);
  });

  it('keep no word of somebody who is gone', async () => {
    const id = await service.owners.expert({ text: 'Axolotl, axolotl.' });
    await settled();
    await service.owners.eraseExpert(id);
    await settled();
    await eventually(
      async () => {
        expect(await service.query("SELECT key FROM frequency WHERE key LIKE 'axolotl%'")).toEqual([]);
      },
      { timeout: 20_000 },
    );
  });

  it('are not confused by events that tell what is known already', async () => {
    const before = await counts();
    const [known] = [...service.owners.experts.keys()];
    await service.owners.expert({}, known);
    await settled();
    expect(await counts()).toEqual(before);
  });

  it('leave out an expert who is not listed', async () => {
    const id = await service.owners.expert({ text: 'Quagga, quagga.' });
    await settled();
    await service.owners.expert({ listed: false }, id);
    await settled();
    expect(await holders('word', 'quagg')).toBe(0);
  });

  it('are the same when everything is counted anew, and right again after a rebuild', async () => {
    const before = await counts();
    await service.query(`DELETE FROM frequency WHERE kind = 'form'`);
    await service.query(`UPDATE frequency SET holders = holders + 7`);
    await service.query(`INSERT INTO frequency VALUES ('word', 'it', 'sbagliato', 5, nextval('frequency_change'))`);
    await service.call(matchingRpc.rebuild, {}, { kind: 'admin' });
    expect(await counts()).toEqual(before);
  });

  it('are known again after a restart: a word that only evidence has is still found', async () => {
    await service.stopService();
    await service.start();
    const [expert] = await found('quokka');
    expect(expert).toBeDefined();
  });

  it('know a new word as soon as its evidence can be found', async () => {
    const id = await service.owners.expert({ text: 'Studio gli axolotl.' });
    await settled();
    expect(await found('axolotl')).toEqual([id]);
  });
});
