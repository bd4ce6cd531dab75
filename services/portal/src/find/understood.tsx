import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Schemas } from '../api/client.js';
import { languageName } from '../i18n/language-name.js';
import { Chips, CompetenceChip } from '../parts/competence-chip.js';
import { useCompetences } from '../parts/competence-search.js';
import { SearchBox } from '../parts/search-box.js';
import { toggled } from './facets.js';
import classes from './find.module.css';
import type { ChangeSearch } from './find.screen.js';
import type { Search } from './search.js';

interface Props {
  understood: Schemas['Understood'];
  search: Search;
  change: ChangeSearch;
  /** Of the words before; those that are there now are being read. */
  former: boolean;
  /** Everything was taken out. */
  emptied: boolean;
}

/** What the platform made of the need: competences that can be taken out, and put in. */
export function Understood({ understood, search, change, former, emptied }: Props) {
  const { t } = useTranslation('find');
  const { competences, lang } = understood;
  const [said, setSaid] = useState('');
  const headingOf = (some: boolean, { text, need, add }: Search) => {
    if (!some) return emptied ? t('understood.emptied') : t('understood.nothing');
    return text || need || add.length > 0 ? t('understood.title') : t('understood.profile');
  };
  const takeOut = (id: string, label: string) => {
    setSaid(t('understood.removed', { label }));
    const { add, not } = search;
    change(add.includes(id) ? { add: toggled(add, id) } : { not: [...not, id] });
  };
  const putIn = (id: string, label: string) => {
    setSaid(t('understood.added', { label }));
    const { add, not } = search;
    change(not.includes(id) ? { not: toggled(not, id) } : { add: [...new Set([...add, id])] });
  };
  return (
    <section className={classes.understood} aria-labelledby="understood" data-former={former || undefined}>
      <h2 id="understood">
        {headingOf(competences.length > 0, search)}{' '}
        {search.text && <span className={classes.aside}>{t('understood.lang', { lang: languageName(lang) })}</span>}
      </h2>
      {competences.length > 0 && (
        <Chips label={t('understood.title')}>
          {competences.map(({ id, label }) => (
            <CompetenceChip key={id} label={label} onRemove={() => takeOut(id, label)} />
          ))}
        </Chips>
      )}
      <div className={classes.adding}>
        <CompetenceBox onChoose={putIn} known={competences.map(({ id }) => id)} />
        {search.add.length + search.not.length > 0 && (
          <button type="button" className={classes.link} onClick={() => change({ add: [], not: [] })}>
            {t('understood.reset')}
          </button>
        )}
      </div>
      <span className="heard" role="status">
        {said}
      </span>
    </section>
  );
}

interface BoxProps {
  onChoose: (id: string, label: string) => void;
  known: readonly string[];
}

/** Finds competences by the beginning of their name, or what resembles it, in the reader's language. */
function CompetenceBox({ onChoose, known }: BoxProps) {
  const { t } = useTranslation('find');
  const [typed, setTyped] = useState('');
  const { competences, settled } = useCompetences(typed);
  const choices = competences.filter(({ id }) => !known.includes(id));
  return (
    <div className={classes.competence}>
      <SearchBox
        size="sm"
        aria-label={t('understood.add')}
        placeholder={t('understood.add')}
        typed={typed}
        onType={setTyped}
        choices={choices.map(({ id, label }) => ({ value: id, label }))}
        onPick={(id) => onChoose(id, choices.find((one) => one.id === id)?.label ?? id)}
        nothing={settled ? t('understood.unknown') : undefined}
      />
    </div>
  );
}
