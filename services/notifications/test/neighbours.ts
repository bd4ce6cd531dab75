import { jetstream } from '@nats-io/jetstream';
import type { NatsConnection, Subscription } from '@nats-io/transport-node';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import {
  type Actor,
  type Address,
  type AlertFacts,
  alertsRpc,
  type CallContext,
  type Card,
  companiesRpc,
  cooperationRpc,
  type EventContract,
  expertsRpc,
  type HelpFacts,
  helpRpc,
  type InterestFacts,
  type Lang,
  matchingRpc,
  type OpportunityCard,
  type OpportunityFacts,
  opportunitiesRpc,
  type RpcContract,
  type Suggestion,
  streamOf,
  suggestionMade,
} from '#libs/contracts';

type Owner = 'companies' | 'experts' | 'matching' | 'cooperation';
type Made = z.input<typeof suggestionMade.data>;

/** Invented reasons, in the words of the matching. */
const REASONS: Record<Lang, string> = {
  it: 'Competenza comprovata: visione artificiale',
  en: 'Proven competence: machine vision',
  de: 'Nachgewiesene Kompetenz: maschinelles Sehen',
  fr: 'Compétence attestée : vision artificielle',
};

const VISION: Record<Lang, string> = {
  it: 'visione artificiale',
  en: 'machine vision',
  de: 'maschinelles Sehen',
  fr: 'vision artificielle',
};

/** Stands in for the other services: answers their requests from memory and publishes their events. All people and firms are invented. */
export class Neighbours {
  readonly cards = new Map<string, OpportunityCard>();
  readonly suggestions = new Map<string, Suggestion>();
  readonly addresses = new Map<string, Address>();
  readonly people = new Map<string, Card>();
  readonly interests = new Map<string, InterestFacts>();
  readonly helps = new Map<string, HelpFacts>();
  readonly alerts = new Map<string, AlertFacts>();
  /** Owners of opportunities, also of those whose card does not say it. */
  readonly owners = new Map<string, string>();
  private readonly present = new Map<Owner, Subscription[]>();

  constructor(private readonly nats: NatsConnection) {
    for (const owner of ['companies', 'experts', 'matching', 'cooperation'] as const) this.join(owner);
  }

  /** The owner's service runs again. */
  join(owner: Owner): void {
    const addressed = (ids: string[]) => ids.flatMap((id) => this.addresses.get(id) ?? []);
    const carded = (ids: string[]) => ids.flatMap((id) => this.people.get(id) ?? []);
    const answers = {
      companies: () => [
        this.answer(opportunitiesRpc.cards, (ids) => ids.flatMap((id) => this.cards.get(id) ?? [])),
        this.answer(opportunitiesRpc.facts, (ids) => ids.flatMap((id) => this.factsOf(id))),
        this.answer(companiesRpc.addresses, addressed),
        this.answer(companiesRpc.cards, carded),
      ],
      experts: () => [
        this.answer(expertsRpc.addresses, addressed),
        this.answer(expertsRpc.cards, (ids) => carded(ids).map((card) => ({ ...card, affiliation: null }))),
      ],
      cooperation: () => [
        this.answer(cooperationRpc.facts, (ids) => ids.flatMap((id) => this.interests.get(id) ?? [])),
        this.answer(helpRpc.facts, (ids) => ids.flatMap((id) => this.helps.get(id) ?? [])),
      ],
      matching: () => [
        this.answer(alertsRpc.byIds, (ids) => ids.flatMap((id) => this.alerts.get(id) ?? [])),
        this.answer(matchingRpc.competenceNames, (ids, lang) =>
          ids.flatMap((id) => (id === 'machine-vision' ? { id, label: VISION[lang] } : [])),
        ),
        this.answer(matchingRpc.suggestionsById, (ids, lang) =>
          ids.flatMap((id) => {
            const found = this.suggestions.get(id);
            if (!found) return [];
            return { ...found, reasons: found.reasons.map((reason) => ({ ...reason, text: REASONS[lang] })) };
          }),
        ),
      ],
    };
    this.present.set(owner, answers[owner]());
  }

  /** The owner's service is away: nobody answers its requests. */
  async leave(owner: Owner): Promise<void> {
    for (const subscription of this.present.get(owner) ?? []) subscription.unsubscribe();
    await this.nats.flush();
  }

  /** A firm that may be written to. */
  firm(lang: Lang = 'it', name = 'Tessitura Inventata Srl'): string {
    return this.person(name, lang, 'IT');
  }

  /** An expert that may be written to. */
  expert(lang: Lang = 'it'): string {
    return this.person('Ada Inventata', lang, 'CH');
  }

  private person(name: string, lang: Lang, country: string): string {
    const id = uuidv7();
    this.people.set(id, { id, name, country, territory: null });
    this.addresses.set(id, { id, name, email: `${id}@example.org`, lang });
    return id;
  }

  /** A published need of a firm. */
  need(companyId: string, title = 'Controllo dei difetti su tessuti tecnici', anonymous = false): string {
    const id = uuidv7();
    this.owners.set(id, companyId);
    this.cards.set(id, {
      id,
      type: 'TR',
      state: 'published',
      title,
      summary: 'Cerchiamo chi ci aiuti a trovare i difetti durante la tessitura.',
      lang: 'it',
      expiresAt: null,
      anonymous,
      country: 'IT',
      territory: anonymous ? 'ITC4' : 'ITC42',
      company: anonymous
        ? null
        : { id: companyId, name: this.people.get(companyId)?.name ?? '', country: 'IT', territory: 'ITC42' },
    });
    return id;
  }

