import { Injectable } from '@nestjs/common';
import { Taxonomy } from '#libs/competences';
import { type CallContext, type Lang, type MatchAnswer, type MatchRequest, NEED_TYPES } from '#libs/contracts';
import { writtenEvidence } from '../index/features.js';
import { Askers, type Asking } from './askers.service.js';
import type { Candidate } from './candidate.js';
import { CandidateStore } from './candidate.store.js';
import { Knowledge } from './knowledge.service.js';
import { isOffer, type Need, needOf } from './need.js';
import { Ranker, type Ranking, type RankOptions } from './ranker.service.js';
import { labelled, type ReferenceLabel, reasonsIn } from './reasons.js';
import { type Understanding, understand, understandingOf } from './understanding.js';

const SUBJECT_TYPE = { experts: 'expert', partners: 'company', opportunities: 'opportunity' } as const;

/** Answers `POST /v1/matches`: a need in, ranked and explained subjects out; nothing is stored. */
@Injectable()
export class MatchService {
  constructor(
    private readonly askers: Askers,
    private readonly ranker: Ranker,
    private readonly store: CandidateStore,
    private readonly knowledge: Knowledge,
  ) {}

  async match(request: MatchRequest, ctx: CallContext, now: Date): Promise<MatchAnswer> {
    const asking = await this.askers.of(request, ctx);
    const { need, ranking } =
      request.seek === 'opportunities'
        ? await this.opportunities(request, asking, ctx.lang, now)
        : await this.subjects(request, asking, ctx.lang, now);
    const { reference } = this.knowledge.reading;
    const labelOf: ReferenceLabel = (id, lang) => reference?.label(id, lang);
    return {
      understood: understoodIn(ctx.lang, need),
      items: ranking.items.map(({ candidate: { type, id, country, territory }, scored }, at) => ({
        rank: at + 1,
        score: scored.score,
        subject: { type, id, country, territory },
        parts: scored.parts,
        reasons: reasonsIn(ctx.lang, scored.contributions, labelOf),
        missing: labelled(ctx.lang, scored.missing),
      })),
      weightsVersion: ranking.weights.version,
      degraded: ranking.degraded,
    };
  }

  /** Experts or partner firms for an opportunity, available ones only: what suggestions are made of. */
  async forOpportunity(
    opportunity: Candidate,
    company: Candidate | undefined,
    seek: 'experts' | 'partners',
    limit: number,
    now: Date,
  ) {
    const understood = opportunity.need ?? understandingOf(opportunity.offers, 'it');
    const need = needOf(understood, contextOf({ opportunity, company, expert: undefined }, undefined, seek));
    const options = { limit, now, filters: { availableOnly: true }, ...withoutOwner(seek, opportunity.owner) };
    return { need, ranking: await this.ranker.answering(need, SUBJECT_TYPE[seek], options) };
  }

  /** Open needs that a subject could answer. */
  async forSubject(subject: Candidate, limit: number, now: Date): Promise<{ need: Need; ranking: Ranking }> {
    const need = needOf(understandingOf(subject.offers, subject.languages[0] ?? 'it'), { langs: subject.languages });
    return { need, ranking: await this.ranker.answered(need, subject, { ...openNeeds(subject.id, now), limit, now }) };
  }

  private async subjects(
    request: MatchRequest,
    asking: Asking,
    lang: Lang,
    now: Date,
  ): Promise<{ need: Need; ranking: Ranking }> {
    const { seek, limit, filters } = request;
    if (seek === 'opportunities') throw new Error('Opportunities are found from the other side');
    const need = needOf(this.understood(request, asking, lang), contextOf(asking, request.prefer, seek));
    const owner = asking.company?.id ?? asking.opportunity?.owner ?? null;
    const options: RankOptions = { limit, now, ...(filters ? { filters } : {}), ...withoutOwner(seek, owner) };
    return { need, ranking: await this.ranker.answering(need, SUBJECT_TYPE[seek], options) };
  }

  private async opportunities(
    request: MatchRequest,
    asking: Asking,
    lang: Lang,
    now: Date,
  ): Promise<{ need: Need; ranking: Ranking }> {
    const { limit, filters } = request;
    const stored = asking.expert ?? (request.text ? undefined : asking.company);
    const subject = stored ?? this.described(request, asking, lang);
    const understood =
      request.text || request.competences?.length
        ? this.understood(request, asking, lang)
        : understandingOf(subject.offers, lang);
    const need = needOf(understood, { langs: subject.languages });
    const own = asking.company?.id ?? subject.id;
    return {
      need,
      ranking: await this.ranker.answered(need, subject, {
        ...openNeeds(own, now),
        limit,
        now,
        ...(filters ? { filters } : {}),
      }),
    };
  }

  /** What the caller says comes before what is stored; competences that are given win over those recognised. */
  private understood(request: MatchRequest, { company, expert, opportunity }: Asking, lang: Lang): Understanding {
    const { reading } = this.knowledge;
    const { text, competences } = request;
    if (text || (competences?.length && !opportunity))
      return understand({ text, competences, lang: request.lang ?? (text ? undefined : lang) }, reading);
    if (opportunity) {
      const stored = opportunity.need ?? understandingOf(opportunity.offers, lang);
      return competences?.length
        ? { ...stored, concepts: understand({ competences, lang: stored.lang }, reading).concepts }
        : stored;
    }
    // A firm without a wish of its own is asked for firms like it.
    if (company)
      return understandingOf(
        company.seeks.held.size > 0 || company.offers.evidence.length === 0 ? company.seeks : company.offers,
        lang,
      );
    return understandingOf(expert?.offers ?? { evidence: [], held: new Map() }, lang);
  }

  /** Somebody who only says in words what they can do. */
  private described(request: MatchRequest, { company, opportunity }: Asking, lang: Lang): Candidate {
    const words = [
      request.text,
      ...(request.competences ?? []).map((name) => Taxonomy.own().label(name, lang) ?? name),
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

function openNeeds(ownId: string, now: Date): Pick<RankOptions, 'fixed' | 'exclude'> {
  return {
    fixed: [`type IN [${NEED_TYPES.join(', ')}]`, `expires IS NULL OR expires > ${Math.floor(now.getTime() / 1000)}`],
    exclude: (candidate) => candidate.owner === ownId || isOffer(candidate.opportunity?.type),
  };
}

function withoutOwner(seek: 'experts' | 'partners', owner: string | null): Pick<RankOptions, 'exclude'> {
  return seek === 'partners' && owner ? { exclude: (candidate) => candidate.id === owner } : {};
}

function contextOf({ company, opportunity }: Asking, prefer: MatchRequest['prefer'], seek: 'experts' | 'partners') {
  const place = opportunity ?? company;
  return {
    langs: [...new Set([...(opportunity?.languages ?? []), ...(company?.languages ?? [])])],
    sectors: opportunity?.sectors.length ? opportunity.sectors : (company?.sectors ?? []),
    country: place?.country ?? null,
    territory: place?.territory ?? null,
    prefer: prefer ?? opportunity?.opportunity?.prefer,
    // To an offer those answer who look for such a thing.
    side: seek === 'partners' && isOffer(opportunity?.opportunity?.type) ? ('seeks' as const) : ('offers' as const),
    own: seek === 'partners' ? company?.offers.held : undefined,
  };
}

function understoodIn(lang: Lang, need: Need): MatchAnswer['understood'] {
  return {
    lang: need.lang,
    competences: need.concepts.map(({ id, words, weight }) => ({
      id,
      label: Taxonomy.own().label(id, lang) ?? id,
      words,
      weight: Math.round(weight * 1000) / 1000,
    })),
  };
}
