import { Controller } from '@nestjs/common';
import { claimMailAsked, companyErased } from '#libs/contracts';
import { type EventContext, OnEvent } from '#libs/messaging';
import { Clock } from '#libs/service';
import { Mailer } from '../channel/mailer.js';

/** Notes that a claim wants a mail to the address of the register. What it says and where it goes is fetched when it is sent. */
@Controller()
export class ClaimLetterHandler {
  constructor(
    private readonly mailer: Mailer,
    private readonly clock: Clock,
  ) {}

  @OnEvent(claimMailAsked)
  async asked(
    { claimId, companyId }: { claimId: string; companyId: string },
    { manager, envelope }: EventContext,
  ): Promise<void> {
    if (!this.mailer.enabled) return;
    await manager.query(
      `INSERT INTO claim_letter (id, claim_id, company_id, state, attempts, next_at, created_at) VALUES ($1, $2, $3, 'pending', 0, $4, $4)`,
      [envelope.id, claimId, companyId, this.clock.now()],
    );
  }

  @OnEvent(companyErased)
  async companyErased({ companyId }: { companyId: string }, { manager }: EventContext): Promise<void> {
    await manager.query('DELETE FROM claim_letter WHERE company_id = $1', [companyId]);
  }
}
