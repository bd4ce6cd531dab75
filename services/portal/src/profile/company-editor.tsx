import { NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { api, data, ifMatch, once, type Schemas } from '../api/client.js';
import { Card } from '../parts/card.js';
import { ContactFields, LanguagesField, TextField, WebsiteField } from './common-fields.js';
import { type CompanyForm, companyForm, companyPatch } from './company-form.js';
import { CompetencesField } from './competences-field.js';
import { EditorFrame } from './editor-frame.js';
import { companyFaults } from './faults.js';
import { IdentifiersField, useCheckDigits } from './identifiers-field.js';
import { PlaceFields } from './place-fields.js';
import { CompanyPreview } from './preview.js';
import classes from './profile.module.css';
import { SectorsField } from './sectors-field.js';
import { companyTasks } from './tasks.js';
import { useAutosave } from './use-autosave.js';
import { useErrors } from './use-errors.js';

type Company = Schemas['Company'];

const KINDS = ['sme', 'start-up', 'corporate'] as const;
const SIZES = ['micro', 'small', 'medium', 'large'] as const;
const IP = ['none', 'secret-know-how', 'applied-for', 'granted'] as const;

const send = (company: Company, fields: object, key: string) => {
  // The class follows from the head count, also where it was once given by hand.
  const body = 'people' in fields && fields.people !== null ? { ...fields, sizeClass: null } : fields;
  return data(
    api.PATCH('/v1/companies/{id}', {
      params: { path: { id: company.id }, header: { ...ifMatch(company), ...once(key) } },
      body,
    }),
  );
};
const read = (id: string) => data(api.GET('/v1/companies/{id}', { params: { path: { id } } }));

/** The profile of a company, saved while it is written. */
export function CompanyEditor({ company }: { company: Company }) {
  const { t } = useTranslation('profile');
  const check = useCheckDigits(company.identifiers.length > 0);
  const editor = useAutosave<Company, CompanyForm>({
    kind: 'company',
    thing: company,
    formOf: companyForm,
    said: companyPatch,
    faults: (form) => companyFaults(form, check),
    send,
    read,
  });
  const { form, set, base, refused } = editor;
  const errorOf = useErrors(editor.faults, refused);
  const { percent, nextStep } = base.completeness;
  return (
    <EditorFrame
      editor={editor}
      tasks={companyTasks(form)}
      complete={percent}
      next={nextStep ?? undefined}
      preview={<CompanyPreview form={form} />}
    >
      <Card>
        <h2>{t('section.who')}</h2>
        <TextInput
          label={t('field.name')}
          required
          value={form.name}
          maxLength={200}
          autoComplete="organization"
          error={errorOf('/name')}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
        <div className={classes.pair}>
          <NativeSelect
            label={t('field.kind')}
            value={form.kind}
            error={errorOf('/kind')}
            onChange={(event) => set({ kind: event.currentTarget.value as CompanyForm['kind'] })}
            data={[
              { value: '', label: t('unsaid') },
              ...KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) })),
            ]}
          />
          <NumberInput
            id="field-people"
            label={t('field.people')}
            size="md"
            min={0}
            allowDecimal={false}
            allowNegative={false}
            clampBehavior="none"
            hideControls
            value={form.people}
            error={errorOf('/people')}
            description={
              base.sizeClass && base.people !== null && form.people === base.people
                ? t(`size.${base.sizeClass}`)
                : undefined
            }
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            onChange={(people) => set({ people: typeof people === 'number' ? people : '' })}
          />
          {form.people === '' && (
            <NativeSelect
              label={t('field.sizeClass')}
              value={form.sizeClass}
              error={errorOf('/sizeClass')}
              onChange={(event) => set({ sizeClass: event.currentTarget.value as CompanyForm['sizeClass'] })}
              data={[
                { value: '', label: t('unsaid') },
                ...SIZES.map((size) => ({ value: size, label: t(`size.${size}`) })),
              ]}
            />
          )}
        </div>
        <PlaceFields
          value={form}
          onChange={set}
          errors={{ country: errorOf('/country'), territory: errorOf('/territory'), town: errorOf('/town') }}
        />
      </Card>
      <Card>
        <h2>{t('section.words')}</h2>
        <TextField
          id="field-text"
          label={t('field.text')}
          description={t('text.company')}
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
          id="field-offers"
          label={t('field.offers')}
          description={t('competences.offers')}
          value={form.offers}
          most={40}
          error={errorOf('/offers')}
          onChange={(offers) => set({ offers })}
        />
        <CompetencesField
          id="field-seeks"
          label={t('field.seeks')}
          description={t('competences.seeks')}
          value={form.seeks}
          most={40}
          levels={false}
          error={errorOf('/seeks')}
          onChange={(seeks) => set({ seeks })}
        />
      </Card>
      <Card>
        <h2>{t('section.register')}</h2>
        <SectorsField
          value={form.sectors}
          country={form.country}
          error={errorOf('/sectors')}
          onChange={(sectors) => set({ sectors })}
        />
        <IdentifiersField
          value={form.identifiers}
          country={form.country}
          problem={refused}
          onChange={(identifiers) => set({ identifiers })}
        />
        {form.registerEmail !== undefined && (
          <TextInput
            type="email"
            inputMode="email"
            label={t('field.registerEmail')}
            description={t('register.how')}
            value={form.registerEmail}
            maxLength={254}
            autoComplete="off"
            error={errorOf('/registerEmail')}
            onChange={(event) => set({ registerEmail: event.currentTarget.value })}
          />
        )}
        <NativeSelect
          label={t('field.ipStatus')}
          value={form.ipStatus}
          error={errorOf('/ipStatus')}
          onChange={(event) => set({ ipStatus: event.currentTarget.value as CompanyForm['ipStatus'] })}
          data={[{ value: '', label: t('unsaid') }, ...IP.map((ip) => ({ value: ip, label: t(`ip.${ip}`) }))]}
        />
      </Card>
      <Card>
        <h2>{t('section.contact')}</h2>
        <p>{t('contact.how')}</p>
        <ContactFields value={form.contact} errorOf={errorOf} onChange={(contact) => set({ contact })} />
      </Card>
    </EditorFrame>
  );
}
