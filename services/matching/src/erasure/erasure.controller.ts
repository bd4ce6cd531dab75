import { Controller } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { companyErased, expertErased, exportRpc, type Party } from '#libs/contracts';
import { type EventBatchContext, OnEvent } from '#libs/messaging';
import { exportTables, forgetParty } from '#libs/records';
import { Rpc } from '#libs/service';

/** Erases what the subject handler leaves, and hands out what is kept of a firm or an expert. Whether all is gone, ErasureFinisher finds out. */
@Controller()
export class ErasureController {
  constructor(private readonly db: DataSource) {}

  @OnEvent(companyErased, { batch: true })
  async companyErased(data: { companyId: string }[], { manager }: EventBatchContext): Promise<void> {
    for (const { companyId } of data) await erase(manager, { kind: 'firm', id: companyId });
  }

  @OnEvent(expertErased, { batch: true })
  async expertErased(data: { expertId: string }[], { manager }: EventBatchContext): Promise<void> {
    for (const { expertId } of data) await erase(manager, { kind: 'expert', id: expertId });
  }

  /** The owner of an anonymous opportunity stays unnamed to who was suggested for it. */
  @Rpc(exportRpc.matching)
  export({ kind, id }: Party) {
    const type = kind === 'firm' ? 'company' : 'expert';
    return exportTables(this.db.manager, {
      subject: [
        `SELECT type, id, revision, open, country, territory, languages, concepts, features FROM subject
         WHERE (type = $1 AND id = $2) OR (type = 'opportunity' AND owner = $2) ORDER BY type, id`,
        [type, id],
      ],
      suggestion: [
        `SELECT id, state, opportunity_id, CASE WHEN anonymous AND company_id <> $2 THEN NULL ELSE company_id END AS company_id,
           subject_type, subject_id, rank, score, parts, contributions, missing, weights_version, created_at
         FROM suggestion WHERE (subject_type = $1 AND subject_id = $2) OR company_id = $2 ORDER BY id`,
        [type, id],
      ],
      judged_pair: [
        `SELECT opportunity_id, subject_type, subject_id, verdict, reason, features, judged_at FROM judged_pair
         WHERE (subject_type = $1 AND subject_id = $2) OR opportunity_id IN (SELECT id FROM subject WHERE type = 'opportunity' AND owner = $2)
         ORDER BY id`,
        [type, id],
      ],
      alert: [
        `SELECT id, name, seek, text, competences, filters, prefer, rhythm, lang, created_at, updated_at FROM alert
         WHERE owner_kind = $1 AND owner_id = $2 ORDER BY id`,
        [kind, id],
      ],
      alert_hit: [
        `SELECT h.alert_id, h.subject_id, h.score, h.found_at, h.told_at FROM alert_hit h JOIN alert a ON a.id = h.alert_id
         WHERE a.owner_kind = $1 AND a.owner_id = $2`,
        [kind, id],
      ],
      load: [
        'SELECT expert_id, open, asked, response_rate FROM load WHERE expert_id = $1',
        [kind === 'expert' ? id : null],
      ],
    });
  }
}

async function erase(manager: EntityManager, party: Party): Promise<void> {
  const { kind, id } = party;
  const type = kind === 'firm' ? 'company' : 'expert';
  // A suggestion shows which words met: those of the need, and of who was suggested for it. The pairing stays, by ids and figures.
  await manager.query(
    `UPDATE suggestion SET contributions = '[]', inputs = '{}', missing = '{}', features = NULL
     WHERE (subject_type = $1 AND subject_id = $2) OR company_id = $2`,
    [type, id],
  );
  await forgetParty(manager, party);
  await manager.query(
    `INSERT INTO pending_erasure (kind, id) VALUES ($1, $2) ON CONFLICT (kind, id) DO UPDATE SET words_until = NULL`,
    [kind, id],
  );
}
