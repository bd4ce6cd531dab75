import { jetstream } from '@nats-io/jetstream';
import type { NatsConnection, Subscription } from '@nats-io/transport-node';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import {
  type CallContext,
  type Company,
  companiesRpc,
  type EventContract,
  type Expert,
  expertsRpc,
  matchingRpc,
  type OpportunityFacts,
  opportunitiesRpc,
  Problem,
  type RpcContract,
  type Suggestion,
  streamOf,
} from '#libs/contracts';

type Listed = z.infer<typeof matchingRpc.suggestions.request>;
type NextBest = z.infer<typeof matchingRpc.nextBest.request>;

/** Stands in for the other services: answers their requests from memory and publishes their events. All people and firms are invented. */
export class Neighbours {
  readonly firms = new Map<string, Company>();
  readonly experts = new Map<string, Expert>();
  readonly needs = new Map<string, OpportunityFacts>();
  readonly suggestions = new Map<string, Suggestion>();
  private readonly subscriptions: Subscription[] = [];
  /** Runs while a whole profile is being read. */
  onRead: () => Promise<unknown> = async () => {};
  /** Runs after an opportunity was read, before the answer arrives. */
  onFacts: () => Promise<unknown> = async () => {};
  private matching: Subscription[] = [];

  constructor(private readonly nats: NatsConnection) {
    this.subscriptions.push(
      this.batch(companiesRpc.cards, this.firms),
      this.batch(companiesRpc.facts, this.firms),
      this.one(companiesRpc.get, this.firms),
      this.batch(expertsRpc.cards, this.experts, (expert) => expert.listed),
      this.batch(expertsRpc.facts, this.experts),
      this.one(expertsRpc.get, this.experts),
      this.answer(opportunitiesRpc.facts, async ({ ids }: { ids: string[] }) => {
        const items = structuredClone(ids.flatMap((id) => this.needs.get(id) ?? []));
        await this.onFacts();
        return { items, rest: [] };
      }),
    );
    this.joinMatching();
  }

  joinMatching(): void {
    this.matching = [
      this.batch(matchingRpc.suggestionsById, this.suggestions),
      this.answer(matchingRpc.suggestions, ({ expertId, companyId }: Listed) => ({
        items: [...this.suggestions.values()].filter(({ subject }) => subject.id === (expertId ?? companyId)),
        nextCursor: null,
      })),
      this.answer(matchingRpc.nextBest, ({ opportunityId, subjectType, except = [] }: NextBest) => {
        const next = [...this.suggestions.values()]
          .filter((one) => one.opportunityId === opportunityId && one.state === 'open')
          .filter(({ subject }) => subject.type === (subjectType ?? 'expert') && !except.includes(subject.id))
          .sort((a, b) => b.score - a.score)[0];
        return { suggestionId: next?.id ?? null };
      }),
    ];
  }

  /** Nobody answers for matching. */
  async leaveMatching(): Promise<void> {
    for (const subscription of this.matching) subscription.unsubscribe();
    await this.nats.flush();
  }

  firm(more: Partial<Company> = {}): string {
    const id = uuidv7();
    const contact = { name: 'Rosa Inventata', email: `${id}@example.org`, phone: '+39 0341 000000' };
    const profile = {
      id,
      revision: 1,
      name: `Tessitura Inventata ${id.slice(-4)}`,
      country: 'IT',
      territory: 'ITC43',
      contact,
    };
    this.firms.set(id, { ...COMPANY, ...profile, ...more } as Company);
    return id;
  }

  expert(more: Partial<Expert> = {}): string {
    const id = uuidv7();
    const contact = { email: `${id}@example.com` };
    const profile = {
      id,
      revision: 1,
      name: `Ada Inventata ${id.slice(-4)}`,
      country: 'CH',
      territory: 'CH070',
      contact,
    };
    this.experts.set(id, { ...EXPERT, ...profile, ...more } as Expert);
    return id;
  }

  /** A published need of a firm. */
  need(companyId: string, more: Partial<OpportunityFacts> = {}): string {
    const id = uuidv7();
    const { country, territory } = this.firms.get(companyId)!;
    this.needs.set(id, { ...NEED, id, companyId, country, territory, ...more } as OpportunityFacts);
    return id;
  }

