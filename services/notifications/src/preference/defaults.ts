import { NOTICE_KINDS, type PreferenceChoice, type Preferences, type Rhythms } from '#libs/contracts';
import type { NoticeKind } from '../notice/notice.entity.js';

/** What an installation sets for everybody who chose nothing. */
export interface House {
  quietHours: Preferences['quietHours'];
  mailsPerDay: number;
}

export type Effective = Omit<Preferences, 'id' | 'revision' | 'mail' | 'mutes'>;

/** What somebody waits for, or what waits for somebody, goes out at once; what can be read together, together. */
const MAIL_RHYTHM: Record<NoticeKind, Rhythms['email']> = {
  suggested: 'now',
  'suggestions-ready': 'now',
  'interest-received': 'now',
  'interest-answered': 'now',
  'contact-open': 'now',
  'interest-reminder': 'now',
  'interest-expired': 'now',
  'interest-withdrawn': 'daily',
  'help-answered': 'now',
  'alert-hit': 'daily',
  'opportunity-expiring': 'daily',
  // A mail to say that mails do not arrive would not arrive.
  'address-refused': 'never',
  'webhook-disabled': 'now',
};

const ZONES: Record<string, string> = {
  IT: 'Europe/Rome',
  CH: 'Europe/Zurich',
  DE: 'Europe/Berlin',
  AT: 'Europe/Vienna',
  FR: 'Europe/Paris',
  LI: 'Europe/Vaduz',
};
/** Rome, Zurich and all of the above have the same time: who has not said where they are is told at the right hour all the same. */
const REGION = 'Europe/Rome';

/** A choice with its gaps filled. `country` (ISO 3166-1) names the time zone where none was chosen. */
export function effective(choice: PreferenceChoice, house: House, country?: string): Effective {
  const rhythms = Object.fromEntries(
    NOTICE_KINDS.map((kind): [NoticeKind, Rhythms] => [
      kind,
      { inbox: 'now', email: MAIL_RHYTHM[kind], webhook: 'now', ...choice.rhythms?.[kind] },
    ]),
  ) as Effective['rhythms'];
  return {
    rhythms,
    quietHours: choice.quietHours === undefined ? house.quietHours : choice.quietHours,
    timeZone: choice.timeZone ?? ZONES[country ?? ''] ?? REGION,
    pausedUntil: choice.pausedUntil ?? null,
    lang: choice.lang ?? null,
    mailsPerDay: choice.mailsPerDay ?? house.mailsPerDay,
  };
}
