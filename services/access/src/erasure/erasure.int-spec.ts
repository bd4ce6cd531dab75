import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { companyErased, erasureCompleted } from '#libs/contracts';
import { eventually } from '#libs/testing';
import { ADMIN, coordinator, editor, owner, type Running, running } from '../../test/running.js';

describe('Erasing and handing out', () => {
  let access: Running;
  beforeAll(async () => {
    access = await running();
  });
  afterAll(() => access.stop());

  it('an erasure is done when every service has said so, and what is kept here is gone', async () => {
    const firm = access.firm();
    const subject = { kind: 'firm' as const, id: firm };
    const person = await access.person();
    await access.ask(ADMIN, 'grant', { personId: person.person, role: { ...subject, role: 'owner' } });
    await access.ask(owner(firm), 'createKey', { label: 'x', scopes: ['read'], firmId: firm });
    await access.ask(owner(firm), 'invite', { companyId: firm, role: 'editor' });
    await access.ask(owner(firm), 'setConsent', { purpose: 'outreach', granted: true });

    const record = await access.ask(owner(firm), 'erase', { subject });
    expect(record).toMatchObject({ state: 'running', subject });
    expect(record.steps.map((step) => step.owner)).toEqual([
      'companies',
      'matching',
      'cooperation',
      'notifications',
      'access',
    ]);
    const asked = await access.db.query(
      `SELECT envelope->'data' AS data FROM outbox WHERE type = 'erasure-requested.v1'`,
    );
    expect(asked).toContainEqual({ data: subject });

    await access.publish(erasureCompleted.companies, firm, subject);
    await access.publish(companyErased, firm, { companyId: firm, revision: 2 });
    await access.publish(erasureCompleted.cooperation, firm, subject);
    await access.publish(erasureCompleted.notifications, firm, subject);
    const now = () => access.ask(owner(firm), 'erasure', { id: record.id });
    await eventually(async () => {
      const { steps, state } = await now();
      expect(steps.filter((step) => !step.doneAt).map((step) => step.owner)).toEqual(['matching']);
      expect(state).toBe('running');
    });
    await access.publish(erasureCompleted.matching, firm, subject);
    await eventually(async () => expect((await now()).state).toBe('done'));

    for (const [table, column] of [
      ['membership', 'party_id'],
      ['api_key', 'firm_id'],
      ['invitation', 'company_id'],
      ['consent', 'party_id'],
    ])
      expect([table, await access.db.query(`SELECT 1 FROM ${table} WHERE ${column} = $1`, [firm])]).toEqual([
        table,
        [],
      ]);
    expect(await access.db.query('SELECT 1 FROM person WHERE id = $1', [person.person])).toEqual([]);
  });

  it('who is erased gets nothing new here, whatever comes late', async () => {
    const firm = access.firm();
    const subject = { kind: 'firm' as const, id: firm };
    const { token } = await access.ask(owner(firm), 'invite', { companyId: firm, role: 'editor' });
    await access.ask(owner(firm), 'erase', { subject });
    // The owner of the record still answers as if nothing had been asked.
    const late = await access.person();
    expect(await access.refused(owner(firm), 'createKey', { label: 'x', scopes: ['read'], firmId: firm })).toBe(
      'not-found',
    );
    expect(await access.refused(owner(firm), 'setConsent', { purpose: 'outreach', granted: true })).toBe('not-found');
    expect(await access.refused(late, 'acceptInvitation', { token })).toBe('not-found');
    expect(await access.refused(ADMIN, 'grant', { personId: late.person, role: { ...subject, role: 'owner' } })).toBe(
      'not-found',
    );
  });

  it('a profile that its owner deleted has a record too, and asking twice makes no second one', async () => {
    const firm = access.firm();
    await access.publish(companyErased, firm, { companyId: firm, revision: 2 });
    access.places.delete(firm);
    const record = await eventually(() => access.ask(ADMIN, 'erase', { subject: { kind: 'firm', id: firm } }));
    expect(record.steps.find((step) => step.owner === 'access')?.doneAt).not.toBeNull();
    expect((await access.ask(ADMIN, 'erase', { subject: { kind: 'firm', id: firm } })).id).toBe(record.id);
  });

  it('only who decides over it has it erased or handed out; others cannot tell whether it exists', async () => {
    const subject = { kind: 'firm' as const, id: access.firm() };
    for (const actor of [editor(subject.id), owner(access.firm()), coordinator('CH070')]) {
      expect(await access.refused(actor, 'erase', { subject })).toBe('not-found');
      expect(await access.refused(actor, 'export', subject)).toBe('not-found');
    }
    expect(await access.db.query('SELECT 1 FROM erasure WHERE party_id = $1', [subject.id])).toEqual([]);
  });

  it('an export has what each service keeps', async () => {
    const subject = { kind: 'expert' as const, id: access.expert() };
    await access.ask(subject, 'setConsent', { purpose: 'publication', granted: true });
    const { services } = await access.ask(subject, 'export', subject);
    expect(Object.keys(services).sort()).toEqual([
      'access',
      'companies',
      'cooperation',
      'experts',
      'matching',
      'notifications',
    ]);
    expect(services.access).toMatchObject({
      consent: [{ purpose: 'publication', granted: true, by: `expert:${subject.id}` }],
    });
  });

  it('consent has its history, and silence is a no', async () => {
    const expert = { kind: 'expert' as const, id: access.expert() };
    expect((await access.ask(expert, 'consents', {})).items.map((one) => one.granted)).toEqual([false, false]);
    await access.ask(expert, 'setConsent', { purpose: 'outreach', granted: true });
    await access.ask(expert, 'setConsent', { purpose: 'outreach', granted: true });
    const last = await access.ask(expert, 'setConsent', { purpose: 'outreach', granted: false });
    expect(last.granted).toBe(false);
    expect(last.history.map((one) => one.granted)).toEqual([false, true]);
    const told = await access.db.query(
      `SELECT envelope->'data'->'granted' AS granted FROM outbox WHERE type = 'consent-changed.v1' AND aggregate_id = $1 ORDER BY id`,
      [expert.id],
    );
    expect(told).toEqual([{ granted: true }, { granted: false }]);
  });
});
