import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { ScreenTitle } from '../parts/card.js';
import { CheckIcon, ClockIcon } from '../parts/icons.js';
import { Empty, Loading, ProblemNote, Shown } from '../parts/states.js';
import { useSession } from '../session/session.js';
import { AlertsCard } from './alerts.card.js';
import { MailCard } from './mail.card.js';
import { MutesCard } from './mutes.card.js';
import { PauseCard } from './pause.card.js';
import classes from './preferences.module.css';
import { usePreferences } from './preferences.queries.js';
import { RhythmsCard } from './rhythms.card.js';
import { TimesCard } from './times.card.js';
import { WebhooksCard } from './webhooks.card.js';

/** How one is told: what on which channel, when, and when not. */
export function PreferencesScreen() {
  const { t } = useTranslation('preferences');
  const { actor } = useSession();
  if (actor.kind === 'firm' || actor.kind === 'expert')
    // Owners have webhooks; who edits a firm's profile has none.
    return <OwnPreferences webhooks={actor.kind === 'expert' || actor.role === 'owner'} />;
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
}

function OwnPreferences({ webhooks }: { webhooks: boolean }) {
  const { t } = useTranslation('preferences');
  const { query, choose, saving, problem } = usePreferences();
  const there = query.data !== undefined;
  useGoTo(there);
  const sections = [
    'mail',
    'rhythms',
    'times',
    'mutes',
    'alerts',
    ...(webhooks ? (['webhooks'] as const) : []),
  ] as const;
  return (
    <>
      <ScreenTitle intro={t('intro')}>{t('title')}</ScreenTitle>
      <nav className={classes.jump} aria-label={t('jump')}>
        <ul>
          {sections.map((section) => (
            <li key={section}>
              <a href={`#${section}`}>{t(`${section}.title`)}</a>
            </li>
          ))}
        </ul>
      </nav>
      <Saving saving={saving} failed={problem !== undefined} changed={(query.data?.revision ?? 1) > 1} />
      <div className={classes.sections}>
        <ProblemNote problem={problem} />
        <Shown query={query} waiting={<Loading lines={8} />}>
          {(preferences) => (
            <>
              <MailCard preferences={preferences} />
              <PauseCard preferences={preferences} choose={choose} />
              <RhythmsCard preferences={preferences} choose={choose} />
              <TimesCard preferences={preferences} choose={choose} />
              <MutesCard mutes={preferences.mutes} />
            </>
          )}
        </Shown>
        <AlertsCard />
        {webhooks && <WebhooksCard />}
      </div>
    </>
  );
}

/** Says that everything is kept as soon as it is chosen: there is no button for it. */
function Saving({ saving, failed, changed }: { saving: boolean; failed: boolean; changed: boolean }) {
  const { t } = useTranslation('preferences');
  const word = saving ? 'saving' : failed ? 'failed' : changed ? 'saved' : undefined;
  return (
    <p className={classes.saving} role="status" data-word={word}>
      {word && (
        <>
          {word === 'saved' ? <CheckIcon /> : <ClockIcon />} {t(`state.${word}`)}
        </>
      )}
    </p>
  );
}

/** Goes to the part that the address names, once it is there. */
function useGoTo(there: boolean): void {
  const { hash } = useLocation();
  useEffect(() => {
    if (there && hash) document.getElementById(hash.slice(1))?.scrollIntoView();
  }, [there, hash]);
}
