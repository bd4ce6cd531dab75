import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { NavLink } from 'react-router';
import { api, data } from '../api/client.js';
import { useNotices } from '../api/notices.stream.js';
import { FindIcon, InboxIcon, NeedsIcon, ProfileIcon, TodayIcon } from '../parts/icons.js';
import { say } from '../parts/toasts.store.js';
import { useSession } from '../session/session.js';
import classes from './nav.module.css';

/** Where one can go, by role. */
export function Nav() {
  const { t } = useTranslation('shell');
  const { actor } = useSession();
  // Notices are for firms and experts; who keeps the platform has none.
  const party = actor.kind === 'firm' || actor.kind === 'expert';
  return (
    <nav className={classes.nav} aria-label={t('nav.label')}>
      <Item to="/" icon={<TodayIcon />}>
        {t('nav.today')}
      </Item>
      <Item to="/find" icon={<FindIcon />}>
        {t('nav.find')}
      </Item>
      {actor.kind === 'firm' && (
        <Item to="/opportunities" icon={<NeedsIcon />}>
          {t('nav.needs')}
        </Item>
      )}
      {['coordinator', 'facilitator', 'admin'].includes(actor.kind) && (
        <Item to="/queue" icon={<InboxIcon />}>
          {t('nav.queue')}
        </Item>
      )}
      {party && <Inbox />}
      {party && (
        <Item to="/profile" icon={<ProfileIcon />}>
          {t('nav.profile')}
        </Item>
      )}
    </nav>
  );
}

function Inbox() {
  const { t } = useTranslation('shell');
  const { data: unread = 0 } = useQuery({
    queryKey: ['inbox', 'unread'],
    queryFn: ({ signal }) => data(api.GET('/v1/inbox', { params: { query: { state: 'unread', limit: 1 } }, signal })),
    select: (page) => page.unread,
  });
  useNotices(({ title }) => say(title));
  return (
    <Item to="/inbox" icon={<InboxIcon />}>
      {t('nav.inbox')}
      {unread > 0 && (
        <span className={classes.count}>
          <span aria-hidden="true">{unread > 99 ? '99+' : unread}</span>
          <span className="heard">{t('nav.unread', { count: unread })}</span>
        </span>
      )}
    </Item>
  );
}

function Item({ to, icon, children }: { to: string; icon: ReactNode; children: ReactNode }) {
  return (
    <NavLink to={to} end={to === '/'} className={classes.item}>
      {icon}
      <span className={classes.word}>{children}</span>
    </NavLink>
  );
}
