import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ADMIN, coordinator, editor, owner, PLATFORM, type Running, running } from '../../test/running.js';

describe('Who is who', () => {
  let access: Running;
  beforeAll(async () => {
    access = await running();
  });
  afterAll(() => access.stop());

  const signedIn = (subject: string) => access.ask(PLATFORM, 'identify', { issuer: 'https://id.example', subject });

  it('a person is the same at every sign-in, another at another issuer, and nobody at first', async () => {
    const first = await signedIn('RSSMRA80A01F205X');
    expect(first.roles).toEqual([]);
    expect(await signedIn('RSSMRA80A01F205X')).toEqual(first);
    const elsewhere = await access.ask(PLATFORM, 'identify', {
      issuer: 'https://other.example',
      subject: 'RSSMRA80A01F205X',
    });
    expect(elsewhere.person).not.toBe(first.person);
    // Some issuers use tax codes as subjects: they are not kept.
    expect(JSON.stringify(await access.db.query('SELECT * FROM person'))).not.toContain('RSSMRA80');
    expect(await access.refused(ADMIN, 'identify', { issuer: 'https://id.example', subject: 'x' })).toBe('forbidden');
  });

  it('who signs out everywhere is told from when on a sign-in counts; keys and subjects that are roles have none', async () => {
    const person = await access.person();
    const before = await signedIn('the one who lost a laptop');
    expect(before.notBefore).toBeNull();
    const asker = { actor: { kind: 'account' as const, id: before.person, scopes: [] }, person: before.person };
    const { notBefore } = await access.ask(asker, 'signOut', {});
    expect((await signedIn('the one who lost a laptop')).notBefore).toBe(notBefore);
    access.clock.advance(60_000);
    expect((await access.ask(asker, 'signOut', {})).notBefore > notBefore).toBe(true);
    expect(
      (await access.ask(PLATFORM, 'identify', { issuer: 'https://id.example', subject: 'x' })).notBefore,
    ).toBeNull();
    expect(await access.refused(owner(access.firm()), 'signOut', {})).toBe('forbidden');
    expect(await access.refused(person, 'signOut', {})).toBe('done');
  });

  it('an administrator gives roles, and they are there at the next sign-in; nobody else gives any', async () => {
    const { person } = await signedIn('new coordinator');
    const role = { kind: 'coordinator' as const, territories: ['ITC43'] };
    await access.ask(ADMIN, 'grant', { personId: person, role });
    expect((await signedIn('new coordinator')).roles).toEqual([role]);
    await access.ask(ADMIN, 'grant', { personId: person, role: { ...role, territories: ['ITC43', 'CH070'] } });
    expect((await signedIn('new coordinator')).roles).toEqual([{ ...role, territories: ['ITC43', 'CH070'] }]);
    for (const actor of [coordinator('*'), owner(access.firm())])
      expect(await access.refused(actor, 'grant', { personId: person, role: { kind: 'admin' } })).toBe('forbidden');
  });

  it('a firm is claimed by its identifier and confirmed by a coordinator of its place', async () => {
    const firm = access.firm();
    access.identifiers.set('00743110157', [firm]);
    const person = await access.person();
    const identifier = { scheme: 'vat-it' as const, value: '00743110157' };
    const claim = await access.ask(person, 'claim', { identifier });
    expect(claim).toMatchObject({ companyId: firm, state: 'pending' });
    // Asked twice it is one claim.
    expect((await access.ask(person, 'claim', { identifier })).id).toBe(claim.id);
    expect(await access.refused(coordinator('CH070'), 'decideClaim', { id: claim.id, confirm: true })).toBe(
      'not-found',
    );
    expect(await access.refused(person, 'decideClaim', { id: claim.id, confirm: true })).toBe('not-found');
    expect((await access.ask(coordinator('CH070'), 'claims', {})).items).toEqual([]);
    expect((await access.ask(coordinator('ITC43'), 'claims', {})).items).toMatchObject([{ id: claim.id }]);
    await access.ask(coordinator('ITC43'), 'decideClaim', { id: claim.id, confirm: true });
    expect((await access.ask(person, 'memberships', {})).items).toMatchObject([
      { role: { kind: 'firm', id: firm, role: 'owner' }, grantedBy: 'coordinator:ITC43' },
    ]);
    expect(await access.refused(coordinator('ITC43'), 'decideClaim', { id: claim.id, confirm: false })).toBe(
      'wrong-state',
    );
  });

  it('a refused claim makes nobody anything; who is no person cannot claim', async () => {
    const firm = access.firm();
    access.identifiers.set('CHE-100.155.212', [firm]);
    const person = await access.person();
    const identifier = { scheme: 'uid-ch' as const, value: 'CHE-100.155.212' };
    const { id } = await access.ask(person, 'claim', { identifier });
    await access.ask(ADMIN, 'decideClaim', { id, confirm: false });
    expect((await access.ask(person, 'memberships', {})).items).toEqual([]);
    expect(await access.refused(owner(firm), 'claim', { identifier })).toBe('forbidden');
    expect(await access.refused(person, 'claim', { identifier: { scheme: 'uid-ch', value: 'CHE-1' } })).toBe(
      'not-found',
    );
  });

  it('an owner invites colleagues by a link that works once and not for ever', async () => {
    const firm = access.firm();
    const { token } = await access.ask(owner(firm), 'invite', { companyId: firm, role: 'editor' });
    expect(JSON.stringify(await access.db.query('SELECT * FROM invitation'))).not.toContain(token);
    const colleague = await access.person();
    await access.ask(colleague, 'acceptInvitation', { token });
    expect((await access.ask(colleague, 'memberships', {})).items).toMatchObject([
      { role: { id: firm, role: 'editor' } },
    ]);
    expect(await access.refused(await access.person(), 'acceptInvitation', { token })).toBe('not-found');

    const late = await access.ask(owner(firm), 'invite', { companyId: firm, role: 'editor' });
    access.clock.advance(15 * 86_400_000);
    expect(await access.refused(await access.person(), 'acceptInvitation', { token: late.token })).toBe('not-found');
  });

  it('editors and other firms neither invite nor see who is a member', async () => {
    const firm = access.firm();
    for (const actor of [editor(firm), owner(access.firm()), coordinator('CH070')]) {
      expect(await access.refused(actor, 'invite', { companyId: firm, role: 'editor' })).toBe('not-found');
      expect(await access.refused(actor, 'members', { id: firm })).toBe('not-found');
    }
    expect(await access.refused(owner(firm), 'members', { id: firm })).toBe('done');
  });

  it('an owner ends the role of a colleague, but the last owner does not leave editors alone', async () => {
    const firm = access.firm();
    const [boss, colleague] = [await access.person(), await access.person()];
    for (const [one, role] of [
      [boss, 'owner'],
      [colleague, 'editor'],
    ] as const)
      await access.ask(ADMIN, 'grant', { personId: one.person, role: { kind: 'firm', id: firm, role } });
    const [own, other] = (await access.ask(owner(firm), 'members', { id: firm })).items;
    expect(await access.refused({ actor: owner(firm), person: boss.person }, 'endMembership', { id: own!.id })).toBe(
      'conflict',
    );
    expect(await access.refused(owner(access.firm()), 'endMembership', { id: other!.id })).toBe('not-found');
    await access.ask(owner(firm), 'endMembership', { id: other!.id });
    expect((await access.ask(colleague, 'memberships', {})).items).toEqual([]);
  });
});
