import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  type CallContext,
  type Lang,
  matchingRpc,
  type OpportunityCard,
  opportunitiesRpc,
  type Suggestion,
} from '#libs/contracts';
import { RpcClient, serviceContext } from '#libs/service';
import type { NoticeEntity } from './notice.entity.js';
import { type Cause, type NoticeText, noticeText } from './notice-text.js';

/** How long somebody who opens the inbox waits for other services before the notices come without details. */
export const READER_PATIENCE_MS = 1200;

/** A notice in words, with what a mail shows beside them. */
export interface ToldNotice extends NoticeText {
  card?: OpportunityCard;
  /** False once the suggestion was set aside or withdrawn: nobody needs to be written to any more. */
  standing: boolean;
}

/** Puts notices into words from the current state at its owners, so that nothing stale or erased is ever shown. */
@Injectable()
export class NoticeTexts {
  private readonly logger = new Logger('NoticeTexts');

  constructor(
    private readonly rpc: RpcClient,
    private readonly dataSource: DataSource,
  ) {}

  /** Texts by notice id. With `patienceMs` an owner that does not answer in time counts as away; it never rejects for an owner's sake. */
  async of(notices: NoticeEntity[], lang: Lang, patienceMs?: number): Promise<Map<string, ToldNotice>> {
    const opportunityIds = distinct(notices.map((notice) => notice.opportunityId));
    const suggestionIds = distinct(notices.flatMap((notice) => notice.suggestionId ?? []));
    const ctx = serviceContext('notifications', lang);
    const [cards, suggestions, found] = await Promise.all([
      this.ask('companies', patienceMs, opportunityIds, () => this.cards(opportunityIds, ctx)),
      this.ask('matching', patienceMs, suggestionIds, () => this.suggestions(suggestionIds, ctx)),
      this.found(distinct(notices.flatMap((notice) => (notice.suggestionId ? [] : notice.opportunityId)))),
    ]);
    return new Map(
      notices.map((notice) => {
        const count = found.get(notice.opportunityId) ?? 0;
        const cause = causeOf(notice, cards, suggestions, count);
        const suggestion = suggestions?.get(notice.suggestionId ?? '');
        const standing = notice.suggestionId ? suggestion?.state === 'open' : count > 0;
        const card = cause.status === 'known' ? cause.card : undefined;
        return [notice.id, { ...noticeText(notice.kind, cause, lang), card, standing }];
      }),
    );
  }

  private async cards(ids: string[], ctx: CallContext): Promise<Map<string, OpportunityCard>> {
    return new Map((await this.rpc.fetchAll(opportunitiesRpc.cards, ids, ctx)).map((card) => [card.id, card]));
  }

  private async suggestions(ids: string[], ctx: CallContext): Promise<Map<string, Suggestion>> {
    return new Map((await this.rpc.fetchAll(matchingRpc.suggestionsById, ids, ctx)).map((one) => [one.id, one]));
  }

  private async found(opportunityIds: string[]): Promise<Map<string, number>> {
    if (opportunityIds.length === 0) return new Map();
    const rows = await this.dataSource.query<{ opportunity_id: string; found: number }[]>(
      `SELECT opportunity_id, count(*)::int AS found FROM suggestion WHERE standing AND opportunity_id = ANY($1::uuid[]) GROUP BY 1`,
      [opportunityIds],
    );
    return new Map(rows.map((row) => [row.opportunity_id, row.found]));
  }

  /** What an owner says, or null when it cannot be asked. */
  private async ask<T>(
    owner: string,
    patienceMs: number | undefined,
    ids: string[],
    fetch: () => Promise<Map<string, T>>,
  ): Promise<Map<string, T> | null> {
    if (ids.length === 0) return new Map();
    try {
      return await (patienceMs === undefined ? fetch() : within(patienceMs, fetch()));
    } catch (error) {
      this.logger.warn(`${owner} could not be asked: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    }
  }
}

function causeOf(
  notice: NoticeEntity,
  cards: Map<string, OpportunityCard> | null,
  suggestions: Map<string, Suggestion> | null,
  found: number,
): Cause {
  if (!cards) return { status: 'away' };
  const card = cards.get(notice.opportunityId);
  if (card?.state !== 'published') return { status: 'gone' };
  if (!notice.suggestionId) return { status: 'known', card, reasons: [], found };
  if (!suggestions) return { status: 'known', card, reasons: null, found };
  const suggestion = suggestions.get(notice.suggestionId);
  if (!suggestion || suggestion.state === 'withdrawn') return { status: 'gone' };
  return { status: 'known', card, reasons: suggestion.reasons, found };
}

const distinct = (ids: string[]): string[] => [...new Set(ids)];

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
