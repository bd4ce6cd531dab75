import { Button, Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, data, once, type Schemas } from '../api/client.js';
import { useWrite } from '../api/write.js';
import { Chips, CompetenceChip } from '../parts/competence-chip.js';
import { Dialog } from '../parts/dialog.js';
import { errorFor, ProblemNote } from '../parts/states.js';
import { say } from '../parts/toasts.store.js';
import classes from './find.module.css';
import type { MatchRequest, Search } from './search.js';

const RHYTHMS = ['now', 'daily', 'weekly'] as const;

interface Props {
  opened: boolean;
  close: () => void;
  search: Search;
  request: MatchRequest;
  understood: Schemas['Understood'];
}

/** Keeps a search, and tells of what it finds from now on. */
export function AlertDialog({ opened, close, search, request, understood }: Props) {
  const { t } = useTranslation('find');
  const [name, setName] = useState('');
  const [rhythm, setRhythm] = useState<(typeof RHYTHMS)[number]>('daily');
  const alert = useWrite({
    write: (_: undefined, key) => data(api.POST('/v1/alerts', { params: { header: once(key) }, body: alertOf() })),
    stale: [['alerts']],
    done: () => {
      say(t('alert.done'));
      close();
    },
  });
  const { competences } = understood;
  // What goes by a profile or a stored need has no words of its own: what was understood of it stands for them.
  const alertOf = () => ({
    ...(name.trim() && { name: name.trim() }),
    seek: search.seek,
    ...(request.text && { text: request.text, lang: understood.lang }),
    ...((request.competences || !request.text) && { competences: competences.map(({ id }) => id).slice(0, 20) }),
    ...(request.filters && { filters: request.filters }),
    ...(request.prefer && { prefer: request.prefer }),
    rhythm,
  });
  return (
    <Dialog opened={opened} close={close} title={t('alert.title')}>
      <form
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          alert.send(undefined);
        }}
      >
        <p>{t('alert.text')}</p>
        <Chips label={t('understood.title')}>
          {competences.slice(0, 6).map(({ id, label }) => (
            <CompetenceChip key={id} label={label} />
          ))}
        </Chips>
        <TextInput
          label={t('alert.name')}
          description={t('alert.nameMeans')}
          maxLength={120}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={errorFor(alert.problem, '/name')}
          data-autofocus
        />
        <Radio.Group
          label={t('alert.rhythm')}
          value={rhythm}
          onChange={(value) => setRhythm(RHYTHMS.find((one) => one === value) ?? 'daily')}
        >
          <div className={classes.checks}>
            {RHYTHMS.map((one) => (
              <Radio key={one} value={one} label={t(`alert.${one}`)} />
            ))}
          </div>
        </Radio.Group>
        <ProblemNote problem={alert.problem} />
        <div className={classes.acts}>
          <Button type="submit" loading={alert.sending}>
            {t('alert.save')}
          </Button>
          <Button variant="default" onClick={close}>
            {t('cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
