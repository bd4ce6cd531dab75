import { Button, Group, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dayAhead, daysToChoose, inDays } from '../i18n/day.js';
import { moment } from '../i18n/format.js';
import { ClockIcon } from '../parts/icons.js';
import { Part } from './part.js';
import classes from './preferences.module.css';
import type { Choice, Preferences } from './preferences.queries.js';

interface Props {
  preferences: Preferences;
  choose: (choice: Choice) => void;
}

const DAYS = { week: 7, twoWeeks: 14, month: 30 } as const;

/** No mails for a while: until a day, or until one wants them again. */
export function PauseCard({ preferences: { pausedUntil, timeZone }, choose }: Props) {
  const { t } = useTranslation('preferences');
  const paused = pausedUntil !== null && new Date(pausedUntil) > new Date();
  const pause = (until: Date | null) => choose((before) => ({ ...before, pausedUntil: until?.toISOString() ?? null }));
  return (
    <Part id="pause" title={t('pause.title')} means={t('pause.means')}>
      {paused ? (
        <>
          <p className={classes.caution}>
            <ClockIcon /> {t('pause.until', { until: moment(pausedUntil, timeZone) })}
          </p>
          <Group>
            <Button onClick={() => pause(null)}>{t('pause.end')}</Button>
          </Group>
        </>
      ) : (
        <>
          <Group gap="sm">
            {(['week', 'twoWeeks', 'month'] as const).map((span) => (
              <Button key={span} variant="default" onClick={() => pause(inDays(new Date(), DAYS[span]))}>
                {t(`pause.${span}`)}
              </Button>
            ))}
          </Group>
          <UntilDay onChosen={pause} />
        </>
      )}
    </Part>
  );
}

function UntilDay({ onChosen }: { onChosen: (until: Date) => void }) {
  const { t } = useTranslation('preferences');
  const [value, setValue] = useState('');
  const [wrong, setWrong] = useState(false);
  return (
    <form
      className={classes.inline}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const until = dayAhead(value, new Date(), 0);
        if (until) onChosen(until);
        else setWrong(true);
      }}
    >
      <TextInput
        type="date"
        label={t('pause.day')}
        error={wrong && t('pause.wrong')}
        value={value}
        {...daysToChoose(new Date())}
        onChange={(event) => {
          setValue(event.currentTarget.value);
          setWrong(false);
        }}
      />
      <Button type="submit" variant="default">
        {t('pause.do')}
      </Button>
    </form>
  );
}
