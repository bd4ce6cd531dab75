import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, data, ifMatch, once } from '../api/client.js';
import { inTurn } from '../api/in-turn.js';
import { change, useWrite } from '../api/write.js';
import { date } from '../i18n/format.js';
import { ConfirmDialog } from '../parts/confirm.dialog.js';
import { errorFor, ProblemNote } from '../parts/states.js';
import { say } from '../parts/toasts.store.js';
import { type SavedSearch, searchAddress } from '../shell/search-address.js';
import classes from './preferences.module.css';

interface Alerts {
  items: SavedSearch[];
}
type Patch = Partial<Pick<SavedSearch, 'name' | 'rhythm' | 'paused'>>;

const RHYTHMS = ['now', 'daily', 'weekly'] as const;

/** What a search is called where nobody gave it a name. */
const called = ({ name, text, competences }: SavedSearch): string => name ?? text ?? competences.join(', ');

/** One saved search. */
export function AlertRow({ alert }: { alert: SavedSearch }) {
  const { t } = useTranslation(['preferences', 'parts']);
  const { seek, name, text, hits, lastHitAt, rhythm, paused } = alert;
  const [naming, setNaming] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const update = useUpdate(alert);
  return (
    <li className={classes.entry}>
      {naming ? (
        <NameForm
          alert={alert}
          error={errorFor(update.problem, '/name')}
          onDone={(next) => {
            setNaming(false);
            if (next !== undefined && next !== name) update.send({ name: next });
          }}
        />
      ) : (
        <h3>{called(alert)}</h3>
      )}
      <p className={classes.small}>
        {t(`seek.${seek}`)} · {t('alerts.hits', { count: hits })}
        {lastHitAt && ` · ${t('alerts.last', { date: date(lastHitAt) })}`}
      </p>
      {paused && <p className={classes.halted}>{t('alerts.paused')}</p>}
      {name && text && <p className={classes.quote}>{text}</p>}
      <ProblemNote problem={update.problem} />
      <div className={classes.acts}>
        <NativeSelect
          size="sm"
          label={t('alerts.rhythm')}
          value={rhythm}
          onChange={(event) => {
            const next = RHYTHMS.find((one) => one === event.currentTarget.value);
            if (next) update.send({ rhythm: next });
          }}
          data={RHYTHMS.map((value) => ({ value, label: t(`rhythm.${value}`) }))}
        />
        <Button component={Link} to={searchAddress(alert)} size="sm">
          {t('alerts.open')}
        </Button>
        {!naming && (
          <Button variant="default" size="sm" onClick={() => setNaming(true)}>
            {t('alerts.rename')}
          </Button>
        )}
        <Button variant="default" size="sm" disabled={update.sending} onClick={() => update.send({ paused: !paused })}>
          {paused ? t('alerts.resume') : t('alerts.pause')}
        </Button>
        <Button variant="default" size="sm" onClick={() => setDeleting(true)}>
          {t('alerts.delete')}
        </Button>
      </div>
      <Deletion alert={alert} opened={deleting} close={() => setDeleting(false)} />
    </li>
  );
}

function useUpdate(alert: SavedSearch) {
  const { t } = useTranslation(['preferences', 'parts']);
  const { id } = alert;
  return useWrite<Patch, SavedSearch>({
    write: (patch, key) =>
      inTurn(`alert ${id}`, async () => {
        const params = { path: { id } };
        // Its revision of this moment: what is changed here are single fields, and the last word counts.
        const now = await data(api.GET('/v1/alerts/{id}', { params }));
        const header = { ...ifMatch(now), ...once(`${key}-${now.revision}`) };
        return data(api.PATCH('/v1/alerts/{id}', { params: { ...params, header }, body: patch }));
      }),
    atOnce: (patch) => [
      change<Alerts>(['alerts'], (list) => ({
        ...list,
        items: list.items.map((one) => (one.id === id ? { ...one, ...patch } : one)),
      })),
    ],
    stale: [['alerts']],
    done: (kept, { paused }) => {
      if (paused === false) say(t('alerts.goesOn', { name: called(kept) }));
    },
  });
}

interface NameProps {
  alert: SavedSearch;
  error: string | undefined;
  /** Null takes the name away; undefined leaves it. */
  onDone: (name: string | null | undefined) => void;
}

function NameForm({ alert, error, onDone }: NameProps) {
  const { t } = useTranslation(['preferences', 'parts']);
  const [typed, setTyped] = useState(alert.name ?? '');
  return (
    <form
      className={classes.inline}
      onSubmit={(event) => {
        event.preventDefault();
        onDone(typed.trim() || null);
      }}
    >
      <TextInput
        label={t('alerts.name')}
        value={typed}
        error={error}
        maxLength={120}
        onChange={(event) => setTyped(event.currentTarget.value)}
        // Whoever pressed the button wants to write here.
        ref={(input) => input?.focus()}
      />
      <Button type="submit">{t('alerts.save')}</Button>
      <Button variant="default" onClick={() => onDone(undefined)}>
        {t('parts:cancel')}
      </Button>
    </form>
  );
}

function Deletion({ alert, opened, close }: { alert: SavedSearch; opened: boolean; close: () => void }) {
  const { t } = useTranslation(['preferences', 'parts']);
  const { send, sending, problem } = useWrite({
    write: (_: undefined) => data(api.DELETE('/v1/alerts/{id}', { params: { path: { id: alert.id } } })),
    stale: [['alerts']],
    done: () => {
      close();
      say(t('alerts.deleted', { name: called(alert) }));
    },
  });
  return (
    <ConfirmDialog
      opened={opened}
      close={close}
      title={t('alerts.deleteTitle')}
      word={t('alerts.delete')}
      act={() => send(undefined)}
      acting={sending}
      problem={problem}
    >
      {t('alerts.deleteMeans', { name: called(alert) })}
    </ConfirmDialog>
  );
}
