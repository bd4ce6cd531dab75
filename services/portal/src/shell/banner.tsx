import { onlineManager } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { waiting } from '../api/queries.js';
import { useStore } from '../session/store.js';
import classes from './banner.module.css';

/** Says what keeps the page from working at this moment, and what happens next. */
export function Banner() {
  const { t } = useTranslation('shell');
  const online = useSyncExternalStore(
    (listener) => onlineManager.subscribe(listener),
    () => onlineManager.isOnline(),
  );
  const seconds = useSecondsLeft();
  const status = useStore(waiting)?.status;
  let text: string | undefined;
  if (!online) text = t('banner.offline');
  else if (seconds !== undefined)
    text = t(status === 429 ? 'banner.busy' : 'banner.away', { count: Math.max(1, seconds) });
  return (
    <div role="status" className={text ? classes.banner : undefined}>
      {text}
    </div>
  );
}

function useSecondsLeft(): number | undefined {
  const until = useStore(waiting)?.until;
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (until === undefined) return;
    const timer = setInterval(() => setNow(Date.now()), 500);
    return () => clearInterval(timer);
  }, [until]);
  return until === undefined ? undefined : Math.ceil((until - now) / 1000);
}
