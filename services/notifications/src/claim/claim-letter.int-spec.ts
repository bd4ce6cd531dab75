import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuidv7 } from 'uuid';
import { accessRpc, claimMailAsked, companiesRpc, companyErased, type Lang } from '#libs/contracts';
import type { MailCatcher, NatsServer } from '#libs/engines';
import { eventually, smtpServer, type TestDatabase, templateDatabase, testNats } from '#libs/testing';
import { type Running, running } from '../../test/running.js';
import { dataSourceOptions } from '../data-source.js';
import { ClaimLetterSender } from './claim-letter.sender.js';

const CODES: Record<Lang, string> = {
  it: 'ABCD-EFGH-2345',
  en: 'BBCD-EFGH-2345',
  de: 'CBCD-EFGH-2345',
  fr: 'DBCD-EFGH-2345',
};

/** All firms and addresses are invented. */
describe('The mail about a claim', () => {
  let nats: NatsServer;
  let database: TestDatabase;
  let smtp: MailCatcher;
  let service: Running;
  /** Claims that wait, and the language of the firm. */
  const waiting = new Map<string, { firm: string; lang: Lang }>();
  const addresses = new Map<string, { name: string; email: string | null; lang: Lang }>();
  const playAccess = () =>
    service.neighbours.play(accessRpc.claimLetter, ({ id }) => {
      const claim = waiting.get(id);
      const until = '2026-12-08T22:59:59.000Z';
      return { letter: claim ? { companyId: claim.firm, code: CODES[claim.lang], until } : null };
    });
  let access: ReturnType<typeof playAccess>;

  beforeAll(async () => {
    nats = await testNats();
    database = await templateDatabase('notifications', dataSourceOptions(''));
    smtp = await smtpServer({});
    service = await running(database.url, nats.url, {
      SMTP_URL: smtp.smtpUrl,
      MAIL_FROM: 'Ceresio <c@ceresio.example>',
    });
    // The test says when something is sent.
    await service.app.get(ClaimLetterSender).beforeApplicationShutdown();
    access = playAccess();
    service.neighbours.play(companiesRpc.registerAddresses, ({ ids }) => ({
      items: ids.flatMap((id) => (addresses.has(id) ? [{ id, ...addresses.get(id)! }] : [])),
      rest: [],
    }));
  });
  afterAll(async () => {
    await service.stop();
    await smtp.close();
    await Promise.all([database.drop(), nats.stop()]);
  });

  const asked = async (lang: Lang = 'it', email?: string | null) => {
    const [claim, firm] = [uuidv7(), uuidv7()];
    waiting.set(claim, { firm, lang });
    addresses.set(firm, {
      name: 'Officina <Inventata>',
      email: email === undefined ? `${firm}@pec.example.org` : email,
      lang,
    });
    await service.neighbours.publish(claimMailAsked, claim, { claimId: claim, companyId: firm });
    await eventually(() => stateOf(claim));
    return { claim, firm };
  };
  const stateOf = async (claim: string) => {
    const [row] = await service.query<{ state: string; last_error: string | null }>(
      'SELECT state, last_error FROM claim_letter WHERE claim_id = $1',
      [claim],
    );
    if (!row) throw new Error('no letter yet');
    return row.last_error ? `${row.state} ${row.last_error}` : row.state;
  };
  const sendDue = (laterMs = 0) => service.app.get(ClaimLetterSender).sendDue(new Date(Date.now() + laterMs));
  const mailsTo = (firm: string) => smtp.mails().filter((mail) => mail.to.includes(`${firm}@pec.example.org`));

  it('brings the code to the address of the register, in the language of the firm', async () => {
    for (const lang of ['it', 'en', 'de', 'fr'] as const) {
      const { claim, firm } = await asked(lang);
      await sendDue();
      expect(await stateOf(claim)).toBe('sent');
      const mails = mailsTo(firm);
      expect(mails).toHaveLength(1);
      expect(mails[0]!.text).toContain(CODES[lang]);
      expect(mails[0]!.text).toContain('Officina <Inventata>');
      // Not where a locked screen shows it.
      expect(mails[0]!.subject).not.toContain(CODES[lang]);
      await sendDue(3_600_000);
      expect(mailsTo(firm)).toHaveLength(1);
    }
    const kept = JSON.stringify(await service.query('SELECT * FROM claim_letter'));
    expect(kept).not.toMatch(/pec\.example|EFGH/);
  });

  it('is not written where the register has no address, or nobody waits any more', async () => {
    const none = await asked('it', null);
    const decided = await asked();
    waiting.delete(decided.claim);
    await sendDue();
    expect([await stateOf(none.claim), await stateOf(decided.claim)]).toEqual([
      'cancelled no-address',
      'cancelled decided',
    ]);
    expect(mailsTo(decided.firm)).toEqual([]);
  });

  it('is sent later when who knows the code is away, and goes with the firm', async () => {
    const { claim, firm } = await asked();
    access.unsubscribe();
    await service.nc.flush();
    await sendDue();
    expect(await stateOf(claim)).toBe('pending owner-away');
    await sendDue();
    expect(mailsTo(firm)).toEqual([]);
    access = playAccess();
    await service.nc.flush();
    await sendDue(60_000);
    expect([await stateOf(claim), mailsTo(firm).length]).toEqual(['sent', 1]);
    await service.neighbours.publish(companyErased, firm, { companyId: firm, revision: 2 });
    await eventually(async () =>
      expect(await service.query('SELECT 1 FROM claim_letter WHERE claim_id = $1', [claim])).toEqual([]),
    );
  });
});
