import { useTranslation } from 'react-i18next';
import { percent } from '../i18n/format.js';
import { ArrowIcon, CheckIcon } from '../parts/icons.js';
import classes from './profile.module.css';
import type { companyTasks, expertTasks } from './tasks.js';

type Tasks = ReturnType<typeof companyTasks> | ReturnType<typeof expertTasks>;

interface Props {
  tasks: Tasks;
  /** Of a hundred. */
  complete: number;
  /** The next best thing to do, in a sentence. */
  next: { field: string; text: string } | undefined;
}

/** How complete a profile is, what would help most, and what is there already; each leads to its field. */
export function TaskList({ tasks, complete, next }: Props) {
  const { t } = useTranslation('profile');
  return (
    <>
      <h2 id="tasks">{t('tasks.title')}</h2>
      <p className={classes.percent}>{t('tasks.complete', { percent: percent(complete / 100) })}</p>
      <meter className={classes.meter} min={0} max={100} value={complete} aria-labelledby="tasks" />
      {next && (
        <button type="button" className={classes.next} onClick={() => goTo(next.field)}>
          <span className={classes.dim}>{t('tasks.next')}</span>
          <span>
            {next.text} <ArrowIcon />
          </span>
        </button>
      )}
      <ul className={classes.tasks}>
        {tasks.map(({ field, done }) => (
          <li key={field}>
            <button type="button" className={classes.task} data-done={done || undefined} onClick={() => goTo(field)}>
              <span className={classes.tick}>{done && <CheckIcon />}</span>
              <span>{t(`field.${field}`)}</span>
              <span className="heard">{t(done ? 'tasks.done' : 'tasks.open')}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function goTo(field: string): void {
  const found = document.getElementById(`field-${field}`);
  found?.scrollIntoView({ block: 'center' });
  found?.focus({ preventScroll: true });
}
