import { Button, Checkbox, Group, Modal, NativeSelect, Radio, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, data, ifMatch, once, type Schemas } from '../api/client.js';
import { useWrite } from '../api/write.js';
import { LANGUAGE_NAMES, LANGUAGES, language } from '../i18n/language.js';
import { errorFor, ProblemNote } from '../parts/states.js';
import { say } from '../parts/toasts.store.js';
import { type Validity, ValidityChoice } from '../parts/validity.js';
import { TextField } from './common-fields.js';
import { CompetencesField } from './competences-field.js';
import { changed } from './draft.js';
import { type Competence, competencesOf, given, sentCompetences } from './fields.js';
import classes from './profile.module.css';

type Opportunity = Schemas['Opportunity'];
type Type = Opportunity['type'];

const NEEDS: readonly Type[] = ['BR', 'TR', 'RDR'];
const OFFERS: readonly Type[] = ['BO', 'TO'];

interface Form {
  type: Type;
  title: string;
  summary: string;
  lang: Opportunity['lang'];
  text: string;
  competences: Competence[];
  prefer: NonNullable<Opportunity['prefer']>;
  anonymous: boolean;
}

const formOf = (entry: Opportunity | undefined): Form => ({
  type: entry?.type ?? 'TR',
  title: entry?.title ?? '',
  summary: entry?.summary ?? '',
  lang: entry?.lang ?? language(),
  text: entry?.text ?? '',
  competences: competencesOf(entry?.competences ?? []),
  prefer: entry?.prefer ?? 'none',
  anonymous: entry?.anonymous ?? false,
});

const said = (form: Form) => ({
  ...form,
  title: form.title.trim(),
  summary: form.summary.trim(),
  text: given(form.text),
  competences: sentCompetences(form.competences),
});

interface Props {
  companyId: string;
  /** The one that is edited; undefined for a new one. */
  entry: Opportunity | undefined;
  onClose: () => void;
}

