import { jetstream } from '@nats-io/jetstream';
import type { NatsConnection, Subscription } from '@nats-io/transport-node';
import { v7 as uuid } from 'uuid';
import type { z } from 'zod';
import { regionOf, Taxonomy } from '#libs/competences';
import {
  type CallContext,
  type CompanyFacts,
  type CompetenceRef,
  companiesRpc,
  companyErased,
  companySaved,
  cooperationRpc,
  type DeclineReason,
  type EventContract,
  type ExpertFacts,
  expertErased,
  expertSaved,
  expertsRpc,
  type InterestFacts,
  interestAnswered,
  type Load,
  loadChanged,
  mayActFor,
  type OpportunityFacts,
  opportunitiesRpc,
  opportunityClosed,
  opportunityPublished,
  type RpcContract,
  streamOf,
} from '#libs/contracts';
import { fitIntoMessage } from '#libs/service';

type Given<T> = Partial<Omit<T, 'id' | 'revision'>>;

/** A declared competence, by id or in words. */
export function competence(name: string, level?: CompetenceRef['level']): CompetenceRef {
  return { id: Taxonomy.own().resolve(name) ?? null, label: name, ...(level ? { level } : {}) };
}

/** An invented expert of whom nothing is known yet. */
export const EXPERT: Omit<ExpertFacts, 'id' | 'revision'> = {
  country: 'IT',
  role: null,
  territory: 'ITC43',
  territories: [],
  languages: ['it'],
  text: null,
  competences: [],
  evidence: [],
  capacity: 3,
  away: [],
  listed: true,
};

/** Stands in for the services that own subjects: answers for their facts from memory and publishes their events. Everybody in it is invented. */
export class Owners {
  readonly experts = new Map<string, ExpertFacts>();
  readonly companies = new Map<string, CompanyFacts>();
  readonly opportunities = new Map<string, OpportunityFacts>();
  readonly interests = new Map<string, InterestFacts>();
  private readonly loads = new Map<string, Load>();
  private subscriptions: Subscription[] = [];

  constructor(private readonly nats: NatsConnection) {
    this.join();
  }

  /** The owners' services run (again). */
  join(): void {
    this.subscriptions = [
      this.answer(expertsRpc.facts, this.experts),
      this.answer(companiesRpc.facts, this.companies),
      this.answer(opportunitiesRpc.facts, this.opportunities),
      this.answer(cooperationRpc.facts, this.interests),
      this.answerOne(),
    ];
  }

  /** The owners' services are away: nobody answers. */
  async leave(): Promise<void> {
    for (const subscription of this.subscriptions) subscription.unsubscribe();
    await this.nats.flush();
  }

  /** A new or changed expert; tells of it unless told not to. */
  async expert(given: Given<ExpertFacts>, id: string = uuid(), quietly = false): Promise<string> {
    const before = this.experts.get(id);
    const facts: ExpertFacts = {
      ...EXPERT,
      ...before,
      ...given,
      id,
      revision: (before?.revision ?? 0) + 1,
    };
    this.experts.set(id, facts);
    if (!quietly) await this.publish(expertSaved, id, { expertId: id, revision: facts.revision, listed: facts.listed });
    return id;
  }

  async company(given: Given<CompanyFacts>, id: string = uuid()): Promise<string> {
    const before = this.companies.get(id);
    const facts: CompanyFacts = {
      country: 'IT',
      kind: 'sme',
      sizeClass: 'small',
      territory: 'ITC42',
      sectors: [],
      languages: ['it'],
      text: null,
      offers: [],
      seeks: [],
      ...before,
      ...given,
      id,
      revision: (before?.revision ?? 0) + 1,
    };
    this.companies.set(id, facts);
    await this.publish(companySaved, id, { companyId: id, revision: facts.revision });
    return id;
  }

  /** Publishes a need of a company. */
  async need(companyId: string, given: Given<OpportunityFacts>, id: string = uuid()): Promise<string> {
    const before = this.opportunities.get(id);
    const company = this.companies.get(companyId);
    const facts: OpportunityFacts = {
      type: 'TR',
      title: 'Fabbisogno di prova',
      summary: 'Fabbisogno di prova.',
      lang: 'it',
      text: null,
      competences: [],
      sectors: company?.sectors ?? [],
      prefer: null,
      expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
      openForInterest: true,
      anonymous: false,
      country: company?.country ?? 'IT',
      territory: company?.territory ?? null,
      languages: company?.languages ?? ['it'],
      ...before,
      ...given,
      companyId,
      state: 'published',
      id,
      revision: (before?.revision ?? 0) + 1,
    };
    // As its owner gives it out: coarse, and with its firm for services alone.
    if (facts.anonymous) facts.territory = facts.territory && regionOf(facts.territory);
    this.opportunities.set(id, facts);
    await this.publish(opportunityPublished, id, {
      opportunityId: id,
      ...(facts.anonymous ? {} : { companyId }),
      revision: facts.revision,
      type: facts.type,
    });
    return id;
  }

