import { Button, Switch } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { ScreenTitle } from '../parts/card.js';
import { useSession } from '../session/session.js';
import { AlertDialog } from './alert.dialog.js';
import { ExplainDialog } from './explain.dialog.js';
import { Filters } from './filters.js';
import classes from './find.module.css';
import { useFinding } from './find.queries.js';
import { NeedBox, SeekTabs } from './need-box.js';
import { PublishDialog } from './publish.dialog.js';
import { Results } from './results.js';
import { readSearch, type Search, writeSearch } from './search.js';
import { Understood } from './understood.js';

/** Changes the search, and with it the address; `quietly` without a step for the back button. */
export type ChangeSearch = (patch: Partial<Search>, quietly?: boolean) => void;
type Open = 'alert' | 'publish' | 'explain' | undefined;

/** A need in one's own words, what was understood of it, and who can help. */
export function FindScreen() {
  const { t } = useTranslation('find');
  const { actor } = useSession();
  const [params, setParams] = useSearchParams();
  const [open, setOpen] = useState<Open>();
  const search = readSearch(params, actor);
  const change: ChangeSearch = (patch, quietly = false) =>
    setParams((now) => writeSearch({ ...readSearch(now, actor), ...patch }, actor), {
      replace: quietly,
      preventScrollReset: true,
    });
  const finding = useFinding(search);
  const { request, understood, facets } = finding;
  const close = () => setOpen(undefined);
  const party = actor.kind === 'firm' || actor.kind === 'expert';
  const ownWords = search.need === undefined && search.text.trim().length > 0;
  return (
    <>
      <div className={classes.head}>
        <ScreenTitle>{t('title')}</ScreenTitle>
        <SeekTabs search={search} change={change} />
      </div>
      <div className={classes.top}>
        <NeedBox search={search} change={change} />
        {understood && (
          <Understood
            understood={understood}
            search={search}
            change={change}
            former={finding.former}
            emptied={finding.emptied}
          />
        )}
        <div className={classes.bar}>
          <Switch
            label={t('acrossBorder')}
            checked={search.acrossBorder}
            onChange={(event) => change({ acrossBorder: event.currentTarget.checked })}
          />
          <div className={classes.acts}>
            {actor.kind === 'firm' && ownWords && request && understood && (
              <Button onClick={() => setOpen('publish')}>{t('publish.open')}</Button>
            )}
            {party && request && understood && understood.competences.length > 0 && (
              <Button variant="default" onClick={() => setOpen('alert')}>
                {t('alert.open')}
              </Button>
            )}
          </div>
        </div>
      </div>
      <div className={classes.columns}>
        <Filters search={search} change={change} facets={facets} />
        <Results search={search} change={change} finding={finding} explain={() => setOpen('explain')} />
      </div>
      {request && understood && (
        <>
          <AlertDialog
            opened={open === 'alert'}
            close={close}
            search={search}
            request={request}
            understood={understood}
          />
          <PublishDialog opened={open === 'publish'} close={close} search={search} understood={understood} />
          <ExplainDialog opened={open === 'explain'} close={close} request={request} />
        </>
      )}
    </>
  );
}
