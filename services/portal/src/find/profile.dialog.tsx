import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, data, type Schemas } from '../api/client.js';
import { date } from '../i18n/format.js';
import { language } from '../i18n/language.js';
import { languageName } from '../i18n/language-name.js';
import { Chips, CompetenceChip } from '../parts/competence-chip.js';
import { Dialog } from '../parts/dialog.js';
import { Identity } from '../parts/identity.js';
import { Loading, Shown } from '../parts/states.js';
import classes from './find.module.css';
import type { Found } from './find.queries.js';

interface Props {
  opened: boolean;
  close: () => void;
  subject: Found['subject'];
}

/** What somebody says of themselves and shows of their work. */
export function ProfileDialog({ opened, close, subject }: Props) {
  return (
    <Dialog opened={opened} close={close} title={subject.name} size="lg">
      <div className={classes.profile}>
        <Identity {...subject} as={() => null} />
        {subject.type === 'expert' ? <OfExpert id={subject.id} /> : <OfCompany id={subject.id} />}
      </div>
    </Dialog>
  );
}

function OfExpert({ id }: { id: string }) {
  const { t } = useTranslation('find');
  const query = useQuery({
    queryKey: ['expert', id, language()],
    queryFn: ({ signal }) => data(api.GET('/v1/experts/{id}', { params: { path: { id } }, signal })),
  });
  return (
    <Shown query={query} waiting={<Loading lines={6} />}>
      {(expert) => (
        <>
          {expert.text && <p>{expert.text}</p>}
          <Competences title={t('profile.competences')} list={expert.competences} />
          {expert.evidence.length > 0 && (
            <>
              <h3>{t('profile.evidence')}</h3>
              <ul className={classes.evidence}>
                {expert.evidence.map((one) => (
                  <li key={one.id}>
                    <strong>{one.title}</strong> {one.year && <span className={classes.aside}>{one.year}</span>}
                    {one.text && <p>{one.text}</p>}
                  </li>
                ))}
              </ul>
            </>
          )}
          <Facts languages={expert.languages} updatedAt={expert.updatedAt} website={expert.website} />
        </>
      )}
    </Shown>
  );
}

function OfCompany({ id }: { id: string }) {
  const { t } = useTranslation('find');
  const query = useQuery({
    queryKey: ['company', id, language()],
    queryFn: ({ signal }) => data(api.GET('/v1/companies/{id}', { params: { path: { id } }, signal })),
  });
  return (
    <Shown query={query} waiting={<Loading lines={6} />}>
      {(company) => (
        <>
          {company.text && <p>{company.text}</p>}
          <Competences title={t('profile.offers')} list={company.offers} />
          <Competences title={t('profile.seeks')} list={company.seeks} />
          <Facts languages={company.languages} updatedAt={company.updatedAt} website={company.website} />
        </>
      )}
    </Shown>
  );
}

function Competences({ title, list }: { title: string; list: Schemas['Company']['offers'] }) {
  if (list.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <Chips label={title}>
        {list.map(({ label, level }) => (
          <CompetenceChip key={label} label={label} level={level} />
        ))}
      </Chips>
    </>
  );
}

interface FactsProps {
  languages: readonly string[];
  updatedAt: string;
  website: string | null;
}

function Facts({ languages, updatedAt, website }: FactsProps) {
  const { t } = useTranslation('find');
  return (
    <p className={classes.aside}>
      {languages.length > 0 && `${t('profile.languages', { list: languages.map(languageName).join(', ') })} · `}
      {t('profile.updated', { date: date(updatedAt) })}
      {website && (
        <>
          {' · '}
          <a href={website} target="_blank" rel="noopener noreferrer nofollow">
            {t('profile.website')}
          </a>
        </>
      )}
    </p>
  );
}
