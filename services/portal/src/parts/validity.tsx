import { NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { date } from '../i18n/format.js';

const DAY_MS = 86_400_000;
/** What can be chosen; as long as the platform allows is the last. */
export const VALIDITIES = [30, 90, 180, 365] as const;
export type Validity = (typeof VALIDITIES)[number];

interface Props {
  value: Validity;
  onChange: (days: Validity) => void;
  error: string | undefined;
}

/** How long a need or an offer stays public, and until when that is. */
export function ValidityChoice({ value, onChange, error }: Props) {
  const { t } = useTranslation('parts');
  const now = Date.now();
  return (
    <NativeSelect
      label={t('validity.label')}
      description={t('validity.means')}
      value={value}
      error={error}
      onChange={({ currentTarget }) => {
        const chosen = VALIDITIES.find((days) => String(days) === currentTarget.value);
        if (chosen) onChange(chosen);
      }}
      data={VALIDITIES.map((days) => ({
        value: String(days),
        label: t(`validity.${days}`, { date: date(new Date(now + days * DAY_MS)) }),
      }))}
    />
  );
}
