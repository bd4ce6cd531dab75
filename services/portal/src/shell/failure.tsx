import { Button, Group } from '@mantine/core';
import { onlineManager } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { isRouteErrorResponse, Link, useRouteError } from 'react-router';
import { ScreenTitle } from '../parts/card.js';
import { Empty } from '../parts/states.js';

/** There is no such page. */
export function NotFound() {
  const { t } = useTranslation('shell');
  return (
    <>
      <ScreenTitle>{t('notFound.title')}</ScreenTitle>
      <Empty
        title={t('notFound.what')}
        action={
          <Button component={Link} to="/">
            {t('notFound.home')}
          </Button>
        }
      >
        {t('notFound.text')}
      </Empty>
    </>
  );
}

/** A mistake of ours, in a screen or while it was loaded. The frame around it goes on. */
export function Failure() {
  const { t } = useTranslation('shell');
  const error = useRouteError();
  const online = useSyncExternalStore(
    (listener) => onlineManager.subscribe(listener),
    () => onlineManager.isOnline(),
  );
  const [wasOffline] = useState(!online);
  useEffect(() => {
    if (wasOffline && online) window.location.reload();
  }, [wasOffline, online]);
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFound />;
  return (
    <>
      <ScreenTitle>{t('failure.title')}</ScreenTitle>
      <div role="alert">
        <p>{t(online ? 'failure.text' : 'failure.offline')}</p>
      </div>
      <Group>
        <Button onClick={() => window.location.reload()}>{t('failure.reload')}</Button>
        <Button variant="default" component="a" href="/">
          {t('notFound.home')}
        </Button>
      </Group>
    </>
  );
}
