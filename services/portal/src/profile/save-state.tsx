import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CheckIcon, ClockIcon, WarningIcon } from '../parts/icons.js';
import classes from './profile.module.css';
import type { SaveState as State } from './use-autosave.js';

/** Whether what was typed is kept by the platform. Said aloud when it is, and when it cannot be. */
export function SaveState({ state, again }: { state: State; again: () => void }) {
  const { t } = useTranslation(['profile', 'parts']);
  const busy = state === 'coming' || state === 'saving';
  return (
    <div className={classes.save} data-state={state}>
      {busy ? <ClockIcon /> : state === 'saved' ? <CheckIcon /> : <WarningIcon />}
      {busy && <span aria-hidden="true">{t('save.saving')}</span>}
      <span role="status">{!busy && t(`save.${state}`)}</span>
      {state === 'failed' && (
        <Button size="compact-sm" variant="default" onClick={again}>
          {t('parts:again')}
        </Button>
      )}
    </div>
  );
}
