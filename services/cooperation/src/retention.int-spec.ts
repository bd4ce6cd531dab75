import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Sweeper } from '#libs/service';
import { asking, type Running, running } from '../test/running.js';

const YEARS = (count: number) => count * 366 * 86_400_000;

describe('What was written into interests', () => {
  let service: Running;
  beforeAll(async () => {
    service = await running();
  });
  afterAll(() => service.stop());

  it('is deleted two years after they ended, and stays with those that have not', async () => {
    const ended = await asking(service, { note: 'Una nota inventata' });
    const open = await asking(service, { note: 'Una nota inventata' });
    await service.ask(ended.expert, 'decline', { id: ended.interest.id, reasonCode: 'no-capacity', note: 'Peccato' });
    await service.ask(open.expert, 'accept', { id: open.interest.id, note: 'Volentieri' });
    const sweeper = service.provided(Sweeper);
    expect(await sweeper.sweep()).toBe(0);
    service.clock.advance(YEARS(2));
    expect(await sweeper.sweep()).toBe(1);
    const notes = ({ id }: { id: string }) =>
      service.query('SELECT note, answer_note FROM interest WHERE id = $1', [id]);
    expect(await notes(ended.interest)).toEqual([{ note: null, answer_note: null }]);
    expect(await notes(open.interest)).toEqual([{ note: 'Una nota inventata', answer_note: 'Volentieri' }]);
  });
});
