import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { api, data, type Schemas } from '../api/client.js';
import { change, useWrite } from '../api/write.js';
import { date } from '../i18n/format.js';
import { ProblemNote } from '../parts/states.js';
import { say } from '../parts/toasts.store.js';
import { Part } from './part.js';
import classes from './preferences.module.css';
import type { Preferences } from './preferences.queries.js';

/** The reasons for which one does not want to be told, and the way back. */
export function MutesCard({ mutes }: { mutes: readonly Schemas['Mute'][] }) {
  const { t } = useTranslation('preferences');
  const { send, problem } = useWrite({
    write: ({ id }: Schemas['Mute']) => data(api.DELETE('/v1/preferences/mutes/{id}', { params: { path: { id } } })),
    atOnce: ({ id }) => [
      change<Preferences>(['preferences'], (before) => ({
        ...before,
        mutes: before.mutes.filter((one) => one.id !== id),
      })),
    ],
    stale: [['preferences']],
    done: () => say(t('mutes.lifted')),
  });
  return (
    <Part id="mutes" title={t('mutes.title')} means={t('mutes.means')}>
      <ProblemNote problem={problem} />
      {mutes.length === 0 ? (
        <p className={classes.none}>{t('mutes.none')}</p>
      ) : (
        <ul className={classes.rows}>
          {mutes.map((mute) => {
            const what = mute.label
              ? t('mutes.competence', { kind: t(`kind.${mute.kind}`), competence: mute.label })
              : t(`kind.${mute.kind}`);
            return (
              <li key={mute.id} className={classes.row}>
                <div>
                  <p>{what}</p>
                  <p className={classes.small}>{t('mutes.since', { date: date(mute.createdAt) })}</p>
                </div>
                <Button
                  variant="default"
                  size="sm"
                  aria-label={`${t('mutes.lift')}: ${what}`}
                  onClick={() => send(mute)}
                >
                  {t('mutes.lift')}
                </Button>
              </li>
            );
          })}
        </ul>
      )}
    </Part>
  );
}
