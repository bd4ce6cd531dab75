import { v7 as uuidv7 } from 'uuid';
import type { NoticeEntity, NoticeKind } from '../notice/notice.entity.js';
import { type Decision, dayOf, scheduleOf, type Today, type Wishes } from '../preference/schedule.js';

/** A delivery that is due, with its notice. */
export interface Due {
  id: string;
  attempts: number;
  digestAt: Date | null;
  letterId: string | null;
  notice: NoticeEntity;
}

/** Deliveries that go out as one letter. */
export interface Group {
  letterId: string;
  digest: boolean;
  due: Due[];
}

/** What a recipient's due deliveries become. */
export interface Round {
  go: Group[];
  /** They wait; `at` is null where it is never. */
  held: { due: Due; decision: Exclude<Decision, { when: 'now' }> }[];
}

/** What is read first when the day's places are few. */
const ORDER: NoticeKind[] = [
  'interest-reminder',
  'interest-received',
  'contact-open',
  'interest-answered',
  'help-answered',
  'interest-expired',
  'interest-withdrawn',
  'webhook-disabled',
  'suggested',
  'suggestions-ready',
];

/**
 * Shares one recipient's due deliveries out: what goes now, what waits and until when. Digests come first, and each letter that goes takes one of
 * the day's places.
 */
export function roundOf(channel: string, all: Due[], wishes: Wishes, today: Today, now: Date): Round {
  const day = { ...today };
  const round: Round = { go: [], held: [] };
  const hold = (group: Due[], decision: Decision) => {
    if (decision.when === 'now') return;
    round.held.push(...group.map((due) => ({ due, decision })));
    if (decision.when === 'digest' && decision.at < dayOf(now, wishes.timeZone).end) day.digestWaiting = true;
  };
  const decide = (due: Due, digest: boolean) =>
    scheduleOf({ kind: due.notice.kind, channel, rhythm: due.notice.params.rhythm, digest }, wishes, day, now);

  for (const [letterId, members] of Map.groupBy(
    all.filter((due) => due.digestAt !== null),
    (due) => due.letterId ?? '',
  )) {
    // What was switched off meanwhile stays out; the others share one fate.
    const decisions = members.map((due) => ({ due, decision: decide(due, true) }));
    for (const { due, decision } of decisions) if (decision.when === 'never') hold([due], decision);
    const rest = decisions.filter(({ decision }) => decision.when !== 'never');
    const [first] = rest;
    if (!first) continue;
    const group = rest.map(({ due }) => due);
    if (first.decision.when !== 'now') {
      hold(group, first.decision);
      continue;
    }
    round.go.push({ letterId: letterId || uuidv7(), digest: true, due: group });
    day.sent++;
  }
  for (const due of singles(all)) {
    const decision = decide(due, false);
    if (decision.when === 'now') {
      round.go.push({ letterId: due.id, digest: false, due: [due] });
      day.sent++;
    } else hold([due], decision);
  }
  return round;
}

function singles(all: Due[]): Due[] {
  const rank = (due: Due) => {
    const place = ORDER.indexOf(due.notice.kind);
    return place < 0 ? ORDER.length : place;
  };
  return all.filter((due) => due.digestAt === null).sort((a, b) => rank(a) - rank(b));
}
