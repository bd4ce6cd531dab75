import { NativeSelect, Tabs, Textarea } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../session/session.js';
import classes from './find.module.css';
import { useOwnNeeds } from './find.queries.js';
import type { ChangeSearch } from './find.screen.js';
import { type Search, type Seek, seeksOf } from './search.js';

/** Somebody who stops typing for this long wants to see something. */
const PAUSE_MS = 350;
const EXAMPLES = ['one', 'two', 'three'] as const;

interface Props {
  search: Search;
  change: ChangeSearch;
}

/** What is sought: experts, partners or open needs. */
export function SeekTabs({ search, change }: Props) {
  const { t } = useTranslation('find');
  const { actor } = useSession();
  return (
    <Tabs value={search.seek} onChange={(seek) => change({ seek: seek as Seek, need: undefined })}>
      <Tabs.List aria-label={t('seek.label')}>
        {seeksOf(actor).map((seek) => (
          <Tabs.Tab key={seek} value={seek} aria-controls="found">
            {t(`seek.${seek}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  );
}

/** The need, in one's own words or as one of the firm's stored needs. */
export function NeedBox({ search, change }: Props) {
  const { t } = useTranslation('find');
  const { actor } = useSession();
  const { typed, type } = useTyped(search, change);
  const forOpportunities = search.seek === 'opportunities';
  return (
    <div className={classes.box}>
      <Textarea
        classNames={{ root: classes.words }}
        label={forOpportunities ? t('text.labelOffer') : t('text.label')}
        description={t('text.description')}
        placeholder={forOpportunities ? t('text.placeholderOffer') : t('text.placeholder')}
        autosize
        minRows={2}
        maxRows={9}
        maxLength={4000}
        value={typed}
        onChange={(event) => type(event.currentTarget.value)}
      />
      {!typed && !search.need && !forOpportunities && (
        <div className={classes.examples}>
          <span>{t('examples.label')}</span>
          <ul>
            {EXAMPLES.map((one) => (
              <li key={one}>
                <button type="button" onClick={() => type(t(`examples.${one}`))}>
                  {t(`examples.${one}`)}
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
      {actor.kind === 'firm' && !forOpportunities && <StoredNeeds id={actor.id} search={search} change={change} />}
    </div>
  );
}

function StoredNeeds({ id, search, change }: Props & { id: string | undefined }) {
  const { t } = useTranslation('find');
  const { data: needs = [] } = useOwnNeeds(id);
  if (needs.length === 0) return null;
  return (
    <NativeSelect
      label={t('stored.label')}
      value={search.need ?? ''}
      onChange={(event) => change({ need: event.currentTarget.value || undefined, text: '', add: [], not: [] })}
      data={[{ value: '', label: t('stored.none') }, ...needs.map(({ id: value, title }) => ({ value, label: title }))]}
    />
  );
}

/** What is in the box at this moment; the address follows when the typing pauses, and the box when the address changes by itself. */
function useTyped(search: Search, change: ChangeSearch) {
  const [typed, setTyped] = useState(search.text);
  const written = useRef(search.text);
  useEffect(() => {
    if (search.text === written.current) return;
    written.current = search.text;
    setTyped(search.text);
  }, [search.text]);
  const write = useDebouncedCallback((text: string) => {
    written.current = text;
    change({ text, ...(text && { need: undefined }) }, true);
  }, PAUSE_MS);
  const type = (text: string) => {
    setTyped(text);
    write(text);
  };
  return { typed, type };
}
