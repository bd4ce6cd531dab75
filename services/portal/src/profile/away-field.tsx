import { Button, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { date } from '../i18n/format.js';
import { CrossIcon } from '../parts/icons.js';
import type { ErrorOf } from './common-fields.js';
import type { Absence } from './expert-form.js';
import classes from './profile.module.css';

interface Props {
  value: Absence[];
  onChange: (value: Absence[]) => void;
  errorOf: ErrorOf;
}

/** When an expert is away and is not to be suggested. */
export function AwayField({ value, onChange, errorOf }: Props) {
  const { t } = useTranslation(['profile', 'parts']);
  return (
    <fieldset className={classes.set} id="field-away" tabIndex={-1}>
      <legend>{t('field.away')}</legend>
      <p className={classes.dim}>{t('away.how')}</p>
      {value.map((one, at) => {
        const set = (part: Partial<Absence>) =>
          onChange(value.map((old, place) => (place === at ? { ...old, ...part } : old)));
        return (
          <div key={at} className={classes.row}>
            <TextInput
              className={classes.grow}
              type="date"
              label={t('away.from')}
              value={one.from}
              max={one.to || undefined}
              error={errorOf(`/away/${at}/from`)}
              onChange={(event) => set({ from: event.currentTarget.value })}
            />
            <TextInput
              className={classes.grow}
              type="date"
              label={t('away.to')}
              value={one.to}
              min={one.from || undefined}
              error={errorOf(`/away/${at}/to`)}
              onChange={(event) => set({ to: event.currentTarget.value })}
            />
            <button
              type="button"
              className={classes.remove}
              aria-label={t('parts:remove', { what: one.from ? date(one.from) : t('field.away') })}
              onClick={() => onChange(value.filter((_, place) => place !== at))}
            >
              <CrossIcon />
            </button>
          </div>
        );
      })}
      {value.length < 20 && value.every(({ from, to }) => from && to) && (
        <Button
          variant="default"
          size="sm"
          className={classes.begin}
          onClick={() => onChange([...value, { from: '', to: '' }])}
        >
          {t('away.add')}
        </Button>
      )}
    </fieldset>
  );
}
