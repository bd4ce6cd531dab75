import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, data, ifMatch, once } from '../api/client.js';
import { change, useWrite } from '../api/write.js';
import { ConfirmDialog } from '../parts/confirm.dialog.js';
import { say } from '../parts/toasts.store.js';
import { type Interest, interestKey } from './suggestion.queries.js';
import { isWaiting } from './timeline.js';

/** Takes back a question, or after a yes the consent that the contacts are open. */
export function Withdraw({ interest }: { interest: Interest }) {
  const { t } = useTranslation('suggestion');
  const [asking, setAsking] = useState(false);
  const { id } = interest;
  const kind = isWaiting(interest) ? 'question' : 'consent';
  const withdraw = useWrite({
    write: (_: undefined, key) =>
      data(
        api.POST('/v1/interests/{id}/withdraw', {
          params: { path: { id }, header: { ...once(key), ...ifMatch(interest) } },
          body: {},
        }),
      ),
    atOnce: () => [change<Interest>(interestKey(id), (before) => ({ ...before, state: 'withdrawn' }))],
    stale: [['interests']],
    done: () => {
      setAsking(false);
      say(t(`withdraw.${kind}.done`));
    },
  });
  return (
    <div>
      <Button variant="default" size="sm" onClick={() => setAsking(true)}>
        {t(`withdraw.${kind}.open`)}
      </Button>
      <ConfirmDialog
        opened={asking}
        close={() => setAsking(false)}
        title={t(`withdraw.${kind}.open`)}
        word={t(`withdraw.${kind}.do`)}
        act={() => withdraw.send(undefined)}
        acting={withdraw.sending}
        problem={withdraw.problem}
      >
        <p>{t(`withdraw.${kind}.text`)}</p>
      </ConfirmDialog>
    </div>
  );
}
