import { Injectable } from '@nestjs/common';
import { type CallContext, type Lang, type MatchRequest, NEED_TYPES, SOUGHT_TYPES } from '#libs/contracts';
import { writtenEvidence } from '../index/features.js';
import { Askers, type Asking } from './askers.service.js';
import type { Candidate } from './candidate.js';
import { CandidateStore } from './candidate.store.js';
import { Knowledge } from './knowledge.service.js';
import { isOffer, type NeedContext, needOf } from './need.js';
import { type Question, unfit } from './question.js';
import { nameGiven, type Understanding, understand, understandingOf } from './understanding.js';

const NOTHING = { evidence: [], held: new Map() };

/** A question, and the firm or subject on whose behalf it is asked: never part of its own answer. */
export interface Asked extends Question {
  own: string | null;
}

/** Turns what callers ask into questions for the ranker. */
@Injectable()
export class Questions {
  constructor(
    private readonly askers: Askers,
    private readonly store: CandidateStore,
    private readonly knowledge: Knowledge,
  ) {}

  async of(request: MatchRequest, ctx: CallContext, now: Date): Promise<Asked> {
    const asking = await this.askers.of(request, ctx);
    return request.seek === 'opportunities'
      ? this.needsFor(request, asking, ctx.lang, now)
      : this.subjectsFor(request, request.seek, asking, ctx.lang, now);
  }

  /** Experts or partner firms for an opportunity, available ones only: what suggestions are made of. */
  ofOpportunity(
    opportunity: Candidate,
    company: Candidate | undefined,
    seek: 'experts' | 'partners',
    limit: number,
    now: Date,
  ): Asked {
    const understood = opportunity.need ?? understandingOf(opportunity.offers, 'it');
    const need = needOf(understood, contextOf({ opportunity, company, expert: undefined }, {}, seek));
    return answeredBy(need, seek, opportunity.owner, { limit, now, filters: { availableOnly: true } });
  }

  /** Open needs that a subject could answer. */
  ofSubject(subject: Candidate, limit: number, now: Date): Asked {
    return openNeeds(understandingOf(subject.offers, subject.languages[0] ?? 'it'), subject, subject.id, {
      limit,
      now,
    });
  }

  private subjectsFor(
    request: MatchRequest,
    seek: 'experts' | 'partners',
    asking: Asking,
    lang: Lang,
    now: Date,
  ): Asked {
    const { limit, filters } = request;
    const { company, opportunity } = asking;
    const owner = company?.id ?? opportunity?.owner ?? null;
    const profile = !request.text && !request.competences?.length && !opportunity ? company : undefined;
    if (!profile || seek === 'experts') {
      const need = needOf(this.understood(request, asking, lang), contextOf(asking, request, seek));
      return answeredBy(need, seek, owner, { limit, now, filters });
    }
    const context = contextOf(asking, { ...request, partners: partnersOf(request, profile) }, seek);
    const offered = understandingOf(profile.offers, lang);
    if (context.alike) return answeredBy(needOf(offered, context), seek, owner, { limit, now, filters });
    const need = needOf(understandingOf(profile.seeks, lang), { ...context, bothWays: true });
    const also = needOf(offered, { ...context, side: 'seeks' });
    return { ...answeredBy(need, seek, owner, { limit, now, filters }), also };
  }

  private needsFor(request: MatchRequest, asking: Asking, lang: Lang, now: Date): Asked {
    const { limit, filters } = request;
    const stored = asking.expert ?? (request.text ? undefined : asking.company);
    const subject = stored ?? this.described(request, asking, lang);
    const understood =
      request.text || request.competences?.length
        ? this.understood(request, asking, lang)
        : understandingOf(subject.offers, lang);
    const asked = openNeeds(understood, subject, asking.company?.id ?? subject.id, { limit, now, filters });
    return { ...asked, prefer: request.prefer };
  }

