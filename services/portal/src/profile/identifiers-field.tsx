import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ProblemError } from '../api/problem.js';
import { CheckIcon, CrossIcon, WarningIcon } from '../parts/icons.js';
import { errorFor } from '../parts/states.js';
import { addressOf } from '../shell/addresses.js';
import { type CheckDigits, checkDigits, type Identifier, type Scheme, standing } from './identifier.js';
import classes from './profile.module.css';

const SCHEMES: readonly Scheme[] = ['vat-it', 'tax-it', 'rea-it', 'uid-ch'];
const EXAMPLES: Record<Scheme, string> = {
  'vat-it': '00743110157',
  'tax-it': '00743110157',
  'rea-it': 'LC-301234',
  'uid-ch': 'CHE-100.155.212',
};

/** The rules of check digits; undefined until they are loaded, which begins when there is a number to check. */
export function useCheckDigits(needed: boolean): CheckDigits | undefined {
  return useQuery({
    queryKey: ['check-digits'],
    queryFn: checkDigits,
    enabled: needed,
    staleTime: Number.POSITIVE_INFINITY,
  }).data;
}

interface OneProps {
  value: Identifier;
  onChange: (value: Identifier) => void;
  error?: string | undefined;
  id?: string;
}

/** One number of the register, judged while it is typed: how much is missing, whether the check digit is right, how it is written. */
export function IdentifierInput({ value, onChange, error, id }: OneProps) {
  const { t } = useTranslation(['profile', 'parts']);
  const check = useCheckDigits(value.value !== '');
  const stands = standing(value, check);
  const wrong = stands.is === 'wrong' || stands.is === 'long' || stands.is === 'malformed';
  const said =
    stands.is === 'short'
      ? stands.missing > 0
        ? t('number.short', { count: stands.missing })
        : ''
      : stands.is === 'valid'
        ? t('number.valid', { written: stands.written })
        : stands.is === 'blank'
          ? t('number.example', { example: EXAMPLES[value.scheme] })
          : t(`number.${stands.is}`);
  return (
    <>
      <NativeSelect
        aria-label={t('number.kind')}
        value={value.scheme}
        onChange={(event) => onChange({ ...value, scheme: event.currentTarget.value as Scheme })}
        data={SCHEMES.map((scheme) => ({ value: scheme, label: t(`scheme.${scheme}`) }))}
      />
      <TextInput
        id={id}
        className={classes.grow}
        aria-label={t(`scheme.${value.scheme}`)}
        autoComplete="off"
        spellCheck={false}
        value={value.value}
        error={error ?? (wrong ? said : undefined)}
        description={wrong || error ? undefined : said}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        onChange={(event) => onChange({ ...value, value: event.currentTarget.value })}
        onBlur={() => stands.is === 'valid' && onChange({ ...value, value: stands.written })}
        rightSection={stands.is === 'valid' && !error ? <CheckIcon /> : wrong || error ? <WarningIcon /> : undefined}
        rightSectionProps={{ className: stands.is === 'valid' && !error ? classes.good : classes.bad }}
      />
    </>
  );
}

interface Props {
  value: Identifier[];
  onChange: (value: Identifier[]) => void;
  country: string;
  problem: ProblemError | undefined;
}

/** The numbers by which a firm is the same firm everywhere. */
export function IdentifiersField({ value, onChange, country, problem }: Props) {
  const { t } = useTranslation(['profile', 'parts']);
  const taken = problem?.code === 'duplicate';
  // Coordinators are told which company it is.
  const other = /company ([0-9a-f-]{36})/.exec(problem?.errors[0]?.detail ?? '')?.[1];
  const replace = (at: number, one: Identifier) => onChange(value.map((old, place) => (place === at ? one : old)));
  const first: Scheme =
    country === 'CH' ? 'uid-ch' : (SCHEMES.find((s) => !value.some((v) => v.scheme === s)) ?? 'rea-it');
  return (
    <fieldset className={classes.set} id="field-identifiers" tabIndex={-1}>
      <legend>{t('field.identifiers')}</legend>
      {taken && (
        <div className={classes.warning} role="alert">
          <WarningIcon />
          <div>
            <p>
              <strong>{t('duplicate.title')}</strong>
            </p>
            <p>{t('duplicate.text')}</p>
            {other ? (
              <Link to={addressOf.profileOf('firm', other)}>{t('duplicate.open')}</Link>
            ) : (
              <Link to="/welcome">{t('duplicate.claim')}</Link>
            )}
          </div>
        </div>
      )}
      {value.map((one, at) => {
        const refused = errorFor(problem, `/identifiers/${at}`);
        return (
          <div key={at} className={classes.row}>
            <IdentifierInput
              value={one}
              onChange={(next) => replace(at, next)}
              error={refused && (taken ? t('duplicate.short') : refused)}
            />
            <button
              type="button"
              className={classes.remove}
              aria-label={t('parts:remove', { what: one.value || t(`scheme.${one.scheme}`) })}
              onClick={() => onChange(value.filter((_, place) => place !== at))}
            >
              <CrossIcon />
            </button>
          </div>
        );
      })}
      {value.length < 10 && value.every((one) => one.value.trim() !== '') && (
        <Button
          variant="default"
          size="sm"
          className={classes.begin}
          onClick={() => onChange([...value, { scheme: first, value: '' }])}
        >
          {t('number.add')}
        </Button>
      )}
    </fieldset>
  );
}