/** An offer or a need is written in a minute: what, in one's own words, and who may know whose it is. */
export function OpportunityDialog({ companyId, entry, onClose }: Props) {
  const { t } = useTranslation(['profile', 'parts']);
  const [form, setForm] = useState(() => formOf(entry));
  const [validDays, setValidDays] = useState<Validity>(365);
  const [tried, setTried] = useState(false);
  const set = (part: Partial<Form>) => setForm((now) => ({ ...now, ...part }));
  const { send, sending, problem } = useWrite<{ publish: boolean }, Opportunity>({
    write: async ({ publish }, key) => {
      const kept = await store(companyId, entry, form, key);
      if (!publish) return kept;
      const header = { ...ifMatch(kept), ...once(`${key}-publish`) };
      const params = { path: { id: kept.id }, header };
      return data(api.POST('/v1/opportunities/{id}/publish', { params, body: { validDays } }));
    },
    stale: [['opportunities', companyId], ['opportunity'], ['suggestions']],
    done: (_, { publish }) => {
      say(t(publish ? 'entries.did.publish' : 'entries.did.store'));
      onClose();
    },
  });
  const missing = (text: string) => (tried && text.trim() === '' ? t('fault.needed') : undefined);
  const go = (publish: boolean) => {
    setTried(true);
    if (form.title.trim() !== '' && form.summary.trim() !== '') send({ publish });
  };
  const draft = entry === undefined || entry.state === 'draft';
  const need = NEEDS.includes(form.type);
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      closeOnClickOutside={false}
      title={t(entry ? 'entry.change' : 'entries.add')}
      closeButtonProps={{ 'aria-label': t('parts:close') }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          go(draft);
        }}
      >
        <Stack gap="lg">
          <Radio.Group
            size="md"
            label={t('entry.side')}
            value={need ? 'need' : 'offer'}
            onChange={(side) => set({ type: side === 'need' ? 'TR' : 'TO' })}
          >
            <Group mt="xs" gap="lg">
              <Radio size="md" value="need" label={t('entry.need')} />
              <Radio size="md" value="offer" label={t('entry.offer')} />
            </Group>
          </Radio.Group>
          <NativeSelect
            label={t('entry.type')}
            value={form.type}
            onChange={(event) => set({ type: event.currentTarget.value as Type })}
            data={(need ? NEEDS : OFFERS).map((type) => ({ value: type, label: t(`entry.kinds.${type}`) }))}
          />
          <TextInput
            data-autofocus
            label={t('entry.title')}
            description={t('entry.titleHow')}
            required
            value={form.title}
            maxLength={200}
            error={missing(form.title) ?? errorFor(problem, '/title')}
            onChange={(event) => set({ title: event.currentTarget.value })}
          />
          <TextField
            label={t('entry.summary')}
            description={t(need ? 'entry.summaryNeed' : 'entry.summaryOffer')}
            value={form.summary}
            max={500}
            rows={3}
            required
            error={missing(form.summary) ?? errorFor(problem, '/summary')}
            onChange={(summary) => set({ summary })}
          />
          <CompetencesField
            id="entry-competences"
            label={t('entry.competences')}
            description={t('entry.competencesHow')}
            value={form.competences}
            most={20}
            levels={false}
            error={errorFor(problem, '/competences')}
            onChange={(competences) => set({ competences })}
          />
          <details className={classes.piece}>
            <summary>{t('entry.more')}</summary>
            <Stack gap="md" mt="sm">
              <TextField
                label={t('entry.text')}
                value={form.text}
                rows={3}
                error={errorFor(problem, '/text')}
                onChange={(text) => set({ text })}
              />
              <NativeSelect
                label={t('entry.prefer')}
                value={form.prefer}
                onChange={(event) => set({ prefer: event.currentTarget.value as Form['prefer'] })}
                data={(['none', 'cross-border', 'same-country'] as const).map((prefer) => ({
                  value: prefer,
                  label: t(`prefer.${prefer}`),
                }))}
              />
              <NativeSelect
                label={t('entry.lang')}
                value={form.lang}
                onChange={(event) => set({ lang: event.currentTarget.value as Form['lang'] })}
                data={LANGUAGES.map((lang) => ({ value: lang, label: LANGUAGE_NAMES[lang] }))}
              />
            </Stack>
          </details>
          <Checkbox
            label={t('entry.anonymous')}
            description={t('entry.anonymousHow')}
            checked={form.anonymous}
            // What was public cannot be made unknown again.
            disabled={!draft && !entry?.anonymous}
            error={errorFor(problem, '/anonymous')}
            onChange={(event) => set({ anonymous: event.currentTarget.checked })}
          />
          {draft && (
            <ValidityChoice value={validDays} onChange={setValidDays} error={errorFor(problem, '/validDays')} />
          )}
          {problem && problem.errors.length === 0 && <ProblemNote problem={problem} />}
          <Group>
            <Button type="submit" loading={sending}>
              {t(draft ? 'entry.publish' : 'entry.save')}
            </Button>
            {draft && (
              <Button variant="default" disabled={sending} onClick={() => go(false)}>
                {t('entry.draft')}
              </Button>
            )}
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function store(companyId: string, entry: Opportunity | undefined, form: Form, key: string): Promise<Opportunity> {
  const { text, ...rest } = said(form);
  if (!entry)
    return data(
      api.POST('/v1/companies/{id}/opportunities', {
        params: { path: { id: companyId }, header: once(key) },
        body: { ...rest, ...(text !== null && { text }) },
      }),
    );
  const fields = changed(said(formOf(entry)), { ...rest, text });
  if (fields.length === 0) return Promise.resolve(entry);
  const all: Record<string, unknown> = { ...rest, text };
  return data(
    api.PATCH('/v1/opportunities/{id}', {
      params: { path: { id: entry.id }, header: { ...ifMatch(entry), ...once(key) } },
      body: Object.fromEntries(fields.map((field) => [field, all[field]])),
    }),
  );
}
