import type { AlertFacts, HelpFacts, InterestFacts, Lang, OpportunityCard } from '#libs/contracts';
import type { Told } from '../src/channel/email.js';
import type { NoticeEntity, NoticeKind, NoticeParams } from '../src/notice/notice.entity.js';
import { type Cause, noticeText } from '../src/notice/notice-text.js';

// Invented firms, people and needs.
const ID = '01900000-0000-7000-8000-000000000001';

export const CARD: OpportunityCard = {
  id: ID,
  type: 'TR',
  state: 'published',
  title: 'Controllo dei difetti su tessuti tecnici',
  summary: 'Cerchiamo chi ci aiuti a trovare i difetti durante la tessitura: più <veloci> & precisi di oggi.',
  lang: 'it',
  expiresAt: '2026-12-24T11:00:00.000Z',
  anonymous: false,
  country: 'IT',
  territory: 'ITC42',
  company: { id: ID, name: 'Inventata & Figli', country: 'IT', territory: 'ITC42' },
};

export const INTEREST: InterestFacts = {
  id: ID,
  revision: 1,
  state: 'submitted',
  opportunityId: ID,
  suggestionId: null,
  note: '<b>Possiamo parlarne? Ci servirebbe un primo parere entro fine mese.',
  answerNote: null,
  reasonCode: null,
  dueAt: '2026-12-08T22:59:59.000Z',
  answeredAt: null,
  asker: { kind: 'firm', id: ID },
  asked: { kind: 'expert', id: ID },
  ownerHidden: false,
  nextSuggestionId: null,
};

const HELP: HelpFacts = {
  id: ID,
  revision: 2,
  state: 'answered',
  opportunityId: ID,
  suggestionId: ID,
  answer: 'Meglio aspettare: <b>in primavera c’è un bando.',
  asker: { kind: 'firm', id: ID },
};

const ALERT: AlertFacts = {
  id: ID,
  revision: 1,
  name: 'Tessuti tecnici',
  seek: 'opportunities',
  text: 'tessuti tecnici',
  competences: [],
  filters: null,
  prefer: null,
  rhythm: 'daily',
  lang: 'it',
  hits: 3,
  lastHitAt: null,
  paused: false,
  createdAt: '2026-01-01T00:00:00.000Z',
  updatedAt: '2026-01-01T00:00:00.000Z',
  ownerKind: 'expert',
  ownerId: ID,
};

/** One notice of each kind that goes out by mail, in words. */
export function sampleNotices(lang: Lang, title = CARD.title): Told[] {
  const card = { ...CARD, title };
  const reasons = [
    { code: 'competence-match', params: { competence: 'sensors' }, text: 'Sa di <sensori>', weight: 0.5 },
    { code: 'territory', params: {}, text: 'Lavora in Ticino, oltre il confine', weight: 0.2 },
  ];
  const known: Cause = { status: 'known', card, reasons, found: 4, names: new Map([['sensors', 'sensori']]) };
  const firm = { name: 'Inventata & Figli', country: 'IT', hidden: false };
  const expert = { name: 'Ada Inventata', country: 'CH', hidden: false };
  const hidden = { name: null, country: 'IT', hidden: true };
  const interest = (other: typeof firm | typeof hidden, change: Partial<InterestFacts>, asker: boolean): Cause => ({
    status: 'interest',
    card,
    interest: { ...INTEREST, ...change },
    other,
    asker,
  });
  const declined = {
    state: 'not-pertinent',
    reasonCode: 'no-capacity',
    answerNote: 'Forse in primavera.',
    nextSuggestionId: ID,
  } as const;
  const told = (kind: NoticeKind, cause: Cause, params: NoticeParams = {}): Told => {
    const notice = { id: ID, kind, aboutId: ID, opportunityId: ID, params } as NoticeEntity;
    const text = noticeText(notice, cause, lang);
    const next = cause.status === 'interest' ? cause.interest.nextSuggestionId : null;
    return { notice, told: { ...text, card, standing: true, score: 0.5, nextSuggestionId: next ?? undefined } };
  };
  return [
    told('interest-reminder', interest(firm, {}, false), { stage: 'day-before' }),
    told('interest-received', interest(hidden, {}, false)),
    told('contact-open', interest(firm, { state: 'taken-over', note: null }, false)),
    told('interest-answered', interest(expert, declined, true)),
    told('interest-expired', interest(expert, { state: 'expired', note: null }, true)),
    told('interest-withdrawn', interest(firm, { state: 'withdrawn', note: null }, false)),
    told('help-answered', { status: 'help', card, help: HELP }),
    told('suggested', known),
    told('suggestions-ready', { ...known, reasons: [] }),
    told('alert-hit', { status: 'alert', alert: ALERT }, { hits: 3 }),
    told('opportunity-expiring', { ...known, reasons: [] }),
    told('webhook-disabled', { status: 'plain' }),
  ];
}
