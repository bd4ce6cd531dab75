import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LANGUAGE_NAMES, language } from '../i18n/language.js';
import { Chips, CompetenceChip } from '../parts/competence-chip.js';
import { Identity } from '../parts/identity.js';
import type { CompanyForm } from './company-form.js';
import type { ExpertForm } from './expert-form.js';
import { type Competence, webAddress } from './fields.js';
import { useInWords } from './in-words.js';
import classes from './profile.module.css';
import { sectorName } from './sectors.js';
import { useDivisions } from './sectors-field.js';

/** A company's profile as everybody else reads it: without its contact. */
export function CompanyPreview({ form }: { form: CompanyForm }) {
  const { t } = useTranslation('profile');
  const divisions = useDivisions();
  const inWords = useInWords();
  const facts = [
    form.kind && t(`kind.${form.kind}`),
    form.sizeClass && t(`size.${form.sizeClass}`),
    form.people !== '' && t('preview.people', { count: form.people }),
    form.town,
    ...form.sectors.map(({ code }) => sectorName(code, divisions, language())),
  ];
  return (
    <Frame>
      <Identity
        type="company"
        name={form.name || t('preview.nameless')}
        country={form.country}
        territory={form.territory}
        as={(name) => <h3>{name}</h3>}
      />
      <p>{[...new Set(facts.filter(Boolean))].join(' · ')}</p>
      {form.text.trim() && <p className={classes.written}>{form.text.trim()}</p>}
      <Named label={t('field.offers')} list={form.offers} />
      <Named label={t('field.seeks')} list={form.seeks} />
      <Languages list={form.languages} />
      <Website address={form.website} />
      {form.identifiers.length > 0 && <p className={classes.dim}>{inWords('identifiers', form.identifiers)}</p>}
    </Frame>
  );
}

/** An expert's profile as everybody else reads it: without the contact. */
export function ExpertPreview({ form }: { form: ExpertForm }) {
  const { t } = useTranslation('profile');
  const inWords = useInWords();
  return (
    <Frame hidden={!form.listed}>
      <Identity
        type="expert"
        name={form.name || t('preview.nameless')}
        affiliation={form.affiliation}
        country={form.country}
        territory={form.territory}
        as={(name) => <h3>{name}</h3>}
      />
      <p>
        {[form.role && t(`role.${form.role}`), inWords('territories', form.territories)].filter(Boolean).join(' · ')}
      </p>
      {form.text.trim() && <p className={classes.written}>{form.text.trim()}</p>}
      <Named label={t('field.competences')} list={form.competences} />
      {form.evidence.some(({ title }) => title.trim()) && (
        <div>
          <h4>{t('field.evidence')}</h4>
          <ul className={classes.plain}>
            {form.evidence
              .filter(({ title }) => title.trim())
              .map(({ title, kind, year }, at) => (
                <li key={at}>
                  {title}{' '}
                  <span className={classes.dim}>{[t(`evidence.kind.${kind}`), year].filter(Boolean).join(' · ')}</span>
                </li>
              ))}
          </ul>
        </div>
      )}
      <Languages list={form.languages} />
      <Website address={form.website} />
    </Frame>
  );
}

function Frame({ children, hidden = false }: { children: ReactNode; hidden?: boolean }) {
  const { t } = useTranslation('profile');
  return (
    <>
      <p className={classes.dim}>{t(hidden ? 'preview.unlisted' : 'preview.how')}</p>
      <article className={classes.preview}>{children}</article>
    </>
  );
}

function Named({ label, list }: { label: string; list: readonly Competence[] }) {
  if (list.length === 0) return null;
  return (
    <div>
      <h4>{label}</h4>
      <Chips label={label}>
        {list.map((one) => (
          <CompetenceChip key={one.id ?? one.label} label={one.label} level={one.level} />
        ))}
      </Chips>
    </div>
  );
}

function Languages({ list }: { list: readonly (keyof typeof LANGUAGE_NAMES)[] }) {
  const { t } = useTranslation('profile');
  if (list.length === 0) return null;
  return (
    <p>
      {t('field.languages')}: {list.map((lang) => LANGUAGE_NAMES[lang]).join(', ')}
    </p>
  );
}

function Website({ address }: { address: string }) {
  const whole = webAddress(address);
  return whole ? <p>{whole.replace(/^https?:\/\//, '')}</p> : null;
}