  async close(id: string): Promise<void> {
    const facts = this.opportunities.get(id)!;
    const closed: OpportunityFacts = { ...facts, state: 'on-hold', revision: facts.revision + 1 };
    this.opportunities.set(id, closed);
    await this.publish(opportunityClosed, id, {
      opportunityId: id,
      ...(facts.anonymous ? {} : { companyId: facts.companyId }),
      revision: closed.revision,
      reason: 'on-hold',
    });
  }

  /** Tells how many requests an expert has in hand, as cooperation does. */
  async load(expertId: string, given: Partial<Omit<Load, 'expertId'>>): Promise<void> {
    const revision = (this.loads.get(expertId)?.revision ?? 0) + 1;
    const load: Load = { open: 0, asked: 0, responseRate: null, medianHours: null, revision, ...given, expertId };
    this.loads.set(expertId, load);
    await this.publish(loadChanged, expertId, load);
  }

  /** An interest of one side of a pairing that the other has answered. */
  async answered(
    about: Pick<InterestFacts, 'opportunityId' | 'asker' | 'asked'> & { suggestionId?: string },
    answer: 'accepted' | 'declined' | 'withdrawn',
    reasonCode?: DeclineReason,
  ): Promise<string> {
    const id = uuid();
    const { opportunityId, suggestionId } = about;
    this.interests.set(id, {
      ...{ id, revision: 2, state: answer === 'declined' ? 'not-pertinent' : 'taken-over', note: null },
      ...{ answerNote: null, reasonCode: reasonCode ?? null, ownerHidden: false, nextSuggestionId: null },
      ...{ dueAt: new Date().toISOString(), answeredAt: new Date().toISOString() },
      ...about,
      suggestionId: suggestionId ?? null,
    });
    await this.publish(interestAnswered, id, {
      ...{ interestId: id, opportunityId, revision: 2, answer },
      ...(suggestionId ? { suggestionId } : {}),
      ...(reasonCode ? { reasonCode } : {}),
    });
    return id;
  }

  async eraseExpert(id: string): Promise<void> {
    const revision = this.experts.get(id)!.revision + 1;
    this.experts.delete(id);
    await this.publish(expertErased, id, { expertId: id, revision });
  }

  async eraseCompany(id: string): Promise<void> {
    const revision = this.companies.get(id)!.revision + 1;
    this.companies.delete(id);
    await this.publish(companyErased, id, { companyId: id, revision });
  }

  /** Puts an event on its stream as the owner's relay does. */
  async publish<T extends z.ZodType>(contract: EventContract<T>, aggregateId: string, data: z.input<T>): Promise<void> {
    const id = uuid();
    const envelope = {
      specversion: '1.0',
      id,
      source: `ceresio/${contract.owner}`,
      type: contract.type,
      subject: aggregateId,
      time: new Date().toISOString(),
      datacontenttype: 'application/json',
      data,
    };
    await jetstream(this.nats).publish(`${contract.subject}.${aggregateId}`, JSON.stringify(envelope), {
      msgID: id,
      expect: { streamName: streamOf(contract.owner) },
    });
  }

  /** One opportunity, for its owner alone unless it is published. */
  private answerOne(): Subscription {
    return this.nats.subscribe(opportunitiesRpc.get.subject, {
      callback: (error, message) => {
        if (error) return;
        const { ctx, data } = message.json<{ data: { ctx: CallContext; data: { id: string } } }>().data;
        const found = this.opportunities.get(data.id);
        const seen = found && (found.state === 'published' || mayActFor(ctx.actor, 'firm', found.companyId));
        const refusal = { code: 'not-found', detail: 'There is no such opportunity', errors: [] };
        message.respond(
          JSON.stringify({
            id: '1',
            ...(seen ? { response: asSeenBy(found, ctx) } : { err: refusal }),
            isDisposed: true,
          }),
        );
      },
    });
  }

  private answer<T extends { id: string }>(contract: RpcContract, known: ReadonlyMap<string, T>): Subscription {
    return this.nats.subscribe(contract.subject, {
      callback: (error, message) => {
        if (error) return;
        const { data } = message.json<{ data: { data: { ids: string[] } } }>().data;
        const items = data.ids.flatMap((id) => known.get(id) ?? []);
        message.respond(
          JSON.stringify({
            id: '1',
            response: contract.response.parse(fitIntoMessage(items, data.ids)),
            isDisposed: true,
          }),
        );
      },
    });
  }
}

function asSeenBy(opportunity: OpportunityFacts, { actor }: CallContext) {
  const { anonymous, companyId } = opportunity;
  return { ...opportunity, companyId: anonymous && !mayActFor(actor, 'firm', companyId) ? null : companyId };
}
