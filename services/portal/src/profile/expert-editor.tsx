import { NativeSelect, NumberInput, Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { api, data, ifMatch, once, type Schemas } from '../api/client.js';
import { Card } from '../parts/card.js';
import { AwayField } from './away-field.js';
import { ContactFields, LanguagesField, TextField, WebsiteField } from './common-fields.js';
import { CompetencesField } from './competences-field.js';
import { EditorFrame } from './editor-frame.js';
import { EvidenceField } from './evidence-field.js';
import { type ExpertForm, expertForm, expertPatch } from './expert-form.js';
import { expertFaults } from './faults.js';
import { orcidStanding } from './orcid.js';
import { PlaceFields, ServedField } from './place-fields.js';
import { ExpertPreview } from './preview.js';
import classes from './profile.module.css';
import { expertTasks } from './tasks.js';
import { useAutosave } from './use-autosave.js';
import { useErrors } from './use-errors.js';

type Expert = Schemas['Expert'];

const ROLES = ['innovation-expert', 'researcher', 'mentor'] as const;

const send = (expert: Expert, body: object, key: string) =>
  data(
    api.PATCH('/v1/experts/{id}', {
      params: { path: { id: expert.id }, header: { ...ifMatch(expert), ...once(key) } },
      body,
    }),
  );
const read = (id: string) => data(api.GET('/v1/experts/{id}', { params: { path: { id } } }));

/** The profile of an expert, saved while it is written. */
export function ExpertEditor({ expert }: { expert: Expert }) {
  const { t } = useTranslation('profile');
  const editor = useAutosave<Expert, ExpertForm>({
    kind: 'expert',
    thing: expert,
    formOf: expertForm,
    said: expertPatch,
    faults: expertFaults,
    send,
    read,
  });
  const { form, set } = editor;
  const errorOf = useErrors(editor.faults, editor.refused);
  const tasks = expertTasks(form);
  const missing = tasks.find(({ done }) => !done);
  return (
    <EditorFrame
      editor={editor}
      tasks={tasks}
      complete={Math.round((tasks.filter(({ done }) => done).length / tasks.length) * 100)}
      next={missing && { field: missing.field, text: t(`step.${missing.field}`) }}
      preview={<ExpertPreview form={form} />}
    >
      <Card>
        <h2>{t('section.room')}</h2>
        <Switch
          label={t('field.listed')}
          description={t('listed.how')}
          checked={form.listed}
          error={errorOf('/listed')}
          onChange={(event) => set({ listed: event.currentTarget.checked })}
        />
        <NumberInput
          id="field-capacity"
          className={classes.short}
          label={t('field.capacity')}
          description={t('capacity.how')}
          size="md"
          min={0}
          max={100}
          allowDecimal={false}
          clampBehavior="none"
          value={form.capacity}
          error={errorOf('/capacity')}
          onChange={(capacity) => set({ capacity: typeof capacity === 'number' ? capacity : '' })}
        />
        <AwayField value={form.away} errorOf={errorOf} onChange={(away) => set({ away })} />
      </Card>
      <Card>
        <h2>{t('section.person')}</h2>
        <TextInput
          label={t('field.person')}
          required
          value={form.name}
          maxLength={200}
          autoComplete="name"
          error={errorOf('/name')}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <div className={classes.pair}>
          <NativeSelect
            label={t('field.role')}
            value={form.role}
            error={errorOf('/role')}
            onChange={(event) => set({ role: event.currentTarget.value as ExpertForm['role'] })}
            data={[
              { value: '', label: t('unsaid') },
              ...ROLES.map((role) => ({ value: role, label: t(`role.${role}`) })),
            ]}
          />
          <TextInput
            id="field-affiliation"
            label={t('field.affiliation')}
            value={form.affiliation}
            maxLength={300}
            autoComplete="organization"
            error={errorOf('/affiliation')}
            onChange={(event) => set({ affiliation: event.currentTarget.value })}
          />
          <TextInput
            label="ORCID"
            placeholder="0000-0002-1825-0097"
            value={form.orcid}
            maxLength={40}
            autoComplete="off"
            error={errorOf('/orcid')}
            description={orcidStanding(form.orcid) === 'valid' ? t('number.right') : undefined}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            onChange={(event) => set({ orcid: event.currentTarget.value })}
          />
        </div>
        <PlaceFields
          value={{ country: form.country, territory: form.territory }}
          onChange={set}
          errors={{ country: errorOf('/country'), territory: errorOf('/territory') }}
        />
        <ServedField
          value={form.territories}
          error={errorOf('/territories')}
          onChange={(territories) => set({ territories })}
        />
      </Card>
      <Card>
        <h2>{t('section.words')}</h2>
        <TextField
          id="field-text"
          label={t('field.text')}
          description={t('text.expert')}
          value={form.text}
          error={errorOf('/text')}
          onChange={(text) => set({ text })}
        />
        <LanguagesField
          value={form.languages}
          description={t('languages.how')}
          error={errorOf('/languages')}
          onChange={(languages) => set({ languages })}
        />
        <WebsiteField value={form.website} error={errorOf('/website')} onChange={(website) => set({ website })} />
      </Card>
      <Card>
        <h2>{t('section.competences')}</h2>
        <CompetencesField
          id="field-competences"
          label={t('field.competences')}
          description={t('competences.expert')}
          value={form.competences}
          most={60}
          error={errorOf('/competences')}
          onChange={(competences) => set({ competences })}
        />
      </Card>
      <Card>
        <h2>{t('field.evidence')}</h2>
        <p>{t('evidence.how')}</p>
        <EvidenceField value={form.evidence} errorOf={errorOf} onChange={(evidence) => set({ evidence })} />
      </Card>
      <Card>
        <h2>{t('section.contact')}</h2>
        <p>{t('contact.how')}</p>
        <ContactFields value={form.contact} errorOf={errorOf} onChange={(contact) => set({ contact })} />
      </Card>
    </EditorFrame>
  );
}
