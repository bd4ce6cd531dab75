import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ADMIN, owner, PLATFORM, type Running, running } from '../../test/running.js';

const HOUR_MS = 3_600_000;
const identifier = { scheme: 'vat-it' as const, value: '00743110157' };

describe('A claim that is confirmed by mail', () => {
  let access: Running;
  let firm: string;
  beforeAll(async () => {
    access = await running();
  });
  afterAll(() => access.stop());
  const newFirm = () => {
    firm = access.firm();
    access.identifiers.set(identifier.value, [firm]);
  };
  const claimed = async (mail = true) => {
    const person = await access.person();
    return { person, ...(await access.ask(person, 'claim', { identifier, mail })) };
  };
  type Claimed = Awaited<ReturnType<typeof claimed>>;
  /** The code of the letter that notifications would send now. */
  const code = async ({ id }: { id: string }) => (await access.ask(PLATFORM, 'claimLetter', { id })).letter?.code;
  const tried = ({ id, person }: Claimed, text = 'AAAA-AAAA-AAAA') =>
    access.refused(person, 'confirmClaimByCode', { id, code: text });
  const asked = () =>
    access.db.query<{ data: unknown }[]>(
      `SELECT envelope->'data' AS data FROM outbox WHERE type = 'claim-mail-asked.v1' AND envelope->'data'->>'companyId' = $1`,
      [firm],
    );

  it('makes who enters the code of the mail an owner, and the code is kept nowhere', async () => {
    newFirm();
    const claim = await claimed();
    const good = (await code(claim))!;
    expect(await asked()).toEqual([{ data: { claimId: claim.id, companyId: firm } }]);
    const confirmed = await access.ask(claim.person, 'confirmClaimByCode', { id: claim.id, code: good.toLowerCase() });
    expect(confirmed).toMatchObject({ state: 'confirmed', companyId: firm });
    expect((await access.ask(claim.person, 'memberships', {})).items).toMatchObject([
      { role: { kind: 'firm', id: firm, role: 'owner' }, grantedBy: 'mail' },
    ]);
    for (const table of ['claim', 'outbox', 'idempotency'])
      expect(JSON.stringify(await access.db.query(`SELECT * FROM ${table}`))).not.toContain(good);
    // It works once.
    expect(await tried(claim, good)).toBe('wrong-state');
  });

  it('is nobody else’s to confirm, and no mail is written without being asked for', async () => {
    newFirm();
    const claim = await claimed();
    const good = await code(claim);
    const other = { ...claim, person: await access.person() };
    expect(await tried(other, good)).toBe('not-found');
    expect(await tried({ ...claim, person: { actor: owner(firm), person: other.person.person } }, good)).toBe(
      'not-found',
    );
    expect(await access.refused(ADMIN, 'confirmClaimByCode', { id: claim.id, code: good! })).toBe('not-found');
    expect(await access.refused(ADMIN, 'claimLetter', { id: claim.id })).toBe('forbidden');
    newFirm();
    const silent = await claimed(false);
    expect([silent.codeUntil, await code(silent), await tried(silent), await asked()]).toEqual([
      null,
      undefined,
      'wrong-state',
      [],
    ]);
  });

  it('ends after five wrong tries, and after 72 hours', async () => {
    newFirm();
    const claim = await claimed();
    const good = await code(claim);
    for (let i = 0; i < 5; i++) expect(await tried(claim)).toBe('wrong-state');
    expect(await tried(claim, good)).toBe('wrong-state');

    const late = await claimed();
    const second = await code(late);
    access.clock.advance(73 * HOUR_MS);
    expect([await tried(late, second), await code(late)]).toEqual(['wrong-state', undefined]);
    // Asked again there is another mail, and the coordinator's word counts as ever.
    await access.ask(late.person, 'claim', { identifier, mail: true });
    expect(await tried(late, second)).toBe('wrong-state');
    expect(await tried(late, await code(late))).toBe('done');
    await access.ask(ADMIN, 'decideClaim', { id: claim.id, confirm: true });
  });

  it('counts the last mail alone, and none once a coordinator has decided', async () => {
    newFirm();
    const claim = await claimed();
    const [first, second] = [await code(claim), await code(claim)];
    expect(await tried(claim, first)).toBe('wrong-state');
    await access.ask(ADMIN, 'decideClaim', { id: claim.id, confirm: false });
    expect([await code(claim), await tried(claim, second)]).toEqual([undefined, 'wrong-state']);
  });

  it('sends one firm three mails a day at most, and looks the same to who asks for a fourth', async () => {
    newFirm();
    const claims = [await claimed(), await claimed(), await claimed(), await claimed()];
    expect(claims.map(({ codeUntil }) => codeUntil !== null)).toEqual([true, true, true, true]);
    expect(await asked()).toHaveLength(3);
    // Asking again while a mail counts sends none either.
    await access.ask(claims[0]!.person, 'claim', { identifier, mail: true });
    expect(await asked()).toHaveLength(3);
    access.clock.advance(25 * HOUR_MS);
    await claimed();
    expect(await asked()).toHaveLength(4);
  });
});
