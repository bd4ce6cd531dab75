import { NativeSelect, Switch, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { moment } from '../i18n/format.js';
import { LANGUAGE_NAMES, LANGUAGES } from '../i18n/language.js';
import { Part } from './part.js';
import classes from './preferences.module.css';
import type { Choice, Preferences } from './preferences.queries.js';
import { zones } from './zone.js';

interface Props {
  preferences: Preferences;
  choose: (choice: Choice) => void;
}

const CAPS = [1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50];
const NIGHT = { from: '20:00', to: '07:00' };

/** When one may be written to, how often, and in which language. */
export function TimesCard({ preferences, choose }: Props) {
  const { t } = useTranslation('preferences');
  const { quietHours, timeZone, mailsPerDay, lang } = preferences;
  const { near, far } = zones(timeZone);
  const caps = CAPS.includes(mailsPerDay) ? CAPS : [...CAPS, mailsPerDay].sort((a, b) => a - b);
  return (
    <Part id="times" title={t('times.title')} means={t('times.means')}>
      <Switch
        label={t('times.quiet')}
        description={t('times.quietMeans')}
        checked={quietHours !== null}
        onChange={(event) => {
          const quiet = event.currentTarget.checked ? NIGHT : null;
          choose((before) => ({ ...before, quietHours: quiet }));
        }}
      />
      {quietHours && (
        <QuietHours hours={quietHours} onChosen={(hours) => choose((before) => ({ ...before, quietHours: hours }))} />
      )}
      <div className={classes.fields}>
        <NativeSelect
          label={t('times.zone')}
          description={t('times.zoneMeans', { now: moment(new Date(), timeZone) })}
          value={timeZone}
          onChange={(event) => {
            const zone = event.currentTarget.value;
            choose((before) => ({ ...before, timeZone: zone }));
          }}
          data={[
            { group: t('times.near'), items: near.map(choiceOf) },
            { group: t('times.far'), items: far.map(choiceOf) },
          ]}
        />
        <NativeSelect
          label={t('times.cap')}
          description={t('times.capMeans')}
          value={String(mailsPerDay)}
          onChange={(event) => {
            const cap = Number(event.currentTarget.value);
            choose((before) => ({ ...before, mailsPerDay: cap }));
          }}
          data={caps.map((count) => ({ value: String(count), label: t('times.perDay', { count }) }))}
        />
        <NativeSelect
          label={t('times.language')}
          description={t('times.languageMeans')}
          value={lang ?? ''}
          onChange={(event) => {
            const chosen = LANGUAGES.find((one) => one === event.currentTarget.value) ?? null;
            choose((before) => ({ ...before, lang: chosen }));
          }}
          data={[
            { value: '', label: t('times.ofProfile') },
            ...LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] })),
          ]}
        />
      </div>
    </Part>
  );
}

const choiceOf = (zone: string) => ({ value: zone, label: zone.replaceAll('_', ' ').replace('/', ' / ') });

type Hours = NonNullable<Preferences['quietHours']>;

/** Kept when one leaves a field: a time that is half typed is no time. */
function QuietHours({ hours, onChosen }: { hours: Hours; onChosen: (hours: Hours) => void }) {
  const { t } = useTranslation('preferences');
  const [typed, setTyped] = useState(hours);
  const { from, to } = hours;
  // Chosen elsewhere, or taken back.
  useEffect(() => setTyped({ from, to }), [from, to]);
  const same = typed.from === typed.to;
  const field = (end: keyof Hours) => (
    <TextInput
      type="time"
      label={t(`times.${end}`)}
      value={typed[end]}
      error={end === 'to' && same ? t('times.same') : undefined}
      onChange={(event) => setTyped({ ...typed, [end]: event.currentTarget.value })}
      onBlur={() => {
        if (typed.from && typed.to && !same && typed[end] !== hours[end]) onChosen(typed);
      }}
    />
  );
  return (
    <div className={classes.inline}>
      {field('from')}
      {field('to')}
    </div>
  );
}
