import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Actor } from '#libs/contracts';
import { ADMIN, coordinator, editor, owner, type Running, running } from '../../test/running.js';

describe('Consent', () => {
  let access: Running;
  beforeAll(async () => {
    access = await running();
  });
  afterAll(() => access.stop());
  const say = (who: Actor, granted: boolean, purpose: 'outreach' | 'publication' = 'outreach') =>
    access.ask(who, 'setConsent', { purpose, granted });
  const agreed = async (who: Actor, purpose: 'outreach' | 'publication' = 'outreach') =>
    (await access.ask(who, 'consenting', { purpose })).items.map(({ subject }) => subject.id);

  it('shows coordinators who agrees now, of their places and for this purpose, and nobody else', async () => {
    const [yes, no, other] = [access.firm(), access.firm(), access.firm()];
    const expert: Actor = { kind: 'expert', id: access.expert() };
    const elsewhere = access.firm();
    access.places.set(elsewhere, { country: 'CH', territory: 'CH070' });
    await say(owner(yes), true);
    await say(owner(no), true);
    await say(owner(other), true, 'publication');
    await say(owner(elsewhere), true);
    await say(expert, true);
    await say(owner(no), false);
    expect(await agreed(coordinator('ITC43'))).toEqual([expert.id, yes]);
    expect(await agreed(coordinator('ITC43'), 'publication')).toEqual([other]);
    expect(await agreed(coordinator('CH'))).toEqual([elsewhere]);
    expect(await agreed(ADMIN)).toEqual([expert.id, elsewhere, yes]);
    // Withdrawn, it is gone with the next look.
    await say(owner(yes), false);
    expect(await agreed(ADMIN)).toEqual([expert.id, elsewhere]);
    for (const who of [owner(other), editor(other), expert])
      expect(await access.refused(who, 'consenting', { purpose: 'outreach' })).toBe('forbidden');
  });

  it('comes in pages, and leaves out whom the owner of the records knows no more', async () => {
    const firms = [access.firm(), access.firm(), access.firm()];
    for (const id of firms) await say(owner(id), true, 'publication');
    access.places.delete(firms[1]!);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await access.ask(ADMIN, 'consenting', { purpose: 'publication', limit: 1, cursor });
      seen.push(...page.items.map(({ subject }) => subject.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen.slice(0, 2)).toEqual([firms[2], firms[0]]);
    expect(seen).not.toContain(firms[1]);
  });
});
