import { Button, Group, Modal, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, data, once, type Schemas } from '../api/client.js';
import { useWrite } from '../api/write.js';
import { Card } from '../parts/card.js';
import { ProblemNote } from '../parts/states.js';
import classes from './profile.module.css';
import type { Whose } from './profile.screen.js';

/** The end of a profile, everywhere. The word is typed, so that nobody does it in passing. */
export function Erasure({ whose: { kind, id } }: { whose: Whose }) {
  const { t } = useTranslation(['profile', 'parts']);
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const { send, sending, problem } = useWrite<void, Schemas['Erasure']>({
    write: (_, key) =>
      data(api.POST('/v1/erasures', { params: { header: once(key) }, body: { subject: { kind, id } } })),
    done: (erasure) => {
      setBegun(erasure.id);
      setOpen(false);
    },
  });
  const [begun, setBegun] = useState<string>();
  const right = typed.trim().toLowerCase() === t('erasure.word').toLowerCase();
  return (
    <Card>
      <h2>{t('erasure.title')}</h2>
      <p>{t('erasure.how')}</p>
      {begun ? (
        <Progress id={begun} />
      ) : (
        <Button variant="outline" color="rose" className={classes.begin} onClick={() => setOpen(true)}>
          {t('erasure.do')}
        </Button>
      )}
      <Modal
        opened={open}
        onClose={() => setOpen(false)}
        title={t('erasure.title')}
        closeButtonProps={{ 'aria-label': t('parts:close') }}
      >
        <form
          className={classes.field}
          onSubmit={(event) => {
            event.preventDefault();
            if (right) send();
          }}
        >
          <p>{t('erasure.sure')}</p>
          <TextInput
            data-autofocus
            label={t('erasure.type', { word: t('erasure.word') })}
            value={typed}
            autoComplete="off"
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <ProblemNote problem={problem} />
          <Group>
            <Button type="submit" color="rose" disabled={!right} loading={sending}>
              {t('erasure.do')}
            </Button>
            <Button variant="default" onClick={() => setOpen(false)}>
              {t('cancel')}
            </Button>
          </Group>
        </form>
      </Modal>
    </Card>
  );
}

const POLL_MS = 2_000;

function Progress({ id }: { id: string }) {
  const { t } = useTranslation(['profile', 'parts']);
  const { data: erasure } = useQuery({
    queryKey: ['erasure', id],
    queryFn: ({ signal }) => data(api.GET('/v1/erasures/{id}', { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => (state.data?.state === 'done' ? false : POLL_MS),
  });
  const done = erasure?.steps.filter(({ doneAt }) => doneAt).length ?? 0;
  return (
    <p role="status">
      {erasure?.state === 'done' ? t('erasure.done') : t('erasure.running', { done, all: erasure?.steps.length ?? 0 })}
    </p>
  );
}