  /** An interest as the cooperation keeps it: a firm asks an expert, unless told otherwise. */
  interest(opportunityId: string, asked: string, change: Partial<InterestFacts> = {}): InterestFacts {
    const facts: InterestFacts = {
      id: uuidv7(),
      revision: 1,
      state: 'submitted',
      opportunityId,
      suggestionId: null,
      note: null,
      answerNote: null,
      reasonCode: null,
      dueAt: '2026-12-08T22:59:59.000Z',
      answeredAt: null,
      asker: { kind: 'firm', id: this.owners.get(opportunityId)! },
      asked: { kind: 'expert', id: asked },
      ownerHidden: this.cards.get(opportunityId)!.anonymous,
      nextSuggestionId: null,
      ...change,
    };
    this.interests.set(facts.id, facts);
    return facts;
  }

  /** A saved search of an expert. */
  alert(ownerId: string, change: Partial<AlertFacts> = {}): AlertFacts {
    const now = new Date().toISOString();
    const facts: AlertFacts = {
      id: uuidv7(),
      revision: 1,
      name: 'Tessuti tecnici',
      seek: 'opportunities',
      text: 'tessuti tecnici',
      competences: [],
      filters: null,
      prefer: null,
      rhythm: 'now',
      lang: 'it',
      hits: 0,
      lastHitAt: null,
      paused: false,
      createdAt: now,
      updatedAt: now,
      ownerKind: 'expert',
      ownerId,
      ...change,
    };
    this.alerts.set(facts.id, facts);
    return facts;
  }

  private factsOf(id: string): OpportunityFacts[] {
    const card = this.cards.get(id);
    const companyId = this.owners.get(id);
    if (!card || !companyId) return [];
    const { type, state, title, summary, lang, expiresAt, anonymous, country, territory } = card;
    const rest = { text: null, competences: [], sectors: [], prefer: null, openForInterest: true, languages: [] };
    return [
      {
        id,
        revision: 1,
        companyId,
        type,
        state,
        title,
        summary,
        lang,
        expiresAt,
        anonymous,
        country,
        territory,
        ...rest,
      },
    ];
  }

  /** A suggestion as the matching keeps it, and the data of the event that tells of it. */
  suggest(opportunityId: string, subjectId: string, subjectType: 'expert' | 'company' = 'expert'): Made {
    const id = uuidv7();
    const { anonymous } = this.cards.get(opportunityId)!;
    const companyId = anonymous ? undefined : this.owners.get(opportunityId);
    this.suggestions.set(id, {
      id,
      revision: 1,
      state: 'open',
      opportunityId,
      companyId: companyId ?? null,
      anonymous,
      weightsVersion: 'test',
      createdAt: new Date().toISOString(),
      rank: 1,
      score: 0.8,
      subject: { type: subjectType, id: subjectId, country: 'CH', territory: 'CH070' },
      parts: { competences: 0.8, text: 0, sector: 0, territory: 0, language: 0, availability: 0 },
      reasons: [{ code: 'competence-match', params: { competence: 'machine-vision' }, text: '', weight: 0.8 }],
      missing: [],
    });
    const about = { suggestionId: id, opportunityId, companyId, subjectType, subjectId };
    return { ...about, revision: 1, rank: 1, score: 0.8, weightsVersion: 'test' };
  }

  /** Publishes an event; the same `eventId` makes it the same event once more. */
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
    // Without a message id, so that the stream keeps a repetition and the inbox has to recognise it.
    await jetstream(this.nats).publish(`${contract.subject}.${aggregateId}`, JSON.stringify(envelope), {
      expect: { streamName: streamOf(contract.owner) },
    });
  }

  /** Suggests somebody for a need and tells of it. */
  async made(opportunityId: string, subjectId: string, subjectType: 'expert' | 'company' = 'expert'): Promise<Made> {
    const made = this.suggest(opportunityId, subjectId, subjectType);
    await this.tellMade(made);
    return made;
  }

  /** Tells of a suggestion. */
  tellMade(made: Made): Promise<void> {
    return this.publish(suggestionMade, made.suggestionId, made);
  }

  /** Answers one more kind of request as `give` says, until the subscription ends. */
  play<Req extends z.ZodType, Res extends z.ZodType>(
    contract: RpcContract<Req, Res>,
    give: (data: z.output<Req>) => z.input<Res>,
  ): Subscription {
    return this.nats.subscribe(contract.subject, {
      callback: (error, message) => {
        if (error) return;
        const { data } = message.json<{ data: { data: z.output<Req> } }>().data;
        message.respond(JSON.stringify({ id: '1', response: contract.response.parse(give(data)), isDisposed: true }));
      },
    });
  }

  private answer<T extends { id: string }>(
    contract: RpcContract,
    find: (ids: string[], lang: Lang) => T[],
  ): Subscription {
    return this.nats.subscribe(contract.subject, {
      callback: (error, message) => {
        if (error) return;
        const { ctx, data } = message.json<{ data: { ctx: CallContext; data: { ids: string[] } } }>().data;
        const response = contract.response.parse({ items: find(data.ids, ctx.lang), rest: [] });
        message.respond(JSON.stringify({ id: '1', response, isDisposed: true }));
      },
    });
  }
}

/** The context of a request by this actor. */
export function asking(actor: Actor, lang: Lang = 'it'): CallContext {
  return { actor, lang, requestId: 'test' };
}
