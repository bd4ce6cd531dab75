import { Injectable } from '@nestjs/common';
import type { Lang, OpportunityCard } from '#libs/contracts';
import { Causes, type Facts, isAboutInterest } from './causes.js';
import { stillTrue } from './interest-text.js';
import type { NoticeEntity } from './notice.entity.js';
import { type Cause, type NoticeText, noticeText, type Other } from './notice-text.js';

/** How long somebody who opens the inbox waits for other services before the notices come without details. */
export const READER_PATIENCE_MS = 1200;

/** A notice in words, with what a mail shows beside them. */
export interface ToldNotice extends NoticeText {
  card?: OpportunityCard;
  /** False once the suggestion was set aside, the request answered, the search deleted: nobody needs to be written to any more. */
  standing: boolean;
  /** Of the suggestion, for the order of a digest. */
  score: number;
  /** The suggestion that can be asked next, after a no or silence. */
  nextSuggestionId?: string;
}

/** Puts notices into words from the current state at its owners, so that nothing stale or erased is ever shown. */
@Injectable()
export class NoticeTexts {
  constructor(private readonly causes: Causes) {}

  /** Texts by notice id. With `patienceMs` an owner that does not answer in time counts as away; it never rejects for an owner's sake. */
  async of(notices: NoticeEntity[], lang: Lang, patienceMs?: number): Promise<Map<string, ToldNotice>> {
    const facts = await this.causes.of(notices, lang, patienceMs);
    return new Map(
      notices.map((notice) => {
        const cause = causeOf(notice, facts);
        const card = cause.status === 'known' ? cause.card : undefined;
        const interest = cause.status === 'interest' ? cause.interest : undefined;
        return [
          notice.id,
          {
            ...noticeText(notice, cause, lang),
            card,
            standing: isStanding(notice, cause, facts),
            score: facts.suggestions?.get(notice.suggestionId ?? '')?.score ?? 0,
            nextSuggestionId: interest?.nextSuggestionId ?? undefined,
          },
        ];
      }),
    );
  }
}

function causeOf(notice: NoticeEntity, facts: Facts): Cause {
  if (notice.kind === 'address-refused' || notice.kind === 'webhook-disabled') return { status: 'plain' };
  if (notice.kind === 'alert-hit') {
    const alert = facts.alerts?.get(notice.aboutId);
    return !facts.alerts ? { status: 'away' } : alert ? { status: 'alert', alert } : { status: 'gone' };
  }
  if (isAboutInterest(notice)) return interestCause(notice, facts);
  if (notice.kind === 'help-answered') return helpCause(notice, facts);
  if (!facts.cards) return { status: 'away' };
  const card = facts.cards.get(notice.opportunityId ?? '');
  if (card?.state !== 'published') return { status: 'gone' };
  const found = facts.found.get(notice.opportunityId ?? '') ?? 0;
  if (!notice.suggestionId) return { status: 'known', card, reasons: [], found };
  if (!facts.suggestions) return { status: 'known', card, reasons: null, found };
  const suggestion = facts.suggestions.get(notice.suggestionId);
  if (!suggestion || suggestion.state === 'withdrawn') return { status: 'gone' };
  return { status: 'known', card, reasons: suggestion.reasons, found, names: facts.names ?? undefined };
}

function interestCause(notice: NoticeEntity, facts: Facts): Cause {
  const { cards, interests, firms, experts, owners } = facts;
  if (!cards || !interests || !firms || !experts || !owners) return { status: 'away' };
  const interest = interests.get(notice.aboutId);
  const card = cards.get(interest?.opportunityId ?? '');
  if (!interest || !card) return { status: 'gone' };
  const asker = interest.asker.kind === notice.recipientKind && interest.asker.id === notice.recipientId;
  const other = asker ? interest.asked : interest.asker;
  const owner = interest.asker.kind === interest.asked.kind ? owners.get(interest.opportunityId) : undefined;
  // Where the owner cannot be made out, a firm stays unnamed: better one name too few.
  const hidden = interest.ownerHidden && other.kind === 'firm' && (owner === undefined || owner === other.id);
  const found = (other.kind === 'firm' ? firms : experts).get(other.id);
  const shown: Other = hidden
    ? { name: null, country: card.country, hidden }
    : { name: found?.name ?? null, country: found?.country ?? null, hidden };
  return { status: 'interest', card, interest, other: shown, asker };
}

function helpCause({ aboutId, opportunityId }: NoticeEntity, { cards, helps }: Facts): Cause {
  if (!cards || !helps) return { status: 'away' };
  const help = helps.get(aboutId);
  const card = cards.get(opportunityId ?? '');
  return help && card ? { status: 'help', card, help } : { status: 'gone' };
}

function isStanding(notice: NoticeEntity, cause: Cause, facts: Facts): boolean {
  if (cause.status === 'interest') return stillTrue(notice.kind, cause.interest.state);
  if (['alert', 'help', 'plain'].includes(cause.status)) return true;
  if (notice.kind === 'opportunity-expiring') return cause.status === 'known';
  if (notice.suggestionId) return facts.suggestions?.get(notice.suggestionId)?.state === 'open';
  return (facts.found.get(notice.opportunityId ?? '') ?? 0) > 0;
}
