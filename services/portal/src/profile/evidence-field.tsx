import { Button, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { type Ref, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ErrorOf, TextField } from './common-fields.js';
import { CompetencesField } from './competences-field.js';
import type { EvidenceForm, EvidenceKind } from './expert-form.js';
import classes from './profile.module.css';

const KINDS: readonly EvidenceKind[] = ['project', 'publication', 'patent', 'certificate', 'work', 'teaching'];
const BLANK: EvidenceForm = { kind: 'project', title: '', text: '', year: '', url: '', competences: [] };

interface Props {
  value: EvidenceForm[];
  onChange: (value: EvidenceForm[]) => void;
  errorOf: ErrorOf;
}

/** What shows that somebody can do what they say: projects, publications, works. */
export function EvidenceField({ value, onChange, errorOf }: Props) {
  const { t } = useTranslation(['profile', 'parts']);
  const added = useRef(false);
  const last = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (!added.current) return;
    added.current = false;
    last.current?.focus();
  });
  return (
    <div className={classes.field} id="field-evidence" tabIndex={-1}>
      {value.map((one, at) => (
        <Piece
          key={at}
          at={at}
          value={one}
          onChange={(next) => onChange(value.map((old, place) => (place === at ? next : old)))}
          onRemove={() => onChange(value.filter((_, place) => place !== at))}
          errorOf={errorOf}
          title={at === value.length - 1 ? last : undefined}
        />
      ))}
      {value.length < 40 && value.every(({ title }) => title.trim() !== '') && (
        <Button
          variant="default"
          size="sm"
          className={classes.begin}
          onClick={() => {
            added.current = true;
            onChange([...value, BLANK]);
          }}
        >
          {t('evidence.add')}
        </Button>
      )}
    </div>
  );
}

interface PieceProps {
  at: number;
  value: EvidenceForm;
  onChange: (value: EvidenceForm) => void;
  onRemove: () => void;
  errorOf: ErrorOf;
  title: Ref<HTMLInputElement> | undefined;
}

function Piece({ at, value: one, onChange, onRemove, errorOf, title }: PieceProps) {
  const { t } = useTranslation(['profile', 'parts']);
  // What begins empty is open, and does not close at its first letter.
  const [blank] = useState(one.title.trim() === '');
  const set = (part: Partial<EvidenceForm>) => onChange({ ...one, ...part });
  const name = one.title || t('evidence.untitled', { number: at + 1 });
  return (
    <details className={classes.piece} open={blank}>
      <summary>
        <span className={classes.grow}>{name}</span>{' '}
        <span className={classes.dim}>
          {t(`evidence.kind.${one.kind}`)}
          {one.year !== '' && ` · ${one.year}`}
        </span>
      </summary>
      <div className={classes.field}>
        <TextInput
          ref={title}
          label={t('evidence.title')}
          required
          value={one.title}
          maxLength={300}
          error={errorOf(`/evidence/${at}/title`)}
          onChange={(event) => set({ title: event.currentTarget.value })}
        />
        <div className={classes.pair}>
          <NativeSelect
            label={t('evidence.what')}
            value={one.kind}
            onChange={(event) => set({ kind: event.currentTarget.value as EvidenceKind })}
            data={KINDS.map((kind) => ({ value: kind, label: t(`evidence.kind.${kind}`) }))}
          />
          <NumberInput
            label={t('evidence.year')}
            size="md"
            hideControls
            allowDecimal={false}
            allowNegative={false}
            thousandSeparator=""
            value={one.year}
            error={errorOf(`/evidence/${at}/year`)}
            onChange={(year) => set({ year: typeof year === 'number' ? year : '' })}
          />
        </div>
        <TextField
          label={t('evidence.text')}
          value={one.text}
          rows={2}
          error={errorOf(`/evidence/${at}/text`)}
          onChange={(text) => set({ text })}
        />
        <TextInput
          label={t('evidence.url')}
          type="url"
          value={one.url}
          maxLength={500}
          error={errorOf(`/evidence/${at}/url`)}
          onChange={(event) => set({ url: event.currentTarget.value })}
        />
        <CompetencesField
          id={`evidence-${at}-competences`}
          label={t('evidence.competences')}
          value={one.competences}
          most={20}
          levels={false}
          error={errorOf(`/evidence/${at}/competences`)}
          onChange={(competences) => set({ competences })}
        />
        <Button variant="default" size="sm" className={classes.begin} onClick={onRemove}>
          {t('parts:remove', { what: name })}
        </Button>
      </div>
    </details>
  );
}
