import { Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStore } from '../session/store.js';
import classes from './inbox.module.css';
import { keysOn, switchKeys } from './keys.js';

const KEYS = [
  ['next', 'j'],
  ['previous', 'k'],
  ['open', 'o'],
  ['done', 'e'],
  ['snooze', 's'],
  ['unread', 'u'],
  ['undo', 'z'],
] as const;

/** Which keys do what, for who has keys; and the way to have them do nothing. */
export function KeysHelp() {
  const { t } = useTranslation('inbox');
  const on = useStore(keysOn);
  return (
    <section className={classes.keys} aria-label={t('keys.label')}>
      {on && (
        <dl>
          {KEYS.map(([word, key]) => (
            <div key={word}>
              <dt>
                <kbd>{key}</kbd>
              </dt>
              <dd>{t(`keys.${word}`)}</dd>
            </div>
          ))}
        </dl>
      )}
      <Switch
        size="sm"
        label={t('keys.on')}
        checked={on}
        onChange={(event) => switchKeys(event.currentTarget.checked)}
      />
    </section>
  );
}
