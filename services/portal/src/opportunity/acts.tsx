import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, data, ifMatch, once } from '../api/client.js';
import { change, useWrite } from '../api/write.js';
import { language } from '../i18n/language.js';
import { ConfirmDialog } from '../shared/confirm.dialog.js';
import { ProblemNote } from '../shared/states.js';
import { say } from '../shared/toasts.store.js';
import classes from './opportunity.module.css';
import type { Opportunity } from './opportunity.queries.js';
import { type Act, possibleActs, stateAfter } from './possible-acts.js';

/** What its owner can do with it. Putting it away is for good and asked about once more. */
export function Acts({ opportunity }: { opportunity: Opportunity }) {
  const { t } = useTranslation('opportunity');
  const [asking, setAsking] = useState(false);
  const { id } = opportunity;
  const act = useWrite({
    write: (what: Act, key) => {
      const params = { path: { id }, header: { ...once(key), ...ifMatch(opportunity) } };
      if (what === 'publish') return data(api.POST('/v1/opportunities/{id}/publish', { params, body: {} }));
      if (what === 'hold') return data(api.POST('/v1/opportunities/{id}/hold', { params, body: {} }));
      if (what === 'renew') return data(api.POST('/v1/opportunities/{id}/renew', { params, body: {} }));
      return data(api.POST('/v1/opportunities/{id}/archive', { params, body: {} }));
    },
    atOnce: (what) => [
      change<Opportunity>(['opportunity', id, language()], (before) => ({ ...before, state: stateAfter(what) })),
    ],
    stale: [['opportunity', id], ['opportunities'], ['suggestions']],
    done: (_, what) => {
      setAsking(false);
      say(t(`done.${what}`));
    },
  });
  const acts = possibleActs(opportunity);
  return (
    <>
      <div className={classes.acts}>
        {acts.map((what, at) => (
          <Button
            key={what}
            variant={at === 0 && what === 'publish' ? 'filled' : 'default'}
            size="sm"
            disabled={act.sending}
            onClick={() => (what === 'archive' ? setAsking(true) : act.send(what))}
          >
            {t(`act.${what}`)}
          </Button>
        ))}
      </div>
      {!asking && <ProblemNote problem={act.problem} />}
      <ConfirmDialog
        opened={asking}
        close={() => setAsking(false)}
        title={t('archive.title')}
        word={t('act.archive')}
        act={() => act.send('archive')}
        acting={act.sending}
        problem={act.problem}
      >
        <p>{t('archive.text')}</p>
      </ConfirmDialog>
    </>
  );
}
