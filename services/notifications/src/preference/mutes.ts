import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { type Because, type Lang, type Mute, matchingRpc } from '#libs/contracts';
import { RpcClient, serviceContext } from '#libs/service';
import { competenceOf } from '../notice/because.js';
import type { NoticeKind, RecipientKind } from '../notice/notice.entity.js';
import type { News } from '../notice/tell.js';
import { keyOf, type Recipient } from './preference.store.js';

interface Row {
  id: string;
  recipient_kind: RecipientKind;
  recipient_id: string;
  kind: NoticeKind;
  competence: string;
  created_at: Date;
}

/** Reasons for which somebody does not want to be told. */
@Injectable()
export class Mutes {
  private readonly logger = new Logger('Mutes');

  constructor(private readonly rpc: RpcClient) {}

  /**
   * Marks the news whose reason is muted. For a competence the matching has to be asked, for those few who muted one; when it cannot be, the notice
   * is written, and mails check once more before they go.
   */
  async apply(manager: EntityManager, news: News[]): Promise<News[]> {
    const mutes = await this.of(
      manager,
      news.map((one) => one.recipient),
    );
    if (mutes.size === 0) return news;
    const muted = (one: News) => mutes.get(keyOf(one.recipient))?.filter((mute) => mute.kind === one.kind) ?? [];
    const asked = news.filter((one) => one.suggestionId && muted(one).some((mute) => mute.competence));
    const competences = await this.competences(asked.flatMap((one) => one.suggestionId ?? []));
    return news.map((one) => {
      const competence = competences.get(one.suggestionId ?? '');
      const silent = muted(one).some((mute) => mute.competence === '' || mute.competence === competence);
      return silent ? { ...one, muted: true } : one;
    });
  }

  /** The mutes of these recipients, by `keyOf`. */
  async of(manager: EntityManager, recipients: Recipient[]): Promise<Map<string, Row[]>> {
    const rows = await manager.query<Row[]>(
      `SELECT * FROM mute WHERE (recipient_kind, recipient_id) IN (SELECT * FROM unnest($1::text[], $2::uuid[])) ORDER BY id`,
      [recipients.map(({ kind }) => kind), recipients.map(({ id }) => id)],
    );
    return Map.groupBy(rows, (row) => keyOf({ kind: row.recipient_kind, id: row.recipient_id }));
  }

  async list(manager: EntityManager, recipient: Recipient, lang: Lang): Promise<Mute[]> {
    const rows = (await this.of(manager, [recipient])).get(keyOf(recipient)) ?? [];
    const names = await this.names(
      rows.flatMap(({ competence }) => competence || []),
      lang,
    );
    return rows.map((row) => shown(row, names));
  }

  /** Mutes a kind for a competence, or, without one, altogether. */
  async add(
    manager: EntityManager,
    { kind: recipientKind, id }: Recipient,
    mute: { kind: NoticeKind; competence: string | null },
    lang: Lang,
    now: Date,
  ): Promise<Mute> {
    const [row] = await manager.query<Row[]>(
      `INSERT INTO mute (id, recipient_kind, recipient_id, kind, competence, created_at) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (recipient_kind, recipient_id, kind, competence) DO UPDATE SET kind = EXCLUDED.kind RETURNING *`,
      [uuidv7(), recipientKind, id, mute.kind, mute.competence ?? '', now],
    );
    return shown(row!, await this.names(mute.competence ? [mute.competence] : [], lang));
  }

  /** False where there is no such mute. */
  async remove(manager: EntityManager, { kind, id: owner }: Recipient, id: string): Promise<boolean> {
    const [, count] = await manager.query<[unknown, number]>(
      `DELETE FROM mute WHERE id = $1 AND recipient_kind = $2 AND recipient_id = $3`,
      [id, kind, owner],
    );
    return count > 0;
  }

  /** What competences are called; empty while nobody can say. */
  async names(ids: string[], lang: Lang): Promise<Map<string, string>> {
    if (ids.length === 0) return new Map();
    const ctx = serviceContext('notifications', lang);
    const found = await this.rpc.fetchAll(matchingRpc.competenceNames, ids, ctx).catch(() => []);
    return new Map(found.map(({ id, label }) => [id, label]));
  }

  private async competences(suggestionIds: string[]): Promise<Map<string, string | null>> {
    if (suggestionIds.length === 0) return new Map();
    try {
      const found = await this.rpc.fetchAll(
        matchingRpc.suggestionsById,
        suggestionIds,
        serviceContext('notifications'),
      );
      return new Map(found.map(({ id, reasons }) => [id, competenceOf(reasons)]));
    } catch (error) {
      this.logger.warn(`Whether a reason is muted cannot be told: ${(error as Error).message}`);
      return new Map();
    }
  }
}

/** Whether one of somebody's mutes silences a notice. */
export function isMuted(
  mutes: readonly Pick<Row, 'kind' | 'competence'>[],
  kind: NoticeKind,
  because: Because,
): boolean {
  return mutes.some((mute) => mute.kind === kind && (mute.competence === '' || mute.competence === because.competence));
}

function shown(row: Row, names: ReadonlyMap<string, string>): Mute {
  const competence = row.competence || null;
  return {
    id: row.id,
    kind: row.kind,
    competence,
    label: competence && (names.get(competence) ?? competence),
    createdAt: row.created_at.toISOString(),
  };
}
