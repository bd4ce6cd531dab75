import {
  type AlertFacts,
  type Because,
  type HelpFacts,
  type InterestFacts,
  type Lang,
  NEED_TYPES,
  type NoticeKind,
  type OpportunityCard,
  type Reason,
} from '#libs/contracts';
import { becauseOf } from './because.js';
import { INTEREST_WORDS } from './interest.words.js';
import { interestText } from './interest-text.js';
import type { NoticeParams } from './notice.entity.js';
import { NOTICE_WORDS } from './notice.words.js';
import { capital, dateIn, oneLine, who } from './phrases.js';

/** The other side of an interest, as far as the reader may know it. */
export interface Other {
  /** Null where it stays unnamed, or nobody knows its name. */
  name: string | null;
  country: string | null;
  hidden: boolean;
}

/** What could be learnt of a notice's cause at this moment. */
export type Cause =
  /** An owner could not be asked. */
  | { status: 'away' }
  /** The opportunity is no longer public, or the suggestion, the request, the saved search no longer there. */
  | { status: 'gone' }
  /** `reasons` is null where the matching could not be asked; `found` counts the suggestions that stand. */
  | {
      status: 'known';
      card: OpportunityCard;
      reasons: Reason[] | null;
      found: number;
      names?: ReadonlyMap<string, string>;
    }
  | { status: 'interest'; card: OpportunityCard | undefined; interest: InterestFacts; other: Other; asker: boolean }
  | { status: 'help'; card: OpportunityCard; help: HelpFacts }
  | { status: 'alert'; alert: AlertFacts }
  /** Nothing needs to be known. */
  | { status: 'plain' };

/** A notice in words, in one language. */
export interface NoticeText {
  /** `away` also where only the reasons are missing. */
  status: 'known' | 'away' | 'gone';
  title: string;
  /** Above the reasons; empty where there are none to give. */
  why: string;
  reasons: Reason[];
  /** What somebody wrote, with a word before it; empty where nobody wrote anything. */
  quote: string;
  next: string;
  /** why, reasons, quote and next together, for who shows one text. */
  text: string;
  /** Why the reader is told at all. */
  because: Because;
}

const TOP_REASONS = 3;
type Parts = Pick<NoticeText, 'title' | 'next'> & Partial<Pick<NoticeText, 'why' | 'reasons' | 'quote'>>;

/** Says a notice in the reader's language: who needs what, why you, what next. */
export function noticeText(
  { kind, params }: { kind: NoticeKind; params?: NoticeParams },
  cause: Cause,
  lang: Lang,
): NoticeText {
  const words = NOTICE_WORDS[lang];
  const because = becauseOf(kind, lang, {
    reasons: cause.status === 'known' ? (cause.reasons ?? []) : [],
    names: cause.status === 'known' ? cause.names : undefined,
    search: cause.status === 'alert' ? searchName(cause.alert) : '',
  });
  switch (cause.status) {
    case 'away':
      return told('away', words.away, because);
    case 'gone':
      return told('gone', words.gone, because);
    case 'interest':
      return told('known', interestText(kind, params?.stage, cause, lang), because);
    case 'help': {
      const quote = cause.help.answer ? INTEREST_WORDS[lang].note(oneLine(cause.help.answer)) : '';
      return told('known', { title: words.helpAnswered(cause.card.title), quote, next: words.next.help }, because);
    }
    case 'alert': {
      const title = words.alertHits(params?.hits ?? 1, searchName(cause.alert));
      return told('known', { title, next: words.next.alert }, because);
    }
    case 'plain':
      return told('known', kind === 'webhook-disabled' ? words.webhookDisabled : words.addressRefused, because);
    case 'known':
      return told(cause.reasons === null ? 'away' : 'known', opportunityText(kind, cause, lang), because);
  }
}

function opportunityText(kind: NoticeKind, cause: Extract<Cause, { status: 'known' }>, lang: Lang): Parts {
  const words = NOTICE_WORDS[lang];
  const { card, reasons, found } = cause;
  if (kind === 'suggestions-ready') return { title: words.found(found, card.title), next: words.next.look };
  if (kind === 'opportunity-expiring') {
    const until = card.expiresAt ? dateIn(card.expiresAt, lang) : '';
    return { title: words.expires(card.title, until), next: words.next.renew };
  }
  const owner = who({ name: card.company?.name ?? null, country: card.country, hidden: !card.company }, lang);
  const isNeed = NEED_TYPES.includes(card.type);
  const top = [...(reasons ?? [])].sort((a, b) => b.weight - a.weight).slice(0, TOP_REASONS);
  return {
    title: isNeed ? words.seeks(owner, card.title) : words.offers(owner, card.title),
    why: reasons === null ? words.whyLater : top.length > 0 ? words.why : '',
    reasons: top,
    next: !card.company ? words.next.answerUnnamed : isNeed ? words.next.answerNeed : words.next.answerOffer,
  };
}

/** What its owner called a saved search, or the beginning of what they look for. */
function searchName({ name, text, competences }: AlertFacts): string {
  const said = oneLine(name ?? text ?? competences.join(', '));
  return said.length > 60 ? `${said.slice(0, 59).trimEnd()}…` : said;
}

function told(status: NoticeText['status'], parts: Parts, because: Because): NoticeText {
  const { title, next, why = '', reasons = [], quote = '' } = parts;
  const text = [why, ...reasons.map((reason) => `– ${reason.text}`), quote, next].filter(Boolean).join('\n');
  // A title becomes a mail's subject, which is one line; people write line breaks into titles.
  return { status, title: capital(oneLine(title)), why, reasons, quote, next, text, because };
}
