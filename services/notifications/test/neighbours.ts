import { jetstream } from '@nats-io/jetstream';
import type { NatsConnection, Subscription } from '@nats-io/transport-node';
import { v7 as uuidv7 } from 'uuid';
import type { z } from 'zod';
import {
  type Actor,
  type Address,
  type CallContext,
  companiesRpc,
  type EventContract,
  expertsRpc,
  type Lang,
  matchingRpc,
  type OpportunityCard,
  opportunitiesRpc,
  type RpcContract,
  type Suggestion,
  streamOf,
  suggestionMade,
} from '#libs/contracts';

type Owner = 'companies' | 'experts' | 'matching';
type Made = z.input<typeof suggestionMade.data>;

/** Invented reasons, in the words of the matching. */
const REASONS: Record<Lang, string> = {
  it: 'Competenza comprovata: visione artificiale',
  en: 'Proven competence: machine vision',
  de: 'Nachgewiesene Kompetenz: maschinelles Sehen',
  fr: 'Compétence attestée : vision artificielle',
};

/** Stands in for the other services: answers their requests from memory and publishes their events. All people and firms are invented. */
export class Neighbours {
  readonly cards = new Map<string, OpportunityCard>();
  readonly suggestions = new Map<string, Suggestion>();
  readonly addresses = new Map<string, Address>();
  private readonly present = new Map<Owner, Subscription[]>();

  constructor(private readonly nats: NatsConnection) {
    for (const owner of ['companies', 'experts', 'matching'] as const) this.join(owner);
  }

  /** The owner's service runs again. */
  join(owner: Owner): void {
    const addressed = (ids: string[]) => ids.flatMap((id) => this.addresses.get(id) ?? []);
    const answers = {
      companies: () => [
        this.answer(opportunitiesRpc.cards, (ids) => ids.flatMap((id) => this.cards.get(id) ?? [])),
        this.answer(companiesRpc.addresses, addressed),
      ],
      experts: () => [this.answer(expertsRpc.addresses, addressed)],
      matching: () => [
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
  firm(lang: Lang = 'it'): string {
    return this.person('Tessitura Inventata Srl', lang);
  }

  /** An expert that may be written to. */
  expert(lang: Lang = 'it'): string {
    return this.person('Ada Inventata', lang);
  }

  private person(name: string, lang: Lang): string {
    const id = uuidv7();
    this.addresses.set(id, { id, name, email: `${id}@example.org`, lang });
    return id;
  }

  /** A published need of a firm. */
  need(companyId: string, title = 'Controllo dei difetti su tessuti tecnici'): string {
    const id = uuidv7();
    this.cards.set(id, {
      id,
      type: 'TR',
      state: 'published',
      title,
      summary: 'Cerchiamo chi ci aiuti a trovare i difetti durante la tessitura.',
      lang: 'it',
      expiresAt: null,
      company: { id: companyId, name: 'Tessitura Inventata Srl', country: 'IT', territory: 'ITC42' },
    });
    return id;
  }

  /** A suggestion as the matching keeps it, and the data of the event that tells of it. */
  suggest(opportunityId: string, subjectId: string, subjectType: 'expert' | 'company' = 'expert'): Made {
    const id = uuidv7();
    const companyId = this.cards.get(opportunityId)!.company.id;
    this.suggestions.set(id, {
      id,
      revision: 1,
      state: 'open',
      opportunityId,
      companyId,
      weightsVersion: 'test',
      createdAt: new Date().toISOString(),
      rank: 1,
      score: 0.8,
      subject: { type: subjectType, id: subjectId, country: 'CH', territory: 'CH070' },
      parts: { competences: 0.8, text: 0, sector: 0, territory: 0, language: 0, availability: 0 },
      reasons: [{ code: 'competence', params: {}, text: '', weight: 0.8 }],
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
    await this.publish(suggestionMade, made.suggestionId, made);
    return made;
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
