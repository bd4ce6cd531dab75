import { type Because, type Lang, MUTABLE_KINDS, type NoticeKind, type Reason } from '#libs/contracts';
import { BECAUSE_WORDS } from './because.words.js';

/** The competence of their own for which somebody was suggested: that of the weightiest reason that names one. */
export function competenceOf(reasons: readonly Reason[]): string | null {
  const [top] = reasons.filter(({ code }) => code.startsWith('competence-')).sort((a, b) => b.weight - a.weight);
  // Where it was a near one that counted, `by` is what they have.
  const id = top?.params.by ?? top?.params.competence;
  return typeof id === 'string' ? id : null;
}

/** Why somebody gets a notice of this kind. `reasons` are those of a suggestion, `names` what competences are called, `search` the name of a saved one. */
export function becauseOf(
  kind: NoticeKind,
  lang: Lang,
  {
    reasons = [],
    names,
    search = '',
  }: { reasons?: readonly Reason[]; names?: ReadonlyMap<string, string>; search?: string } = {},
): Because {
  const words = BECAUSE_WORDS[lang];
  const mutable = (MUTABLE_KINDS as readonly NoticeKind[]).includes(kind);
  if (kind === 'suggested') {
    const competence = competenceOf(reasons);
    if (!competence) return { code: 'match', competence, text: words.match, mutable };
    return { code: 'competence', competence, text: words.competence(names?.get(competence) ?? competence), mutable };
  }
  const code = CODES[kind];
  const text = code === 'alert' ? words.alert(search) : words[code];
  return { code, competence: null, text, mutable };
}

const CODES: Record<Exclude<NoticeKind, 'suggested'>, Exclude<Because['code'], 'competence' | 'match'>> = {
  'suggestions-ready': 'owner',
  'interest-received': 'asked',
  'interest-answered': 'asker',
  'contact-open': 'asked',
  'interest-reminder': 'asked',
  'interest-expired': 'side',
  'interest-withdrawn': 'side',
  'help-answered': 'asker',
  'alert-hit': 'alert',
  'opportunity-expiring': 'owner',
  'address-refused': 'channel',
  'webhook-disabled': 'channel',
};
