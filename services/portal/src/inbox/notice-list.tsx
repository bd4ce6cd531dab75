import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { inDays, moment, weekday } from '../i18n/format.js';
import { say } from '../parts/toasts.store.js';
import { useStore } from '../session/store.js';
import { byDay, daysAhead } from './days.js';
import classes from './inbox.module.css';
import { useMute, useNoticeState, useUnmute, type Wish } from './inbox.queries.js';
import { type KeyAct, keysOn, useKeys } from './keys.js';
import { type Acts, NoticeCard, noticeElement } from './notice-card.js';
import type { Filter } from './pages.js';

type Notice = Schemas['Notice'];

/** Notices by day, with everything that one can do with them, also from the keyboard. */
export function NoticeList({ notices, filter }: { notices: readonly Notice[]; filter: Filter }) {
  const { t } = useTranslation('inbox');
  const [snoozing, setSnoozing] = useState<string>();
  const undo = useRef<(() => void) | undefined>(undefined);
  const put = useNoticeState(filter);
  const unmute = useUnmute(() => say(t('unmuted')));
  const { send: mute } = useMute(filter, ({ id }, { title }) =>
    offerUndo(t('muted', { title }), () => unmute.send(id)),
  );

  function offerUndo(text: string, act: () => void) {
    const once = () => {
      if (undo.current === once) undo.current = undefined;
      act();
    };
    undo.current = once;
    say(text, { label: t('undo'), act: once });
  }

  /** Where the reading goes on when a notice leaves this list with the focus in it. */
  function leave({ id }: Notice, state: Notice['state']) {
    if (filter === 'all' || filter === state) return;
    const at = notices.findIndex((one) => one.id === id);
    const next = notices[at + 1] ?? notices[at - 1];
    if (!noticeElement(id)?.contains(document.activeElement) && document.activeElement !== document.body) return;
    (next ? noticeElement(next.id) : document.getElementById('screen-title'))?.focus();
  }

  function change(wish: Wish, said: string) {
    const { notice } = wish;
    leave(notice, wish.state);
    put(wish);
    offerUndo(said, () => {
      const until = notice.snoozedUntil ? new Date(notice.snoozedUntil) : undefined;
      put({ notice, state: notice.state, ...(until && { until }) });
    });
  }

  const acts: Acts = {
    state: (notice, state) =>
      state === 'done' ? change({ notice, state }, t('nowDone', { title: notice.title })) : put({ notice, state }),
    snooze: (notice, until) =>
      change({ notice, state: 'snoozed', until }, t('nowSnoozed', { title: notice.title, until: moment(until) })),
    mute: (notice) => {
      leave(notice, 'done');
      mute(notice);
    },
  };

  useKeys(useStore(keysOn), (act) => {
    if (act === 'undo') return undo.current?.();
    const at = notices.findIndex(({ id }) => noticeElement(id)?.contains(document.activeElement));
    byKey(act, notices, at);
  });

  function byKey(act: KeyAct, all: readonly Notice[], at: number) {
    if (act === 'next') return go(all[Math.min(at + 1, all.length - 1)]);
    if (act === 'previous') return go(all[Math.max(at - 1, 0)]);
    const notice = all[at];
    if (!notice) return;
    if (act === 'done' && notice.state !== 'done') acts.state(notice, 'done');
    if (act === 'snooze' && notice.state !== 'done') setSnoozing(notice.id);
    if (act === 'unread') acts.state(notice, notice.state === 'unread' ? 'read' : 'unread');
    if (act === 'open') noticeElement(notice.id)?.querySelector<HTMLElement>('a')?.click();
  }

  return byDay(notices).map(({ start, items }) => (
    <section key={start.getTime()} className={classes.day} aria-labelledby={`day-${start.getTime()}`}>
      <h2 id={`day-${start.getTime()}`}>{dayName(start)}</h2>
      <ul>
        {items.map((notice) => (
          <li key={notice.id}>
            <NoticeCard
              notice={notice}
              acts={acts}
              snoozing={snoozing === notice.id}
              onSnoozing={(open) => setSnoozing(open ? notice.id : undefined)}
            />
          </li>
        ))}
      </ul>
    </section>
  ));
}

function go(notice: Notice | undefined): void {
  const element = notice && noticeElement(notice.id);
  element?.focus({ preventScroll: true });
  element?.scrollIntoView({ block: 'nearest' });
}

function dayName(day: Date): string {
  const ahead = daysAhead(day, new Date());
  return ahead >= -1 ? inDays(ahead) : weekday(day);
}
