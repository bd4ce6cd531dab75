import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api, data, type Schemas } from '../api/client.js';
import { sendAct } from '../api/send-act.js';
import { change, useWrite } from '../api/write.js';
import { date, inDays } from '../i18n/format.js';
import { type Act, actsOf, after, daysLeft } from '../opportunity/opportunity-acts.js';
import { Card } from '../parts/card.js';
import { Chips, CompetenceChip } from '../parts/competence-chip.js';
import { ConfirmDialog } from '../parts/confirm.dialog.js';
import { Empty, ProblemNote, Shown } from '../parts/states.js';
import { say } from '../parts/toasts.store.js';
import { addressOf } from '../shell/addresses.js';
import { OpportunityDialog } from './opportunity.dialog.js';
import classes from './profile.module.css';

type Opportunity = Schemas['Opportunity'];
type Page = { items: Opportunity[] };

/** What a company offers and needs: short entries that end by themselves. */
export function OpportunitiesTab({ companyId }: { companyId: string }) {
  const { t } = useTranslation('profile');
  // False: closed; true: a new one; otherwise the one that is edited.
  const [open, setOpen] = useState<boolean | Opportunity>(false);
  const query = useQuery({
    queryKey: ['opportunities', companyId, 'all'],
    queryFn: ({ signal }) =>
      data(
        api.GET('/v1/companies/{id}/opportunities', {
          params: { path: { id: companyId }, query: { limit: 100 } },
          signal,
        }),
      ),
  });
  const add = <Button onClick={() => setOpen(true)}>{t('entries.add')}</Button>;
  return (
    <div className={classes.main}>
      <h2 className="heard">{t('tab.entries')}</h2>
      <p className={classes.lead}>{t('entries.intro')}</p>
      <Shown query={query}>
        {({ items }) => {
          const living = items.filter(({ state }) => state !== 'archived');
          const archived = items.filter(({ state }) => state === 'archived');
          return (
            <>
              {living.length === 0 ? (
                <Empty title={t('entries.none')} action={add}>
                  {t('entries.why')}
                </Empty>
              ) : (
                <>
                  <div className={classes.begin}>{add}</div>
                  <ul className={classes.entries}>
                    {living.map((entry) => (
                      <Entry key={entry.id} entry={entry} companyId={companyId} edit={() => setOpen(entry)} />
                    ))}
                  </ul>
                </>
              )}
              {archived.length > 0 && (
                <details className={classes.piece}>
                  <summary>{t('entries.archived', { count: archived.length })}</summary>
                  <ul className={classes.entries}>
                    {archived.map((entry) => (
                      <Entry key={entry.id} entry={entry} companyId={companyId} />
                    ))}
                  </ul>
                </details>
              )}
            </>
          );
        }}
      </Shown>
      {open !== false && (
        <OpportunityDialog
          companyId={companyId}
          entry={open === true ? undefined : open}
          onClose={() => setOpen(false)}
        />
      )}
    </div>
  );
}

function Entry({ entry, companyId, edit }: { entry: Opportunity; companyId: string; edit?: () => void }) {
  const { t } = useTranslation(['profile', 'parts']);
  const [asking, setAsking] = useState(false);
  const listed = ['opportunities', companyId, 'all'];
  const { send, sending, problem } = useWrite<Act, Opportunity>({
    write: (act, key) => sendAct(entry, act, key),
    atOnce: (act) => [
      change<Page>(listed, (page) => ({
        ...page,
        items: page.items.map((one) => (one.id === entry.id ? after(one, act) : one)),
      })),
    ],
    stale: [['opportunities', companyId], ['opportunity', entry.id], ['suggestions']],
    done: (_, act) => {
      setAsking(false);
      say(t(`entries.did.${act}`));
    },
  });
  const { expiresAt } = entry;
  const days = expiresAt ? daysLeft(expiresAt, new Date()) : undefined;
  return (
    <Card as="li">
      <div className={classes.entryHead}>
        <h3>{edit ? <Link to={addressOf.opportunity(entry.id)}>{entry.title}</Link> : entry.title}</h3>
        <span className={classes.state} data-state={entry.state}>
          {t(`state.${entry.state}`)}
        </span>
      </div>
      <p className={classes.dim}>
        {[t(`type.${entry.type}`), entry.anonymous && t('entries.anonymous')].filter(Boolean).join(' · ')}
      </p>
      <p>{entry.summary}</p>
      {entry.competences.length > 0 && (
        <Chips label={t('field.competences')}>
          {entry.competences.map((one) => (
            <CompetenceChip key={one.id ?? one.label} label={one.label} />
          ))}
        </Chips>
      )}
      {expiresAt && days !== undefined && entry.state !== 'archived' && (
        <p className={classes.dim}>
          {t(days > 0 ? 'entries.ends' : 'entries.ended', { when: inDays(days), date: date(expiresAt) })}
        </p>
      )}
      {!asking && <ProblemNote problem={problem} />}
      <ConfirmDialog
        opened={asking}
        close={() => setAsking(false)}
        title={t('parts:archive.title')}
        word={t('entries.act.archive')}
        act={() => send('archive')}
        acting={sending}
        problem={problem}
      >
        <p>{t('parts:archive.text')}</p>
      </ConfirmDialog>
      {edit && (
        <div className={classes.acts}>
          {actsOf(entry, new Date()).map((act, at) => (
            <Button
              key={act}
              size="sm"
              variant={at === 0 && act !== 'hold' && act !== 'archive' ? 'filled' : 'default'}
              loading={sending}
              onClick={() => (act === 'archive' ? setAsking(true) : send(act))}
              aria-label={t('entries.about', { act: t(`entries.act.${act}`), title: entry.title })}
            >
              {t(`entries.act.${act}`)}
            </Button>
          ))}
          <Button
            size="sm"
            variant="default"
            onClick={edit}
            aria-label={t('entries.about', { act: t('entries.edit'), title: entry.title })}
          >
            {t('entries.edit')}
          </Button>
        </div>
      )}
    </Card>
  );
}
