import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { api, data } from '../api/client.js';
import { useWrite } from '../api/write.js';
import { Card } from '../parts/card.js';
import { ProblemNote } from '../parts/states.js';
import { say } from '../parts/toasts.store.js';
import classes from './profile.module.css';
import type { Whose } from './profile.screen.js';

type Format = 'json' | 'csv';

/** Everything that is kept of somebody, as a file. */
export function ExportCard({ whose: { kind, id } }: { whose: Whose }) {
  const { t } = useTranslation('profile');
  const { send, sending, problem } = useWrite<Format, string>({
    write: (format) =>
      data(
        api.GET('/v1/exports/{kind}/{id}', {
          params: { path: { kind, id }, query: { format } },
          parseAs: 'text',
        }),
      ),
    done: (text, format) => {
      save(text, `ceresio-${kind}.${format}`, format === 'csv' ? 'text/csv' : 'application/json');
      say(t('export.done'));
    },
  });
  return (
    <Card>
      <h2>{t('export.title')}</h2>
      <p>{t('export.how')}</p>
      <div className={classes.acts}>
        <Button variant="default" loading={sending} onClick={() => send('json')}>
          {t('export.json')}
        </Button>
        <Button variant="default" loading={sending} onClick={() => send('csv')}>
          {t('export.csv')}
        </Button>
      </div>
      <ProblemNote problem={problem} />
    </Card>
  );
}

function save(text: string, name: string, type: string): void {
  const address = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}