  /** What the caller says comes before what is stored; competences that are given win over those recognised. */
  private understood(request: MatchRequest, { company, expert, opportunity }: Asking, lang: Lang): Understanding {
    const { reading } = this.knowledge;
    const { text, competences } = request;
    if (text || (competences?.length && !opportunity))
      return understand({ text, competences, lang: request.lang ?? (text ? undefined : lang) }, reading);
    if (opportunity) {
      const stored = opportunity.need ?? understandingOf(opportunity.offers, lang);
      if (!competences?.length) return stored;
      const { concepts, profile, imported } = understand({ competences, lang: stored.lang }, reading);
      const { profile: _, imported: __, ...words } = stored;
      return { ...words, concepts, ...(profile ? { profile } : {}), ...(imported ? { imported } : {}) };
    }
    // Without a wish of its own, what a firm does is the best guess at what it could use help with.
    if (company) return understandingOf(company.seeks.evidence.length > 0 ? company.seeks : company.offers, lang);
    return understandingOf(expert?.offers ?? NOTHING, lang);
  }

  /** Somebody who only says in words what they can do. */
  private described(request: MatchRequest, { company, opportunity }: Asking, lang: Lang): Candidate {
    const words = [
      request.text,
      ...(request.competences ?? []).map((name) => nameGiven(name, lang, this.knowledge.reading).label),
    ];
    const text = words.filter(Boolean).join('. ');
    const evidence = text
      ? [writtenEvidence(text, request.lang ?? (request.text ? undefined : lang), this.knowledge.reading)]
      : [];
    const base = this.store.fresh('company', () => ({
      id: company?.id ?? '',
      revision: 0,
      owner: null,
      country: company?.country ?? '',
      territory: company?.territory ?? null,
      languages: [...(company?.languages ?? evidence.map((one) => one.lang))],
      open: true,
      features: { evidence, seeks: [], sectors: [...(company?.sectors ?? [])], served: [] },
    }));
    return text || !opportunity ? base : { ...base, offers: opportunity.offers };
  }
}

/** Complementary ones unless told; a firm that seeks nothing has nothing to be completed by. */
function partnersOf(request: MatchRequest, { seeks, offers }: Candidate): MatchRequest['partners'] {
  return request.partners ?? (seeks.evidence.length === 0 && offers.evidence.length > 0 ? 'alike' : 'complementary');
}

type Options = Pick<Question['options'], 'limit' | 'now' | 'filters'>;

function answeredBy(
  need: Question['need'],
  seek: 'experts' | 'partners',
  owner: string | null,
  options: Options,
): Asked {
  const own = seek === 'partners' ? owner : null;
  const exclude = (candidate: Candidate) => unfit(candidate, own, options.now) !== undefined;
  return { need, type: SOUGHT_TYPES[seek], own, options: { ...options, exclude } };
}

/** Needs that a subject answers: found by what the subject has, scored from each need's side. */
function openNeeds(understood: Understanding, subject: Candidate, own: string, options: Options): Asked {
  const { now } = options;
  return {
    need: needOf(understood, {
      langs: subject.languages,
      country: subject.country || null,
      territory: subject.territory,
    }),
    type: 'opportunity',
    answering: subject.type === 'company' ? { ...subject, capacity: undefined } : subject,
    own,
    options: {
      ...options,
      fixed: [`type IN [${NEED_TYPES.join(', ')}]`, `expires IS NULL OR expires > ${Math.floor(now.getTime() / 1000)}`],
      exclude: (candidate) => unfit(candidate, own, now) !== undefined,
    },
  };
}

function contextOf(
  { company, opportunity }: Asking,
  { prefer, partners }: Pick<MatchRequest, 'prefer' | 'partners'>,
  seek: 'experts' | 'partners',
): NeedContext {
  const place = opportunity ?? company;
  const alike = seek === 'partners' && partners === 'alike';
  // To an offer those answer who look for such a thing.
  const side = seek === 'partners' && !alike && isOffer(opportunity?.opportunity?.type) ? 'seeks' : 'offers';
  return {
    langs: [...new Set([...(opportunity?.languages ?? []), ...(company?.languages ?? [])])],
    sectors: opportunity?.sectors.length ? opportunity.sectors : (company?.sectors ?? []),
    country: place?.country ?? null,
    territory: place?.territory ?? null,
    prefer: prefer ?? opportunity?.opportunity?.prefer,
    side,
    alike,
    own: seek === 'partners' && !alike && side === 'offers' ? company?.offers : undefined,
  };
}
