import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { api, data } from '../api/client.js';
import { ScreenTitle } from '../parts/card.js';
import { Empty, Shown } from '../parts/states.js';
import { useSession } from '../session/session.js';
import { addressOf } from '../shell/addresses.js';
import { Filters } from './filters.js';
import classes from './inbox.module.css';
import { useInbox } from './inbox.queries.js';
import { KeysHelp } from './keys-help.js';
import { NoticeList } from './notice-list.js';
import { FILTERS, type Filter } from './pages.js';

/** What one was told, newest first, and what to do about it. */
export function InboxScreen() {
  const { t } = useTranslation('inbox');
  const { actor } = useSession();
  if (actor.kind !== 'firm' && actor.kind !== 'expert')
    return (
      <>
        <ScreenTitle>{t('title')}</ScreenTitle>
        <Empty
          title={t('notForYou.title')}
          action={
            <Button component={Link} to="/">
              {t('notForYou.home')}
            </Button>
          }
        >
          {t('notForYou.why')}
        </Empty>
      </>
    );
  return <OwnInbox />;
}

function OwnInbox() {
  const { t } = useTranslation('inbox');
  const [params] = useSearchParams();
  const filter: Filter = FILTERS.find((one) => one === params.get('show')) ?? 'all';
  const inbox = useInbox(filter);
  return (
    <>
      <ScreenTitle intro={<UnreadCount />}>{t('title')}</ScreenTitle>
      <div className={classes.inbox}>
        <Filters chosen={filter} />
        <Shown query={inbox}>
          {({ pages }) => {
            const notices = pages.flatMap(({ items }) => items);
            if (notices.length === 0) return <Nothing filter={filter} />;
            return (
              <>
                <KeysHelp />
                {/* Another list has other notices open and another place to be at. */}
                <NoticeList key={filter} notices={notices} filter={filter} />
                {inbox.hasNextPage ? (
                  <Button
                    className={classes.older}
                    variant="default"
                    loading={inbox.isFetchingNextPage}
                    onClick={() => void inbox.fetchNextPage()}
                  >
                    {t('older')}
                  </Button>
                ) : (
                  <p className={classes.end}>{t('end')}</p>
                )}
              </>
            );
          }}
        </Shown>
      </div>
    </>
  );
}

function UnreadCount() {
  const { t } = useTranslation('inbox');
  const { data: unread } = useQuery({
    queryKey: ['inbox', 'unread'],
    queryFn: ({ signal }) => data(api.GET('/v1/inbox', { params: { query: { state: 'unread', limit: 1 } }, signal })),
    select: (page) => page.unread,
  });
  if (unread === undefined) return null;
  return (
    <>
      {unread === 0 ? t('allRead') : t('unread', { count: unread })} <Link to={addressOf.preferences}>{t('how')}</Link>
    </>
  );
}

function Nothing({ filter }: { filter: Filter }) {
  const { t } = useTranslation('inbox');
  return (
    <Empty
      title={t(`none.${filter}`)}
      action={
        filter === 'all' ? (
          <Button component={Link} to={addressOf.profile}>
            {t('none.profile')}
          </Button>
        ) : (
          <Button component={Link} to="?" variant="default">
            {t('none.showAll')}
          </Button>
        )
      }
    >
      {t(`noneWhy.${filter}`)}
    </Empty>
  );
}
