import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { LoadFigures, LoadOf } from '../match/availability.part.js';

/** A live answer may be as much behind. */
const FRESH_MS = 1000;
/** Transactions that began earlier may commit later. */
const OVERLAP = "interval '1 minute'";

type Row = LoadFigures & { expertId: string; changedAt: Date };

/** How many requests experts have in hand and how they answer, kept in memory: the table says it for every copy of the service. */
@Injectable()
export class Loads {
  private readonly known = new Map<string, LoadFigures>();
  private readUntil = new Date(0);
  private readAt = 0;

  constructor(private readonly dataSource: DataSource) {}

  /** As it was at most a second ago. */
  async current(): Promise<LoadOf> {
    if (Date.now() - this.readAt > FRESH_MS) await this.refresh();
    return (expertId) => this.known.get(expertId);
  }

  /** As it is now. */
  async refresh(): Promise<void> {
    const rows = await this.dataSource.query<Row[]>(
      `SELECT expert_id AS "expertId", open, asked, response_rate AS "responseRate", changed_at AS "changedAt" FROM load
       WHERE changed_at > $1::timestamptz - ${OVERLAP}`,
      [this.readUntil],
    );
    for (const { expertId, changedAt, ...figures } of rows) {
      this.known.set(expertId, figures);
      if (changedAt > this.readUntil) this.readUntil = changedAt;
    }
    this.readAt = Date.now();
  }
}
