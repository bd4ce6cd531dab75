import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { z } from 'zod';
import { type accessRpc, type CallContext, type Claim, claimMailAsked, idSchema, Problem } from '#libs/contracts';
import { Outbox } from '#libs/messaging';
import { notFound } from '#libs/records';
import { Clock } from '#libs/service';
import { grant } from '../membership/membership.store.js';
import { holdParty } from '../membership/party.js';
import { type ClaimRow, viewOf } from './claim.view.js';
import { codeFrom, hashOfCode } from './code.js';

type Letter = z.output<typeof accessRpc.claimLetter.response>;

const LIFE_MS = 72 * 3_600_000;
const TRIES = 5;
/** Mails to one firm in a day, whoever asks for them. */
const MAILS_A_DAY = 3;
const DAY_MS = 86_400_000;

/**
 * A claim is confirmed by whoever reads the mail at the address that the public register has of the firm. Whether there is such an address, whether
 * a mail went out and what is wrong with a code are told to nobody: a stranger learns nothing from asking.
 */
@Injectable()
export class ClaimMailService {
  constructor(
    private readonly db: DataSource,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  /** Has a mail sent for a waiting claim, unless one counts still or the firm has had enough of them. The caller looks the same either way. */
  async ask(manager: EntityManager, id: string): Promise<ClaimRow> {
    const now = this.clock.now();
    const [claim] = await manager.query<ClaimRow[]>('SELECT * FROM claim WHERE id = $1 FOR UPDATE', [id]);
    if (claim!.code_until && claim!.code_until > now) return claim!;
    await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`claim mails ${claim!.company_id}`]);
    const [mails] = await manager.query<{ n: number }[]>(
      'SELECT count(*)::int AS n FROM claim WHERE company_id = $1 AND mailed_at > $2',
      [claim!.company_id, new Date(now.getTime() - DAY_MS)],
    );
    const sends = mails!.n < MAILS_A_DAY;
    const [rows] = await manager.query<[ClaimRow[], number]>(
      `UPDATE claim SET code_hash = NULL, code_tries = 0, code_until = $2, mailed_at = CASE WHEN $3 THEN $4::timestamptz ELSE mailed_at END,
         revision = revision + 1 WHERE id = $1 RETURNING *`,
      [id, new Date(now.getTime() + LIFE_MS), sends, now],
    );
    const data = { claimId: id, companyId: claim!.company_id };
    if (sends) await this.outbox.add(manager, claimMailAsked, { aggregateId: id, data });
    return rows[0]!;
  }

  /** What to write, at the moment of writing. Only the hash of the code stays. */
  async letter(id: string): Promise<Letter> {
    const code = codeFrom(randomBytes(12));
    const [rows] = await this.db.query<[ClaimRow[], number]>(
      `UPDATE claim SET code_hash = $2 WHERE id = $1 AND state = 'pending' AND code_until > $3 RETURNING *`,
      [id, hashOfCode(code), this.clock.now()],
    );
    const [claim] = rows;
    if (!claim) return { letter: null };
    return { letter: { companyId: claim.company_id, code, until: claim.code_until!.toISOString() } };
  }

  /** Makes the person who claims the firm its owner, by the code of the mail. One answer to whatever is wrong, and five tries. */
  async confirm(id: string, code: string, { subject }: CallContext): Promise<Claim> {
    const person = idSchema.safeParse(subject).data;
    const [claim] = person
      ? await this.db.query<ClaimRow[]>('SELECT * FROM claim WHERE id = $1 AND person_id = $2', [id, person])
      : [];
    if (!claim) throw notFound('claim');
    const confirmed = await this.db.transaction(async (manager) => {
      await holdParty(manager, { kind: 'firm', id: claim.company_id });
      const now = this.clock.now();
      // The try is counted also where the answer is no: it is committed.
      const [tried] = await manager.query<[{ good: boolean }[], number]>(
        `UPDATE claim SET code_tries = code_tries + 1 WHERE id = $1 AND state = 'pending' AND code_until > $2 AND code_tries < ${TRIES}
         RETURNING code_hash IS NOT DISTINCT FROM $3 AS good`,
        [id, now, hashOfCode(code)],
      );
      if (!tried[0]?.good) return undefined;
      const [rows] = await manager.query<[ClaimRow[], number]>(
        `UPDATE claim SET state = 'confirmed', decided_by = 'mail', decided_at = $2, code_hash = NULL, revision = revision + 1
         WHERE id = $1 RETURNING *`,
        [id, now],
      );
      await grant(manager, claim.person_id, { kind: 'firm', id: claim.company_id, role: 'owner' }, 'mail', now);
      return rows[0];
    });
    if (!confirmed) throw new Problem('wrong-state', 'This code does not count, or not any more.');
    return viewOf(confirmed);
  }
}
