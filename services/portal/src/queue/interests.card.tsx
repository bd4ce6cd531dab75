import { useTranslation } from 'react-i18next';
import { Card } from '../parts/card.js';
import { Shown } from '../parts/states.js';
import { InterestRow } from './interest-row.js';
import { VIEWS, type View } from './next-states.js';
import { liesIn } from './places.js';
import classes from './queue.module.css';
import { useInterests } from './queue.queries.js';

interface Props {
  view: View;
  place: string | undefined;
  onView: (view: View) => void;
}

/** The questions that firms and experts put to one another: without an answer in time, still within it, and talks that go on. */
export function InterestsCard({ view, place, onView }: Props) {
  const { t } = useTranslation('queue');
  const query = useInterests(view);
  return (
    <Card>
      <h2>{t('interests.title')}</h2>
      <fieldset className={classes.views}>
        <legend className="heard">{t('interests.which')}</legend>
        {(Object.keys(VIEWS) as View[]).map((one) => (
          <label key={one}>
            <input type="radio" name="view" checked={one === view} onChange={() => onView(one)} />
            <span>{t(`view.${one}`)}</span>
          </label>
        ))}
      </fieldset>
      <p className={classes.means}>{t(`viewMeans.${view}`)}</p>
      <Shown query={query}>
        {({ items, more }) => {
          const shown = items.filter(({ counterpart }) => liesIn(place, counterpart));
          if (shown.length === 0)
            return <p className={classes.none}>{t(place ? 'interests.noneHere' : `none.${view}`)}</p>;
          return (
            <>
              <ul className={classes.rows}>
                {shown.map((interest) => (
                  <InterestRow key={interest.id} interest={interest} view={view} />
                ))}
              </ul>
              {more && <p className={classes.means}>{t('interests.more')}</p>}
            </>
          );
        }}
      </Shown>
    </Card>
  );
}
