import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  type AlertFacts,
  alertsRpc,
  type Card,
  companiesRpc,
  cooperationRpc,
  expertsRpc,
  type HelpFacts,
  helpRpc,
  type InterestFacts,
  type Lang,
  matchingRpc,
  type OpportunityCard,
  opportunitiesRpc,
  type Party,
  type Suggestion,
} from '#libs/contracts';
import { RpcClient, serviceContext } from '#libs/service';
import { competenceOf } from './because.js';
import type { NoticeEntity } from './notice.entity.js';

/** What the owners say at this moment about everything that some notices are about. Null: that owner cannot be asked. */
export interface Facts {
  cards: Map<string, OpportunityCard> | null;
  suggestions: Map<string, Suggestion> | null;
  interests: Map<string, InterestFacts> | null;
  helps: Map<string, HelpFacts> | null;
  alerts: Map<string, AlertFacts> | null;
  /** The other sides of interests, by id. */
  firms: Map<string, Card> | null;
  experts: Map<string, Card> | null;
  /** Owners of opportunities that stay unnamed, where it takes them to tell who must not be named. */
  owners: Map<string, string> | null;
  /** What competences are called. */
  names: Map<string, string> | null;
  /** Suggestions that stand, by opportunity. */
  found: Map<string, number>;
}

const INTEREST_KINDS: readonly string[] = [
  'interest-received',
  'interest-answered',
  'contact-open',
  'interest-reminder',
  'interest-expired',
  'interest-withdrawn',
] satisfies NoticeEntity['kind'][];

export const isAboutInterest = ({ kind }: Pick<NoticeEntity, 'kind'>): boolean => INTEREST_KINDS.includes(kind);

/** Asks the owners of what notices are about. Nothing of it is kept: what is told is always the newest. */
@Injectable()
export class Causes {
  private readonly logger = new Logger('Causes');

  constructor(
    private readonly rpc: RpcClient,
    private readonly dataSource: DataSource,
  ) {}

  /** With `patienceMs` an owner that does not answer in time counts as away; it never rejects for an owner's sake. */
  async of(notices: NoticeEntity[], lang: Lang, patienceMs?: number): Promise<Facts> {
    const ctx = serviceContext('notifications', lang);
    const until = patienceMs === undefined ? undefined : Date.now() + patienceMs;
    const about = (wanted: (notice: NoticeEntity) => boolean) =>
      distinct(notices.filter(wanted).map((notice) => notice.aboutId));
    const ask = <T>(ids: string[], fetch: () => Promise<T[]>, key: (item: T) => string) =>
      this.ask(until, ids, fetch, key);
    const opportunityIds = distinct(notices.flatMap((notice) => notice.opportunityId ?? []));
    const suggestionIds = distinct(notices.flatMap((notice) => notice.suggestionId ?? []));
    const interestIds = about(isAboutInterest);
    const helpIds = about((notice) => notice.kind === 'help-answered');
    const alertIds = about((notice) => notice.kind === 'alert-hit');
    const byId = (item: { id: string }) => item.id;
    const [cards, suggestions, interests, helps, alerts, found] = await Promise.all([
      ask(opportunityIds, () => this.rpc.fetchAll(opportunitiesRpc.cards, opportunityIds, ctx), byId),
      ask(suggestionIds, () => this.rpc.fetchAll(matchingRpc.suggestionsById, suggestionIds, ctx), byId),
      ask(interestIds, () => this.rpc.fetchAll(cooperationRpc.facts, interestIds, ctx), byId),
      ask(helpIds, () => this.rpc.fetchAll(helpRpc.facts, helpIds, ctx), byId),
      ask(alertIds, () => this.rpc.fetchAll(alertsRpc.byIds, alertIds, ctx), byId),
      this.found(about((notice) => notice.kind === 'suggestions-ready')),
    ]);
    const parties = [...(interests?.values() ?? [])].flatMap(({ asker, asked }) => [asker, asked]);
    const firmIds = idsOf(parties, 'firm');
    const expertIds = idsOf(parties, 'expert');
    // Between a firm and an expert it is the firm that owns it; between two firms the owner has to be asked for.
    const unclear = distinct(
      [...(interests?.values() ?? [])]
        .filter(({ ownerHidden, asker, asked }) => ownerHidden && asker.kind === asked.kind)
        .map((interest) => interest.opportunityId),
    );
    const competences = distinct(
      [...(suggestions?.values() ?? [])].flatMap(({ reasons }) => competenceOf(reasons) ?? []),
    );
    const [firms, experts, owners, names] = await Promise.all([
      ask(firmIds, () => this.rpc.fetchAll(companiesRpc.cards, firmIds, ctx), byId),
      ask(expertIds, () => this.rpc.fetchAll(expertsRpc.cards, expertIds, ctx), byId),
      ask(unclear, () => this.rpc.fetchAll(opportunitiesRpc.facts, unclear, ctx), byId),
      ask(competences, () => this.rpc.fetchAll(matchingRpc.competenceNames, competences, ctx), byId),
    ]);
    return {
      cards,
      suggestions,
      interests,
      helps,
      alerts,
      firms,
      experts,
      owners: owners && new Map([...owners.values()].map((one) => [one.id, one.companyId])),
      names: names && new Map([...names.values()].map((one) => [one.id, one.label])),
      found,
    };
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
    until: number | undefined,
    ids: string[],
    fetch: () => Promise<T[]>,
    key: (item: T) => string,
  ): Promise<Map<string, T> | null> {
    if (ids.length === 0) return new Map();
    try {
      const items = await (until === undefined ? fetch() : within(Math.max(1, until - Date.now()), fetch()));
      return new Map(items.map((item) => [key(item), item]));
    } catch (error) {
      this.logger.warn(`An owner could not be asked: ${error instanceof Error ? error.message : String(error)}`);
      return null;
    }
  }
}

const distinct = (ids: string[]): string[] => [...new Set(ids)];

const idsOf = (parties: Party[], kind: Party['kind']): string[] =>
  distinct(parties.filter((party) => party.kind === kind).map((party) => party.id));

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
