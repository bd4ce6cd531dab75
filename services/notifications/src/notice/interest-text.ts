import type { InterestState, Lang, NoticeKind } from '#libs/contracts';
import { INTEREST_WORDS } from './interest.words.js';
import type { NoticeParams } from './notice.entity.js';
import { NOTICE_WORDS } from './notice.words.js';
import type { Cause } from './notice-text.js';
import { dateIn, oneLine, who } from './phrases.js';

/** States in which the one asked has not answered yet. */
const OPEN: readonly InterestState[] = ['submitted', 'under-assessment', 'pertinent'];

/** Whether a notice about an interest still tells the truth: who has answered already needs no reminder. */
export function stillTrue(kind: NoticeKind, state: InterestState): boolean {
  if (kind === 'interest-received' || kind === 'interest-reminder') return OPEN.includes(state);
  return kind === 'contact-open' ? state !== 'withdrawn' : true;
}

/** Says a notice about an expression of interest. */
export function interestText(
  kind: NoticeKind,
  stage: NoticeParams['stage'],
  { card, interest, other, asker }: Extract<Cause, { status: 'interest' }>,
  lang: Lang,
): { title: string; quote?: string; next: string } {
  const words = INTEREST_WORDS[lang];
  const { next } = words;
  const name = who(other, lang);
  const what = card ? card.title : NOTICE_WORDS[lang].gone.title;
  const until = dateIn(interest.dueAt, lang);
  const quoted = (note: string | null) => (note ? words.note(oneLine(note)) : '');
  // Where the next best is, it is the owner of the need who can ask them.
  const nextBest = interest.nextSuggestionId && asker === (interest.asker.kind === 'firm');
  switch (kind) {
    case 'interest-received':
    case 'interest-reminder': {
      const received = kind === 'interest-received';
      const title = received ? words.received : stage === 'day-before' ? words.dayBefore : words.halfTime;
      const open = stillTrue(kind, interest.state);
      return { title: title(name, what), quote: quoted(interest.note), next: open ? next.answer(until) : next.settled };
    }
    case 'interest-answered': {
      const quote = quoted(interest.answerNote);
      if (interest.state !== 'not-pertinent')
        return {
          title: words.accepted(name, what),
          quote,
          next: interest.state === 'withdrawn' ? next.withdrawn : next.contact,
        };
      const reason = interest.reasonCode ? words.reason(words.reasons[interest.reasonCode]) : '';
      return {
        title: words.declined(name, what),
        quote: [reason, quote].filter(Boolean).join('\n'),
        next: nextBest ? next.nextBest : next.declined,
      };
    }
    case 'contact-open':
      return {
        title: words.contactOpen(name, what),
        next: interest.state === 'withdrawn' ? next.withdrawn : next.contact,
      };
    case 'interest-expired':
      if (!asker) return { title: words.expiredForAsked(name, what), next: next.expiredForAsked };
      return { title: words.expiredForAsker(name, what), next: nextBest ? next.nextBest : next.expiredForAsker };
    default:
      return { title: words.withdrawn(name, what), next: next.withdrawn };
  }
}
