import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sendAct } from '../api/send-act.js';
import { change, useWrite } from '../api/write.js';
import { language } from '../i18n/language.js';
import { ConfirmDialog } from '../parts/confirm.dialog.js';
import { ProblemNote } from '../parts/states.js';
import { say } from '../parts/toasts.store.js';
import classes from './opportunity.module.css';
import type { Opportunity } from './opportunity.queries.js';
import { type Act, actsOf, after } from './opportunity-acts.js';

/** What its owner can do with it. Putting it away is for good and asked about once more. */
export function Acts({ opportunity }: { opportunity: Opportunity }) {
  const { t } = useTranslation(['opportunity', 'parts']);
  const [asking, setAsking] = useState(false);
  const { id } = opportunity;
  const act = useWrite({
    write: (what: Act, key) => sendAct(opportunity, what, key),
    atOnce: (what) => [change<Opportunity>(['opportunity', id, language()], (before) => after(before, what))],
    stale: [['opportunity', id], ['opportunities'], ['suggestions']],
    done: (_, what) => {
      setAsking(false);
      say(t(`done.${what}`));
    },
  });
  const acts = actsOf(opportunity, new Date());
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
        title={t('parts:archive.title')}
        word={t('act.archive')}
        act={() => act.send('archive')}
        acting={act.sending}
        problem={act.problem}
      >
        <p>{t('parts:archive.text')}</p>
      </ConfirmDialog>
    </>
  );
}
