import { Button, NativeSelect } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { country } from '../i18n/format.js';
import { ScreenTitle } from '../parts/card.js';
import { Empty } from '../parts/states.js';
import { useTerritories } from '../parts/territory-name.js';
import { useSession } from '../session/session.js';
import { ClaimsCard } from './claims.card.js';
import { QueueCounters } from './counters.js';
import { InterestsCard } from './interests.card.js';
import { LoadCard } from './load.card.js';
import { VIEWS, type View } from './next-states.js';
import { placesIn } from './places.js';
import { QuestionsCard } from './questions.card.js';
import classes from './queue.module.css';
import { useInterests, useLoads, useQuestions } from './queue.queries.js';

/** What waits for who keeps the platform: questions without an answer, firms to be confirmed, experts and what they have in hand. */
export function QueueScreen() {
  const { t } = useTranslation('queue');
  const { actor } = useSession();
  const [params, setParams] = useSearchParams();
  if (!['coordinator', 'facilitator', 'admin'].includes(actor.kind)) return <NotForYou />;
  // Facilitators accompany firms: experts and claims are not theirs.
  const whole = actor.kind !== 'facilitator';
  const view = (Object.keys(VIEWS) as View[]).find((one) => one === params.get('show')) ?? 'overdue';
  const place = /^[A-Z]{2}[0-9A-Z]{0,3}$/.exec(params.get('in') ?? '')?.[0];
  const change = (name: 'show' | 'in', value: string) =>
    setParams(
      (now) => {
        const next = new URLSearchParams(now);
        if (value) next.set(name, value);
        else next.delete(name);
        return next;
      },
      { preventScrollReset: true },
    );
  return (
    <>
      <ScreenTitle intro={t('intro')}>{t('title')}</ScreenTitle>
      <div className={classes.queue}>
        <QueueCounters whole={whole} />
        <Places view={view} whole={whole} chosen={place} onChosen={(code) => change('in', code)} />
        <QuestionsCard place={place} />
        <InterestsCard view={view} place={place} onView={(next) => change('show', next === 'overdue' ? '' : next)} />
        {whole && <ClaimsCard place={place} />}
        {whole && <LoadCard place={place} />}
      </div>
    </>
  );
}

interface PlacesProps {
  view: View;
  whole: boolean;
  chosen: string | undefined;
  onChosen: (code: string) => void;
}

/** Narrows everything on the screen down to one of the places that occur in it. */
function Places({ view, whole, chosen, onChosen }: PlacesProps) {
  const { t } = useTranslation('queue');
  const names = new Map(useTerritories().map(({ code, name }) => [code, name]));
  const questions = useQuestions();
  const interests = useInterests(view);
  const loads = useLoads(whole);
  const places = placesIn([
    ...(questions.data?.items ?? []).map((one) => one.asker),
    ...(interests.data?.items ?? []).map((one) => one.counterpart),
    ...(loads.data?.items ?? []),
  ]);
  const codes = new Set([...(chosen ? [chosen] : []), ...places.map(({ code }) => code)]);
  const nameOf = (code: string) => names.get(code) ?? (code.length === 2 ? country(code) : code);
  const choices = [...codes].map((value) => ({ value, label: nameOf(value) }));
  return (
    <NativeSelect
      className={classes.places}
      label={t('place.label')}
      value={chosen ?? ''}
      onChange={(event) => onChosen(event.currentTarget.value)}
      data={[{ value: '', label: t('place.all') }, ...choices.sort((a, b) => a.label.localeCompare(b.label))]}
    />
  );
}

function NotForYou() {
  const { t } = useTranslation('queue');
  return (
    <>
      <ScreenTitle>{t('title')}</ScreenTitle>
      <Empty
        title={t('notForYou.title')}
        action={
          <Button component={Link} to="/">
            {t('notForYou.home')}
          </Button>
        }
      >
        {t('notForYou.why')}
      </Empty>
    </>
  );
}
