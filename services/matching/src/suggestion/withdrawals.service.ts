import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { suggestionWithdrawn } from '#libs/contracts';
import { Outbox } from '#libs/messaging';
import { forgetErased } from '../learning/judge.js';
import { newsOf } from './suggestion.news.js';

interface Withdrawn {
  id: string;
  revision: number;
  opportunityId: string;
  companyId: string;
  anonymous: boolean;
  subjectType: 'expert' | 'company';
  subjectId: string;
}

/** Takes suggestions back whose opportunity is closed or whose subject may no longer be suggested, and tells so, in the caller's transaction. */
@Injectable()
export class Withdrawals {
  constructor(private readonly outbox: Outbox) {}

  async ofOpportunities(manager: EntityManager, ids: ReadonlySet<string>): Promise<void> {
    await forgetErased(manager, 'opportunity', ids);
    await this.where(manager, 'opportunity_id = ANY($1::uuid[])', [[...ids]], 'opportunity-closed');
  }

  async ofSubjects(manager: EntityManager, type: 'expert' | 'company', ids: ReadonlySet<string>): Promise<void> {
    await forgetErased(manager, type, ids);
    await this.where(manager, 'subject_id = ANY($1::uuid[]) AND subject_type = $2', [[...ids], type], 'subject-gone');
  }

  private async where(
    manager: EntityManager,
    condition: string,
    parameters: [string[], ...unknown[]],
    reason: z.output<typeof suggestionWithdrawn.data>['reason'],
  ): Promise<void> {
    if (parameters[0].length === 0) return;
    // TypeORM answers an UPDATE with the rows and their number.
    const [rows] = await manager.query<[Withdrawn[], number]>(
      `UPDATE suggestion SET state = 'withdrawn', revision = revision + 1
       WHERE id IN (SELECT id FROM suggestion WHERE state = 'open' AND ${condition} ORDER BY id FOR UPDATE)
       RETURNING id, revision, opportunity_id AS "opportunityId", company_id AS "companyId", anonymous, subject_type AS "subjectType",
         subject_id AS "subjectId"`,
      parameters,
    );
    await this.outbox.addMany(
      manager,
      suggestionWithdrawn,
      rows.map((row) => ({ aggregateId: row.id, data: { ...newsOf(row), reason } })),
    );
  }
}
