import { Radio } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import classes from './suggestion.module.css';

export type ReasonCode = NonNullable<Schemas['Interest']['reasonCode']>;

const CODES: readonly ReasonCode[] = [
  'not-my-field',
  'no-capacity',
  'conflict-of-interest',
  'too-early',
  'unclear-description',
  'wrong-territory-or-language',
  'commercial-terms',
  'other',
];

interface Props {
  label: string;
  value: ReasonCode | undefined;
  onChange: (code: ReasonCode) => void;
  error?: string | undefined;
}

/** Why not: one of the reasons that the ranking learns from. */
export function ReasonChoice({ label, value, onChange, error }: Props) {
  const { t } = useTranslation('suggestion');
  return (
    <Radio.Group
      label={label}
      value={value ?? null}
      error={error}
      onChange={(chosen) => onChange(CODES.find((code) => code === chosen) ?? 'other')}
    >
      <div className={classes.choices}>
        {CODES.map((code) => (
          <Radio key={code} value={code} label={t(`reason.${code}`)} />
        ))}
      </div>
    </Radio.Group>
  );
}

/** A reason in words. */
export function ReasonName({ code }: { code: ReasonCode }) {
  const { t } = useTranslation('suggestion');
  return t(`reason.${code}`);
}
