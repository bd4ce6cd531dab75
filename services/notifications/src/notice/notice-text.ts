import type { Lang, OpportunityCard, Reason } from '#libs/contracts';
import { NEED_TYPES } from '#libs/contracts';
import type { NoticeKind } from './notice.entity.js';
import { NOTICE_WORDS } from './notice.words.js';

/** What could be learnt of a notice's cause at this moment. */
export type Cause =
  /** An owner could not be asked. */
  | { status: 'away' }
  /** The opportunity is no longer public, or the suggestion no longer stands. */
  | { status: 'gone' }
  /** `reasons` is null where the matching could not be asked; `found` counts the suggestions that stand. */
  | { status: 'known'; card: OpportunityCard; reasons: Reason[] | null; found: number };

/** A notice in words, in one language. */
export interface NoticeText {
  /** `away` also where only the reasons are missing. */
  status: Cause['status'];
  title: string;
  /** Above the reasons; empty where there are none to give. */
  why: string;
  reasons: Reason[];
  next: string;
  /** why, reasons and next together, for who shows one text. */
  text: string;
}

const TOP_REASONS = 3;

/** Says a notice in the reader's language: who needs what, why you, what next. */
export function noticeText(kind: NoticeKind, cause: Cause, lang: Lang): NoticeText {
  const words = NOTICE_WORDS[lang];
  if (cause.status === 'away') return told('away', words.away.title, '', [], words.away.next);
  if (cause.status === 'gone') return told('gone', words.gone.title, '', [], words.gone.next);
  const { card, reasons, found } = cause;
  if (kind === 'suggestions-ready') {
    return told('known', words.found(found, card.title), '', [], words.next.look);
  }
  const who = `${card.company.name} (${countryName(card.company.country, lang)})`;
  const isNeed = NEED_TYPES.includes(card.type);
  const title = isNeed ? words.seeks(who, card.title) : words.offers(who, card.title);
  const top = [...(reasons ?? [])].sort((a, b) => b.weight - a.weight).slice(0, TOP_REASONS);
  const why = reasons === null ? words.whyLater : top.length > 0 ? words.why : '';
  return told(
    reasons === null ? 'away' : 'known',
    title,
    why,
    top,
    isNeed ? words.next.answerNeed : words.next.answerOffer,
  );
}

function told(status: Cause['status'], title: string, why: string, reasons: Reason[], next: string): NoticeText {
  const text = [why, ...reasons.map((reason) => `– ${reason.text}`), next].filter(Boolean).join('\n');
  // A title becomes a mail's subject, which is one line; people write line breaks into titles.
  return { status, title: title.replaceAll(/\s+/g, ' '), why, reasons, next, text };
}

function countryName(code: string, lang: Lang): string {
  try {
    return new Intl.DisplayNames([lang], { type: 'region' }).of(code) ?? code;
  } catch {
    return code;
  }
}