  /** A suggestion as matching keeps it. */
  suggest(opportunityId: string, subjectId: string, more: Partial<Suggestion> = {}): string {
    const id = uuidv7();
    const type = this.experts.has(subjectId) ? 'expert' : 'company';
    const { companyId } = this.needs.get(opportunityId)!;
    const subject = { type, id: subjectId, country: 'CH', territory: 'CH070' };
    this.suggestions.set(id, { ...SUGGESTION, id, opportunityId, companyId, subject, ...more } as Suggestion);
    return id;
  }

  /** Publishes an event of another service. */
  async publish<T extends z.ZodType>(
    contract: EventContract<T>,
    aggregateId: string,
    data: z.input<T>,
    eventId = uuidv7(),
  ): Promise<void> {
    const envelope = {
      specversion: '1.0',
      id: eventId,
      source: `ceresio/${contract.owner}`,
      type: contract.type,
      subject: aggregateId,
      time: new Date().toISOString(),
      datacontenttype: 'application/json',
      data,
    };
    await jetstream(this.nats).publish(`${contract.subject}.${aggregateId}`, JSON.stringify(envelope), {
      expect: { streamName: streamOf(contract.owner) },
    });
  }

  private batch<T>(
    contract: RpcContract,
    from: Map<string, T>,
    shown: (item: T) => boolean = () => true,
  ): Subscription {
    return this.answer(contract, ({ ids }: { ids: string[] }) => ({
      items: ids.flatMap((id) => from.get(id) ?? []).filter(shown),
      rest: [],
    }));
  }

  private one<T>(contract: RpcContract, from: Map<string, T>): Subscription {
    return this.answer(contract, async ({ id }: { id: string }) => {
      await this.onRead();
      const found = from.get(id);
      if (!found) throw new Problem('not-found', 'There is none with this id.');
      return found;
    });
  }

  private answer(contract: RpcContract, find: (request: never) => unknown): Subscription {
    const respond = async (request: unknown): Promise<object> => {
      try {
        return { response: contract.response.parse(await find(request as never)) };
      } catch (failure) {
        if (!(failure instanceof Problem)) throw failure;
        return { err: failure.toBody() };
      }
    };
    return this.nats.subscribe(contract.subject, {
      callback: (error, message) => {
        if (error) return;
        const { data } = message.json<{ data: { ctx: CallContext; data: unknown } }>().data;
        void respond(data).then((reply) => message.respond(JSON.stringify({ id: '1', ...reply, isDisposed: true })));
      },
    });
  }
}

const AT = '2026-01-12T09:00:00.000Z';
const COMPANY = {
  kind: null,
  sizeClass: null,
  people: null,
  identifiers: [],
  town: null,
  sectors: [],
  languages: ['it'],
  text: null,
  offers: [],
  seeks: [],
  ipStatus: null,
  website: null,
  completeness: { percent: 50, nextStep: null },
  createdAt: AT,
  updatedAt: AT,
};
const EXPERT = {
  role: null,
  affiliation: null,
  orcid: null,
  territories: [],
  languages: ['it'],
  text: null,
  competences: [],
  evidence: [],
  capacity: 3,
  away: [],
  website: null,
  listed: true,
  createdAt: AT,
  updatedAt: AT,
};
const NEED = {
  revision: 1,
  state: 'published',
  type: 'TR',
  title: 'Controllo dei difetti su tessuti tecnici',
  summary: 'Cerchiamo chi ci aiuti a trovare i difetti durante la tessitura.',
  lang: 'it',
  text: null,
  competences: [],
  sectors: [],
  prefer: null,
  expiresAt: null,
  openForInterest: true,
  anonymous: false,
  languages: ['it'],
};
const SUGGESTION = {
  revision: 1,
  state: 'open',
  anonymous: false,
  weightsVersion: 'test',
  createdAt: AT,
  rank: 1,
  score: 0.8,
  parts: { competences: 0.8, text: 0, sector: 0, territory: 0, language: 0, availability: 0 },
  reasons: [{ code: 'competence', params: {}, text: 'Competenza comprovata', weight: 0.8 }],
  missing: [],
};
