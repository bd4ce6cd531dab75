import { Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, data, type Schemas } from '../api/client.js';
import { change, useWrite } from '../api/write.js';
import { moment } from '../i18n/format.js';
import { ProblemNote, Shown } from '../parts/states.js';
import { say } from '../parts/toasts.store.js';
import classes from './profile.module.css';

type Consent = Schemas['Consent'];
type Purpose = Consent['purpose'];
type Page = { items: Consent[] };

const PURPOSES: readonly Purpose[] = ['outreach', 'publication'];

/** What was agreed to, purpose by purpose, since when; taken back as easily as given. */
export function Consents({ owner }: { owner: boolean }) {
  const { t } = useTranslation('profile');
  const query = useQuery({
    queryKey: ['consents'],
    queryFn: ({ signal }) => data(api.GET('/v1/consents', { signal })),
  });
  const { send, problem } = useWrite<{ purpose: Purpose; granted: boolean }, Consent>({
    write: (body) => data(api.PUT('/v1/consents', { body })),
    atOnce: ({ purpose, granted }) => [
      change<Page>(['consents'], (page) => ({
        items: PURPOSES.map((one) => {
          const consent = page.items.find((known) => known.purpose === one) ?? {
            purpose: one,
            granted: false,
            history: [],
          };
          return one === purpose ? { ...consent, granted } : consent;
        }),
      })),
    ],
    stale: [['consents']],
    done: ({ granted }) => say(t(granted ? 'consents.given' : 'consents.withdrawn')),
  });
  return (
    <>
      <Shown query={query}>
        {({ items }) =>
          PURPOSES.map((purpose) => {
            const consent = items.find((one) => one.purpose === purpose);
            return (
              <div key={purpose} className={classes.field}>
                <Switch
                  label={t(`consents.${purpose}`)}
                  description={t(`consents.${purpose}How`)}
                  checked={consent?.granted ?? false}
                  disabled={!owner}
                  onChange={(event) => send({ purpose, granted: event.currentTarget.checked })}
                />
                {consent && consent.history.length > 0 && (
                  <details className={classes.piece}>
                    <summary>{t('consents.history')}</summary>
                    <ul className={classes.plain}>
                      {consent.history.map(({ at, granted }) => (
                        <li key={at}>
                          {moment(at)}: {t(granted ? 'consents.wasGiven' : 'consents.wasWithdrawn')}
                        </li>
                      ))}
                    </ul>
                  </details>
                )}
              </div>
            );
          })
        }
      </Shown>
      <ProblemNote problem={problem} />
    </>
  );
}
