import { Injectable } from '@nestjs/common';
import {
  type CallContext,
  companiesRpc,
  expertsRpc,
  opportunitiesRpc,
  type Ranked,
  type SubjectType,
} from '#libs/contracts';
import { RpcClient, serviceContext } from '#libs/service';

/** What an answer says of a subject besides what matching knows of it. */
export interface SubjectCard {
  name: string;
  affiliation?: string | null;
  /** Null where the firm stays unnamed. */
  company?: { id: string; name: string } | null;
}

export type Named<T extends Pick<Ranked, 'subject'>> = T & { subject: T['subject'] & SubjectCard };

/** Joins names, which matching does not have, from their owners: one batched request per kind of subject, all at once. */
@Injectable()
export class SubjectNames {
  constructor(private readonly rpc: RpcClient) {}

  /** The items in their order with names; those whose owner no longer knows them, or no longer shows them, are left out. */
  async join<T extends Pick<Ranked, 'subject'>>(items: readonly T[], ctx: CallContext): Promise<Named<T>[]> {
    const own = serviceContext('gateway', ctx.lang, ctx.requestId);
    const ids: Record<SubjectType, string[]> = { expert: [], company: [], opportunity: [] };
    for (const { subject } of items) ids[subject.type].push(subject.id);
    const [experts, companies, opportunities] = await Promise.all([
      this.rpc.fetchAll(expertsRpc.cards, ids.expert, own),
      this.rpc.fetchAll(companiesRpc.cards, ids.company, own),
      this.rpc.fetchAll(opportunitiesRpc.cards, ids.opportunity, own),
    ]);
    const cards = new Map<string, SubjectCard>();
    for (const { id, name, affiliation } of experts) cards.set(`expert ${id}`, { name, affiliation });
    for (const { id, name } of companies) cards.set(`company ${id}`, { name });
    for (const { id, title, company, state } of opportunities) {
      // What was put on hold or archived since the matching saw it is no longer for others to read.
      if (state !== 'published') continue;
      cards.set(`opportunity ${id}`, { name: title, company: company && { id: company.id, name: company.name } });
    }
    return items.flatMap((item) => {
      const card = cards.get(`${item.subject.type} ${item.subject.id}`);
      return card ? [{ ...item, subject: { ...item.subject, ...card } }] : [];
    });
  }
}
