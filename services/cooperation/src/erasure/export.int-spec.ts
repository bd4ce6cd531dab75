import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exportRpc, type Party } from '#libs/contracts';
import { RpcClient, serviceContext } from '#libs/service';
import { asking, type Running, running } from '../../test/running.js';

describe('What an expert takes along', () => {
  let service: Running;
  beforeAll(async () => {
    service = await running();
  });
  afterAll(() => service.stop());

  const exportOf = (party: Party) =>
    service.provided(RpcClient).call(exportRpc.cooperation, party, serviceContext('access'));

  it('does not name a firm that stays unnamed until both have accepted, and then does', async () => {
    const { firm, expert, interest } = await asking(service, { anonymous: true, note: 'Una nota inventata' });
    const exported = () => exportOf({ kind: 'expert', id: expert.id });
    const before = await exported();
    expect(before.interest).toMatchObject([
      { id: interest.id, note: 'Una nota inventata', owner_id: null, asker_id: null },
    ]);
    expect(JSON.stringify(before)).not.toContain(firm.id);
    const own = await exportOf({ kind: 'firm', id: firm.id });
    expect(own.interest).toMatchObject([{ asker_id: firm.id, asked_id: expert.id }]);
    await service.ask(expert, 'accept', { id: interest.id });
    expect((await exported()).interest).toMatchObject([{ asker_id: firm.id }]);
  });
});
