import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import {
  type accessRpc,
  actorName,
  type CallContext,
  CONSENT_PURPOSES,
  type Consent,
  consentChanged,
  type Party,
} from '#libs/contracts';
import { Outbox } from '#libs/messaging';
import { Clock } from '#libs/service';
import { holdParty, speakerFor } from '../membership/party.js';

type Change = z.output<typeof accessRpc.setConsent.request>;

/** What firms and experts agree to, purpose by purpose, with all that was said before. Silence is a no. */
@Injectable()
export class ConsentService {
  constructor(
    private readonly db: DataSource,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
  ) {}

  async list({ actor }: CallContext): Promise<{ items: Consent[] }> {
    return { items: await consentsOf(this.db.manager, speakerFor(actor)) };
  }

  async set({ purpose, granted }: Change, { actor }: CallContext): Promise<Consent> {
    const party = speakerFor(actor);
    return this.db.transaction(async (manager) => {
      await holdParty(manager, party);
      const before = await consentOf(manager, party, purpose);
      if (before.granted === granted && before.history.length > 0) return before;
      await manager.query(
        'INSERT INTO consent (id, kind, party_id, purpose, granted, by, at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
        [uuidv7(), party.kind, party.id, purpose, granted, actorName(actor), this.clock.now()],
      );
      await this.outbox.add(manager, consentChanged, { aggregateId: party.id, data: { ...party, purpose, granted } });
      return consentOf(manager, party, purpose);
    });
  }
}

async function consentsOf(manager: EntityManager, party: Party): Promise<Consent[]> {
  return Promise.all(CONSENT_PURPOSES.map((purpose) => consentOf(manager, party, purpose)));
}

async function consentOf(manager: EntityManager, { kind, id }: Party, purpose: Consent['purpose']): Promise<Consent> {
  const rows = await manager.query<{ granted: boolean; at: Date; by: string }[]>(
    'SELECT granted, at, by FROM consent WHERE kind = $1 AND party_id = $2 AND purpose = $3 ORDER BY id DESC',
    [kind, id, purpose],
  );
  const history = rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  return { purpose, granted: history[0]?.granted ?? false, history };
}
