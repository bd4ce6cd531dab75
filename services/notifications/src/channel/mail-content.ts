import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { type Lang, MUTABLE_KINDS, type NoticeKind } from '#libs/contracts';
import { CONFIG, type Config } from '../config.js';
import { NoticeTexts, type ToldNotice } from '../notice/notice-texts.service.js';
import { isMuted, Mutes } from '../preference/mutes.js';
import { keyOf } from '../preference/preference.store.js';
import { UnsubscribeService } from '../preference/unsubscribe.service.js';
import type { Addressed } from './addresses.js';
import type { Outcome } from './channel.js';
import { digestOf, type Email, emailOf, type Told } from './email.js';

/** What a letter says; or, where it says nothing, what becomes of it. */
export type Content = { email: Email; offUrl: string; leftOut: string[] } | { outcome: Outcome };

/** In a digest first what somebody waits for, then suggestions, the best first, then the rest. */
const PLACES: NoticeKind[] = [
  'interest-reminder',
  'interest-received',
  'contact-open',
  'interest-answered',
  'help-answered',
  'interest-expired',
  'interest-withdrawn',
  'suggested',
  'suggestions-ready',
  'alert-hit',
  'opportunity-expiring',
];

/** Writes letters from what is true at this moment. */
@Injectable()
export class MailContent {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly texts: NoticeTexts,
    private readonly mutes: Mutes,
    private readonly links: UnsubscribeService,
    private readonly dataSource: DataSource,
  ) {}

  /** The contents of letters in one language, in their order. */
  async of(letters: Addressed[], lang: Lang): Promise<Content[]> {
    const notices = letters.flatMap(({ letter }) => letter.notices);
    const [texts, mutes] = await Promise.all([
      this.texts.of(notices, lang),
      this.mutes.of(
        this.dataSource.manager,
        letters.map(({ recipient }) => recipient),
      ),
    ]);
    const drafts = letters.map((addressed) => {
      const items = addressed.letter.notices.map((notice): Told => ({ notice, told: texts.get(notice.id)! }));
      const own = mutes.get(keyOf(addressed.recipient)) ?? [];
      return { addressed, ...sifted(items, (told, kind) => isMuted(own, kind, told.because)) };
    });
    const tokens = await this.links.tokens(
      drafts.map(({ addressed, shown }) => ({
        recipient: addressed.recipient,
        lang,
        kinds: switchedOff(shown),
        competence: addressed.letter.digest ? null : (shown[0]?.told.because.competence ?? null),
      })),
    );
    return Promise.all(
      drafts.map(async ({ addressed, shown, leftOut, outcome }, index) => {
        if (outcome) return { outcome };
        const { PUBLIC_URL: publicUrl } = this.config;
        const offUrl = `${publicUrl}/unsubscribe/${tokens[index]}`;
        const envelope = { address: { name: addressed.name }, lang, publicUrl, offUrl };
        const email = await (addressed.letter.digest ? digestOf(shown, envelope) : emailOf(shown[0]!, envelope));
        return { email, offUrl, leftOut };
      }),
    );
  }
}

/** What there is to say, in its order; an outcome where it is nothing, or where it cannot be told yet. */
function sifted(
  items: Told[],
  muted: (told: ToldNotice, kind: NoticeKind) => boolean,
): { shown: Told[]; leftOut: string[]; outcome?: Outcome } {
  // A digest with holes would never be made good: it waits for whoever knows the rest.
  if (items.some(({ told }) => told.status === 'away')) {
    return { shown: [], leftOut: [], outcome: { state: 'retry', reason: 'owner-away' } };
  }
  const silent = (told: ToldNotice, kind: NoticeKind) =>
    told.status === 'gone' || !told.standing ? 'gone' : muted(told, kind) ? 'muted' : undefined;
  const shown = items.filter(({ told, notice }) => !silent(told, notice.kind));
  const leftOut = items.filter((item) => !shown.includes(item));
  const [first] = leftOut;
  if (shown.length === 0 && first) {
    const reason = silent(first.told, first.notice.kind) ?? 'gone';
    return { shown, leftOut: [], outcome: { state: 'cancelled', reason } };
  }
  shown.sort((a, b) => placeOf(a) - placeOf(b) || b.told.score - a.told.score);
  return { shown, leftOut: leftOut.map(({ notice }) => notice.id) };
}

/** What the link of a mail switches off: what it told, but of a digest not the requests that happened to fall in. */
function switchedOff(shown: Told[]): NoticeKind[] {
  const kinds = [...new Set(shown.map(({ notice }) => notice.kind))];
  const optional = kinds.filter((kind) => (MUTABLE_KINDS as readonly NoticeKind[]).includes(kind));
  return optional.length > 0 ? optional : kinds;
}

function placeOf({ notice }: Told): number {
  const place = PLACES.indexOf(notice.kind);
  return place < 0 ? PLACES.length : place;
}
