import { NativeSelect } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCompetences } from '../parts/competence-search.js';
import { CrossIcon } from '../parts/icons.js';
import { SearchBox } from '../parts/search-box.js';
import type { Competence, Level } from './fields.js';
import classes from './profile.module.css';

interface Props {
  id: string;
  label: string;
  description?: string;
  value: Competence[];
  onChange: (value: Competence[]) => void;
  most: number;
  error?: string | undefined;
  /** Without it one says only what, not how well. */
  levels?: boolean;
}

const OWN_WORDS = 'own:';
const LEVELS = ['basic', 'advanced', 'expert'] as const;

/** Competences: searched in the reader's language, or in words of one's own where the list has none; each with a level if wished. */
export function CompetencesField({ id, label, description, value, onChange, most, error, levels = true }: Props) {
  const { t } = useTranslation(['profile', 'parts']);
  const [typed, setTyped] = useState('');
  const { competences, settled } = useCompetences(typed);
  const words = typed.trim();
  const has = (one: { id: string | null; label: string }) =>
    value.some((kept) => (one.id ? kept.id === one.id : kept.label.toLowerCase() === one.label.toLowerCase()));
  const found = competences.filter((one) => !has(one));
  const named = competences.some((one) => one.label.toLowerCase() === words.toLowerCase());
  const choices = found.map((one) => ({ value: one.id, label: one.label }));
  if (settled && words.length > 2 && !named && !has({ id: null, label: words }))
    choices.push({ value: `${OWN_WORDS}${words}`, label: t('competences.own', { words }) });
  const pick = (picked: string) => {
    const one = found.find((candidate) => candidate.id === picked);
    const next: Competence = one
      ? { id: one.id, label: one.label, picked: true }
      : { id: null, label: picked.slice(OWN_WORDS.length, OWN_WORDS.length + 120) };
    onChange([...value, next]);
  };
  return (
    <div className={classes.field}>
      {value.length < most && (
        <SearchBox
          id={id}
          label={label}
          description={description}
          placeholder={t('competences.type')}
          typed={typed}
          onType={setTyped}
          choices={choices}
          onPick={pick}
          nothing={settled ? t('competences.nothing') : undefined}
          error={error}
        />
      )}
      {value.length > 0 && (
        <ul className={classes.rows} aria-label={label}>
          {value.map((one) => (
            <li key={one.id ?? one.label} className={classes.row}>
              <span className={classes.grow}>{one.label}</span>
              {levels && (
                <NativeSelect
                  size="sm"
                  aria-label={t('competences.level', { label: one.label })}
                  value={one.level ?? ''}
                  onChange={(event) => onChange(withLevel(value, one, event.currentTarget.value as Level | ''))}
                  data={[
                    { value: '', label: t('competences.unsaid') },
                    ...LEVELS.map((level) => ({ value: level, label: t(`parts:level.${level}`) })),
                  ]}
                />
              )}
              <button
                type="button"
                className={classes.remove}
                aria-label={t('parts:remove', { what: one.label })}
                onClick={() => onChange(value.filter((other) => other !== one))}
              >
                <CrossIcon />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

function withLevel(list: readonly Competence[], which: Competence, level: Level | ''): Competence[] {
  return list.map((one) => {
    if (one !== which) return one;
    const { level: _, ...rest } = one;
    return level ? { ...rest, level } : rest;
  });
}
